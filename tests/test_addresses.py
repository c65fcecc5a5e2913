"""Who gets what at which address: every address of the portal, with every method, for everybody, as a checked-in table.

tests/addresses.csv has a line for each address and method and a column for each role. What stands there:

    200, 404 …   the status
    login        it leads to the page to sign in; `reauth`: to show once more who one is; 302: it leads elsewhere
    *            behind it: the request has changed something, or tried to (sessions and counters apart)

Posts are sent empty, with CSRF checks off. Nothing that one line does is there for the next one. After a change that is
meant, `scripts/list_addresses` writes the table anew: read the difference before you commit it.
"""

import csv
import os
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLResolver, get_resolver
from django.utils import translation

from tests.factories import show_again
from tests.small_portal import EVERYBODY, NOBODYS_KEY, make_portal

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parent / "addresses.csv"
METHODS = ("GET", "HEAD", "POST")
# No address takes these: one line of the table stands for all.
OTHER_METHODS = ("PUT", "PATCH", "DELETE")
# What changes with each visit, and is nobody's word or right.
COUNTERS = {"django_session", "cache", "responses_ratelimitcount"}
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
REFUSED = {"login", "reauth", "400", "403", "404", "405"}
# What stands in an address is looked up by the names in angle brackets. These mean something else at these addresses.
MEANT = {
    "<lang>/answers/<int:pk>": {"pk": "answer"},
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
    if address.startswith("admin/r/"):
        return {"content_type_id": "1", "object_id": "1"}[name]
    if name in meant or name not in ("object_id", "pk", "id"):
        return None
    label, model = address.split("/")[1:3]
    return portal.row_of(apps.get_model(label, model)).pk


class Walker:
    """Somebody who opens and posts to addresses, and leaves everything as it was."""

    def __init__(self, who, portal, seen):
        """seen: {(path, method): outcome} of those without an account, to whom an address without a key is the same."""
        self.who, self.portal, self.handler = who, portal, ClientHandler(enforce_csrf_checks=False)
        self.seen = {} if who in portal.users else seen
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

        with transaction.atomic(), connection.execute_wrapper(note):
            request = self.factory.generic(method, path, content_type=FORM[method])
            page = self.handler(request.environ)
            transaction.set_rollback(True)
        return _said(page) + ("*" if written - COUNTERS else "")


FORM = dict.fromkeys(METHODS, "application/x-www-form-urlencoded")
FORM |= dict.fromkeys(OTHER_METHODS, "application/octet-stream")


def _said(page):
    if page.status_code not in (301, 302, 303, 307, 308):
        return str(page.status_code)
    onward = page.headers["Location"].partition("?")[0]
    if onward.endswith(("/accounts/login/", "/admin/login/")):
        return "login"
    return "reauth" if "reauthenticate" in onward else "302"


def walk():
    """[line of the table], as lists of texts."""
    portal, every = make_portal(), addresses()
    found, others, seen = {}, [], {}
    for who in EVERYBODY:
        walker = Walker(who, portal, seen)
        found |= {(each, method, who): walker.outcome(each, method) for each in every for method in METHODS}
        others.append(" ".join(sorted({walker.outcome(each, method) for each in every for method in OTHER_METHODS})))
    mail.outbox.clear()
    lines = [["(every address)", " ".join(OTHER_METHODS), *others]]
    for address in every:
        by_method = {method: [found[address, method, who] for who in EVERYBODY] for method in METHODS}
        if by_method["GET"] == by_method["HEAD"]:
            by_method = {"GET HEAD": by_method["GET"], "POST": by_method["POST"]}
        lines += [[address, method, *outcomes] for method, outcomes in by_method.items()]
    return lines


def test_everybody_gets_at_every_address_what_the_table_says():
    heading = ["address", "method", *EVERYBODY]

    walked = walk()

    if os.environ.get("LIST_ADDRESSES"):
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([heading, *walked])
    with TABLE.open(encoding="utf-8", newline="") as file:
        first, *expected = list(csv.reader(file))
    assert first == heading
    now, before = {tuple(line[:2]): line[2:] for line in walked}, {tuple(line[:2]): line[2:] for line in expected}
    changed = [
        f"{' '.join(line)}: {' '.join(before.get(line, ['not in the table']))} -> {' '.join(now.get(line, ['gone']))}"
        for line in sorted(now.keys() | before.keys())
        if now.get(line) != before.get(line)
    ]
    assert changed == [], "If this is meant, run scripts/list_addresses, read what differs, and commit it."
    assert [line for line in walked for each in line[2:] if each.startswith("500")] == []
    assert [line for line in walked for each in line[2:] if each.rstrip("*") in REFUSED and each.endswith("*")] == []
    # Without a right, an account or a link, nobody changes anything by a post that says nothing.
    assert [line for line in walked if line[2].endswith("*")] == []
