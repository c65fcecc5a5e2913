"""Who gets what at which address: every address of the portal, with every method, for everybody, as a checked-in table.

tests/addresses.csv has a line for each address and method and a column for each role. What stands there:

    200, 404 …   the status
    login        it leads to the page to sign in; `reauth`: to show once more who one is; 302: it leads elsewhere
    *            behind it: the request has changed something, or tried to (sessions and counters apart), or sent a mail

Posts are sent empty, with CSRF checks off. Nothing that one line does is there for the next one. After a change that is
meant, `scripts/list_addresses` writes the table anew: read the difference before you commit it.
"""

import csv
import os
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.core import mail
from django.db import connection, transaction
from django.template import Template
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import Resolver404, URLResolver, get_resolver, resolve
from django.utils import translation

from tests.factories import show_again
from tests.small_portal import ACCOUNTS, EVERYBODY, NOBODYS_KEY, make_portal

TABLE = Path(__file__).parent / "addresses.csv"
METHODS = ("GET", "HEAD", "POST")
# No address takes these: one line of the table stands for all.
OTHER_METHODS = ("PUT", "PATCH", "DELETE")
# What changes with each visit, and is nobody's word or right.
COUNTERS = {"django_session", "cache", "responses_ratelimitcount"}
# What a desk leads to on other desks, without what stands behind "?" and "#".
LINKS = re.compile(r'<a [^>]*?href="(/admin/[^"?#]*)')
# SQLite says "INSERT OR IGNORE" where a row may be there already.
WRITES = re.compile(r'^\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
REFUSED = {"login", "reauth", "400", "403", "404", "405"}
# What stands in an address is looked up by the names in angle brackets. These mean something else at these addresses.
MEANT = {
    "<lang>/answers/<int:pk>/for-reviewers/": {"pk": "unread", "language": "english"},
    "<lang>/answers/<int:pk>": {"pk": "answer"},
    "<lang>/my-responses/": {"code": "own"},
    "<lang>/gatherings/": {"code": "gathering"},
    "<lang>/conversations/": {"slug": "conversation"},
    "<lang>/solutions/": {"slug": "solution"},
    "<lang>/my-response/<key:key>/translations/": {"pk": "translation"},
    "<lang>/my-response/<key:key>/reply/": {"pk": "inquiry"},
    "<lang>/my-response/<key:key>/quotations/": {"pk": "quotation"},
    "<lang>/my-response/<key:key>/asked/": {"pk": "asked"},
    "accounts/2fa/webauthn/": {"pk": "webauthn"},
    "<lang>/accounts/2fa/webauthn/": {"pk": "webauthn"},
    "admin/outcomes/answertocode/marks/": {"pk": "mark"},
    "admin/responses/textsource/<str:code>.po": {"code": "language"},
    "admin/outcomes/asking/ask/": {"pk": "draft"},
    "admin/outcomes/asking/of-statement/": {"pk": "statement"},
    "admin/responses/invitee/of/": {"slug": "conversation"},
}


def addresses():
    """Every address that the resolver knows, once, in the order of the alphabet: "<lang>/responses/<code:code>/"."""
    with translation.override("en"):
        return sorted({_readable(route) for route in _routes(get_resolver().url_patterns)})


def _routes(patterns, above=""):
    for pattern in patterns:
        route = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


def _readable(route):
    """Without the signs of regular expressions, and with what they catch in angle brackets."""
    route = re.sub(r"\(\?P<(\w+)>(?:[^()\[\]]|\[[^\]]*\])*\)", r"<\1>", route)
    return re.sub(r"[\^$]", "", re.sub(r"^en/", "<lang>/", route))


def path_to(address, who, portal):
    """The address with everything in it that this person has."""
    meant = next((names for begins, names in MEANT.items() if address.startswith(begins)), {})

    def value(match):
        name = match["name"]
        if name == "lang":
            return "en"
        if name in ("key", "token"):
            return _key(address, name, who, portal)
        if address.startswith("admin/") and (found := _in_admin(address, name, meant, portal)):
            return str(found)
        name = meant.get(name, name)
        assert name in portal.values, (
            f"Nobody has declared what stands for <{match['name']}> in {address}: add it to `values` in "
            "tests/small_portal.py, or to MEANT here."
        )
        return str(portal.values[name])

    return "/" + re.sub(r"<(?:\w+:)?(?P<name>\w+)>", value, address)


def _key(address, name, who, portal):
    parts = set(address.split("/"))
    theirs = portal.keys.get(who, {})
    found = next((key for part, key in theirs.items() if part in parts), None)
    return found or (NOBODYS_KEY if name == "key" else "nonsense")


def _in_admin(address, name, meant, portal):
    if name == "url":
        return "nothing-here"
    if name == "app_label":
        return "responses"
    if address.startswith("admin/r/") or name in meant or name not in ("object_id", "pk", "id"):
        return None
    label, model = address.split("/")[1:3]
    return portal.row_of(apps.get_model(label, model)).pk


class Walker:
    """Somebody who opens and posts to addresses, and leaves everything as it was."""

    def __init__(self, who, portal, seen):
        """seen: {(path, method): outcome} of those without an account, to whom an address without a key is the same."""
        self.who, self.portal, self.handler = who, portal, ClientHandler(enforce_csrf_checks=False)
        self.seen = {} if who in portal.users else seen
        self.links = set()  # (path of a page, path that it leads to)
        client = Client()
        if user := portal.users.get(who):
            client.force_login(user)
            show_again(client)
        self.factory = RequestFactory()
        self.factory.cookies = client.cookies

    def outcome(self, address, method):
        path = path_to(address, self.who, self.portal)
        if (path, method) not in self.seen:
            self.seen[path, method] = self._walk(path, method)
        return self.seen[path, method]

    def _walk(self, path, method):
        written = set()

        def note(execute, sql, params, many, context):
            if found := WRITES.match(sql):
                written.add(found[1])
            return execute(sql, params, many, context)

        mail.outbox.clear()
        with transaction.atomic(), connection.execute_wrapper(note), _unwritten(method == "HEAD"):
            request = self.factory.generic(method, path, content_type=FORM[method])
            page = self.handler(request.environ)
            transaction.set_rollback(True)
        if method == "GET" and path.startswith("/admin/") and page.status_code == 200 and not page.streaming:
            self.links |= {(path, each) for each in LINKS.findall(page.content.decode(errors="ignore"))}
        return _said(page) + ("*" if written - COUNTERS or mail.outbox else "")


FORM = dict.fromkeys(METHODS, "application/x-www-form-urlencoded")
FORM |= dict.fromkeys(OTHER_METHODS, "application/octet-stream")


@contextmanager
def _unwritten(is_wanted):
    """Templates say nothing. What comes back for HEAD has no text, and for GET the same page is written out anyway."""
    written = Template._render
    if is_wanted:
        Template._render = lambda template, context: ""
    try:
        yield
    finally:
        Template._render = written


def _said(page):
    if page.status_code not in (301, 302, 303, 307, 308):
        return str(page.status_code)
    onward = page.headers["Location"].partition("?")[0]
    if onward.endswith(("/accounts/login/", "/admin/login/")):
        return "login"
    return "reauth" if "reauthenticate" in onward else "302"


def walk(everybody):
    """{(address, method, who): outcome}, and links of desks to what their reader may not see, {(who, page, path)}."""
    portal, every, seen, found, closed = make_portal(), addresses(), {}, {}, set()
    for who in everybody:
        walker = Walker(who, portal, seen)
        found |= {(each, method, who): walker.outcome(each, method) for each in every for method in METHODS}
        others = {walker.outcome(each, method) for each in every for method in OTHER_METHODS}
        found |= {(EVERY, method, who): " ".join(sorted(others)) for method in OTHER_METHODS}
        closed |= {(who, *link) for link in walker.links if found.get((_address_of(link[1]), "GET", who)) == "403"}
    return found, closed


def _address_of(path):
    try:
        return _readable(resolve(path).route)
    except Resolver404:
        return None


# --- The table ----------------------------------------------------------------------------------------------------

# Lines of several methods stand for one line each.
EVERY = "(every address)"


def table():
    """{(address, method, who): outcome}, as it is checked in."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        heading, *lines = csv.reader(file)
    return {
        (address, method, who): outcome
        for address, methods, *outcomes in lines
        for method in methods.split()
        for who, outcome in zip(heading[2:], outcomes, strict=True)
    }


def write_table(found):
    """Write the outcomes of some people into the table, and take out of it what is no address any more."""
    every = addresses()
    known = {line: outcome for line, outcome in table().items() if line[0] == EVERY or line[0] in every} | found
    lines = [[EVERY, " ".join(OTHER_METHODS), *_outcomes(known, EVERY, OTHER_METHODS[0])]]
    for address in every:
        by_method = {method: _outcomes(known, address, method) for method in METHODS}
        if by_method["GET"] == by_method["HEAD"]:
            by_method = {"GET HEAD": by_method["GET"], "POST": by_method["POST"]}
        lines += [[address, method, *outcomes] for method, outcomes in by_method.items()]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["address", "method", *EVERYBODY], *lines])


def _outcomes(known, address, method):
    return [known.get((address, method, who), "") for who in EVERYBODY]


# One test for each, so that several processes share the work. To those without an account most addresses are the same.
WALKERS = [("anonymous", "author", "host"), *((who,) for who in ACCOUNTS)]


@pytest.mark.django_db
@pytest.mark.parametrize("everybody", WALKERS, ids=" ".join)
def test_everybody_gets_at_every_address_what_the_table_says(everybody, monkeypatch):
    # The menu is the same on all pages of the administration; its own page, the first one, has it anyway.
    monkeypatch.setattr(admin.site, "enable_nav_sidebar", False)

    now, closed = walk(everybody)

    if os.environ.get("LIST_ADDRESSES"):
        write_table(now)
    before = {line: outcome for line, outcome in table().items() if line[2] in everybody}
    changed = [
        f"{' '.join(line)}: {before.get(line, 'not in the table')} -> {now.get(line, 'gone')}"
        for line in sorted(now.keys() | before.keys())
        if now.get(line) != before.get(line)
    ]
    assert changed == [], "If this is meant, run scripts/list_addresses, read what differs, and commit it."
    assert closed == set(), "A desk leads to another one that its reader may not open."


def test_the_table_has_every_address_for_everybody_once():
    lines = {(EVERY, method, who) for method in OTHER_METHODS for who in EVERYBODY}
    lines |= {(address, method, who) for address in addresses() for method in METHODS for who in EVERYBODY}

    assert table().keys() == lines
    with TABLE.open(encoding="utf-8", newline="") as file:
        said = [(line[0], method) for line in list(csv.reader(file))[1:] for method in line[1].split()]
    assert sorted(said) == sorted({line[:2] for line in lines})


@pytest.mark.parametrize(
    "is_wrong",
    [
        pytest.param(lambda method, who, outcome: outcome.startswith("5"), id="nothing fails"),
        pytest.param(
            lambda method, who, outcome: outcome.rstrip("*") in REFUSED and outcome.endswith("*"),
            id="nobody who is refused changes anything",
        ),
        pytest.param(
            lambda method, who, outcome: method != "POST" and outcome.endswith("*"), id="looking changes nothing"
        ),
        pytest.param(
            lambda method, who, outcome: who == "anonymous" and outcome.endswith("*"),
            id="a stranger changes nothing by a post that says nothing",
        ),
    ],
)
def test_whatever_the_table_says(is_wrong):
    assert [line for line, outcome in table().items() if is_wrong(line[1], line[2], outcome)] == []
