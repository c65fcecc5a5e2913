"""The headers that every page sends, and what the log leaves out."""

import hashlib
import logging
import runpy
import sys
from base64 import b64encode

import pytest
from django.conf import settings

from diversity_portal.logs import DiscreetFormatter
from tests.factories import make_response, make_user, submit

pytestmark = pytest.mark.django_db

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def pages(client):
    response = make_response()
    yield client.get("/en/")
    yield client.get("/en/respond/")
    yield client.get(f"/en/my-response/{submit().key}/")
    yield client.get(f"/en/responses/{response.code}/")
    yield client.get("/en/nothing-here/")
    yield client.get("/accounts/login/")
    yield client.get("/accounts/signup/")


def test_public_pages_load_only_our_own_files_and_need_no_nonce(client):
    policies = {page.headers["Content-Security-Policy"] for page in pages(client)}

    # The form contains the style sheet, and the policy allows exactly that text.
    digest = hashlib.sha256((settings.BASE_DIR / "static/css/portal.css").read_bytes()).digest()
    assert policies == {POLICY.replace("style-src 'self'", f"style-src 'self' 'sha256-{b64encode(digest).decode()}'")}


def test_the_policy_of_the_admin_allows_nothing_unsafe_either(client):
    client.force_login(make_user("root", is_staff=True, is_superuser=True))

    for path in ("/admin/", "/admin/responses/response/", "/admin/outcomes/problem/add/"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert policy.startswith("default-src 'self';")


def test_no_page_can_be_framed_embedded_or_sniffed(client):
    for page in pages(client):
        assert page.headers["X-Frame-Options"] == "DENY"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert page.headers["Permissions-Policy"].count("=()") >= 20
        assert page.headers["Referrer-Policy"] in ("same-origin", "strict-origin")


def test_the_content_security_policy_in_the_settings_allows_nothing_unsafe():
    assert "unsafe" not in str(settings.SECURE_CSP)


def formatted(message, *arguments, **more):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, arguments, None)
    record.__dict__ |= more
    return DiscreetFormatter("{levelname} {message}", style="{").format(record)


def test_a_secret_link_is_masked_in_the_log():
    key = "abcdefghijklmnopqrstuvwxyz"

    assert formatted("Not Found: %s", f"/en/my-response/{key}/edit/") == "WARNING Not Found: /en/my-response/…/edit/"
    assert formatted("Not Found: %s", f"/r/{key}") == "WARNING Not Found: /r/…"


@pytest.mark.parametrize("kind", ["stop-news", "stop-letters"])
def test_the_link_in_a_mail_is_masked_in_the_log(kind):
    line = formatted("Not Found: %s", f"/en/{kind}/IjZLN1ZmMkl6SEMx:1xXh6O:oH5e8K3JwQta0sGq6jCb/")

    assert line == f"WARNING Not Found: /en/{kind}/…/"


def test_a_secret_link_is_masked_in_a_traceback():
    try:
        raise ValueError("/sv/my-response/abcdefghijklmnopqrstuvwxyz/")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "Failed", (), (type(error), error, None))

    assert "abcdefghijklmnopqrstuvwxyz" not in DiscreetFormatter().format(record)


def test_a_log_entry_is_one_line():
    assert formatted("Not Found: %s", "/a\r\nERROR faked") == "WARNING Not Found: /a\\r\\nERROR faked"


def test_a_key_in_a_mistyped_address_is_masked_too():
    key = "abcdefghijklmnopqrstuvwxyz"

    for path in (f"/en/My-Response/{key.upper()}/", f"/en/my-response//{key}/", f"/en/my-respons/%20{key}"):
        assert key not in formatted("Not Found: %s", path).lower()


def test_the_log_contains_neither_network_addresses_nor_refused_rows():
    assert formatted("Invalid request from ip=%s: x", "203.0.113.77") == "WARNING Invalid request from ip=… x"
    refused = "DETAIL:  Failing row contains (1, Maneno ya siri (yangu), x)."
    assert formatted("%s", refused) == "WARNING DETAIL:  Failing row contains (…)."


def test_gunicorn_logs_through_the_same_formatter():
    configured = runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))["logconfig_dict"]

    assert configured["formatters"]["line"]["()"] is DiscreetFormatter
    assert configured["loggers"]["gunicorn.error"]["handlers"] == ["terminal"]
    assert configured["loggers"]["gunicorn.access"]["handlers"] == ["nowhere"]


def test_a_request_for_a_foreign_host_writes_nothing_into_the_log(client, capfd):
    """Anybody can ask for any host; a traceback for each would drown the rest."""
    assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 400

    assert capfd.readouterr().err == ""


def test_a_refused_page_is_one_line_in_the_log_and_a_fault_has_its_traceback():
    lines = []
    for status in (400, 403, 404, 500):
        try:
            raise ValueError("what\nwas typed\x1b[2J")
        except ValueError:
            record = logging.LogRecord(
                "django.request", logging.WARNING, "", 0, "Refused: %s", ("a\u2028b\x85c",), None
            )
            record.exc_info, record.status_code = sys.exc_info(), status
        lines.append(DiscreetFormatter("{levelname} {message}", style="{").format(record))

    assert lines[:3] == [r"WARNING Refused: a\u2028b\x85c"] * 3
    first, *traceback = lines[3].splitlines()
    assert first == lines[0]
    assert [line for line in traceback if not line.startswith("    ")] == []
    assert traceback[-2:] == ["    ValueError: what", r"    was typed\x1b[2J"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("/en/respond/", {"headers": {"Sec-Fetch-Site": "cross-site"}}),
        ("/en/respond/", {"content_type": "text/plain; charset=utf-16"}),
        ("/accounts/login/", {}),
        ("/nowhere/", {}),
    ],
)
def test_no_refusal_fills_the_log(csrf_client, caplog, path, options):
    handler = logging.Handler()
    lines = []
    handler.emit = lambda record: lines.append(DiscreetFormatter().format(record))
    logging.getLogger("django").addHandler(handler)
    try:
        page = csrf_client.post(path, **({"data": "words"} | options if options.get("content_type") else options))
    finally:
        logging.getLogger("django").removeHandler(handler)

    assert 400 <= page.status_code < 500
    assert [line.count("\n") for line in lines] == [0] * len(lines)
    assert len(lines) == 1
