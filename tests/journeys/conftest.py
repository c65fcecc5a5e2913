import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            # One browser for all of them, whatever the number of workers.
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
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

    def opened(*, width=1280, height=900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, base_url=portal, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: request.url.startswith(portal) or outside.append(request.url))
        page.faults = []
        page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert outside == []


def sign_in(page, name):
    page.goto("/accounts/login/?next=/en/about/")
    page.get_by_label("Login").fill(name)
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Sign In").click()
    page.wait_for_url("**/en/about/")


def check_accessible(page):
    """axe-core finds nothing, nothing sticks out sideways, and the console is silent."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.faults == []
