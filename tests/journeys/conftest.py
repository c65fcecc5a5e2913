import os
import shutil
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from tests.whole import IS_WHOLE

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The longest wait (ms) for what a person does or sees. Only a machine that is busy with other work needs so much.
_PATIENCE = 20_000
expect.set_options(timeout=_PATIENCE)

# In which language, how wide (px) and in which colours pages are looked at. Faults that only two of them make together
# are rare: `make long` looks for them.
LOOKS = [("en", 1280, "dark"), ("ar", 320, "light")]
if IS_WHOLE:
    LOOKS += [("en", 1280, "light"), ("ar", 320, "dark"), ("ar", 1280, "dark"), ("sv", 320, "light")]
in_each_look = pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
# Pages that take axe long, with a hundred fields for example.
in_a_look = pytest.mark.parametrize(("language", "width", "scheme"), LOOKS if IS_WHOLE else LOOKS[1:])

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
# Chromium without its windows, profiles and settings draws the same pages for a third of the work.
SHELL = os.environ.get("CHROMIUM_SHELL") or CHROMIUM


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name == "journeys":
            item.add_marker(pytest.mark.browser)
            # What a browser shows does not depend on the database, but for the journeys that say so.
            if not item.get_closest_marker("every_database"):
                item.add_marker(pytest.mark.once)


@pytest.fixture(scope="session")
def migrated_rows(django_db_setup):
    """Playwright's event loop gives this thread connection objects of its own. Django keeps what migrations had put
    into the database on the first one; the others find it on their class."""
    first = connections[DEFAULT_DB_ALIAS]
    type(first)._test_serialized_contents = first._test_serialized_contents


@pytest.fixture(scope="session")
def chromium(migrated_rows):
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=SHELL, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def portal(live_server, django_db_serialized_rollback):
    """The address of a running portal with the questions, regions and groups that migrations made."""
    return live_server.url


@pytest.fixture
def open_browser(chromium, portal):
    """A function that opens a browser of its own: a person, with their own cookies and screen."""
    contexts = []
    outside = []

    def note_console(message):
        # What fails to load is noted below, unless it is the page itself: some tests ask for one that is not there.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            message.page.faults.append(message.text)

    def note_missing(answer):
        if answer.status >= 400 and answer.request.resource_type != "document":
            answer.frame.page.faults.append(f"{answer.status} {answer.url}")

    def opened(*, width=1280, height=900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, base_url=portal, **options)
        context.set_default_timeout(_PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: request.url.startswith(portal) or outside.append(request.url))
        page.faults = []
        page.on("console", note_console)
        page.on("response", note_missing)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert outside == []


def sign_in_by_form(page, name):
    page.goto("/accounts/login/?next=/en/about/")
    page.locator("#id_login").fill(name)
    page.locator("#id_password").fill("a long password")
    page.locator("main button.primary").click()
    page.wait_for_url("**/en/about/")


def sign_in(page, name):
    """As `sign_in_by_form`, which test_whole_path.py does, without the three pages."""
    client = Client()
    client.force_login(User.objects.get(username=name))
    page.goto("/en/about/")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": urljoin(page.url, "/")}])


def copies(page):
    """How many copies of typed words the browser keeps, once the scripts of the page have run."""
    page.wait_for_load_state()
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('words:')).length")


# What axe-core does by itself, and the rules that WCAG 2.2 has added.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"label-content-name-mismatch": {"enabled": True}},
    # What passes is not described: on a long page that takes longer than to look.
    "resultTypes": ["violations"],
}


# Parts of pages that Django draws by itself: boxes of select2, whose field has no label, a heading without words in
# tables of forms, and, beside two lists with arrows between them, a sign that has a label and no role.
UPSTREAM = [[".select2-container"], ["th.original"], [".help-tooltip"]]


def check_accessible(page):
    """axe-core finds nothing, nothing sticks out sideways, and the console is silent."""
    # What a page says can be seen before its styles have arrived.
    page.wait_for_load_state()
    # What lies behind the buttons at the lower edge comes into sight by scrolling, which axe does not try.
    page.evaluate("document.querySelectorAll('.save-row').forEach((each) => (each.style.position = 'static'))")
    found = Axe().run(page, context={"exclude": UPSTREAM}, options=RULES).response["violations"]
    faults = [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
    assert (page.url, faults) == (page.url, [])
    check_fits(page)


def check_fits(page):
    """Nothing sticks out sideways, and the console is silent."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url
    assert page.faults == []
