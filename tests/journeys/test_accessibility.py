"""axe-core finds no fault on any page, in two writing directions, two screen widths, light and dark."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.management import call_command

from outcomes import conference_2017
from outcomes.models import Problem, Statement
from responses.models import Answer, Flag, KnownLanguage, ReadingRequest, Recusal, Response
from tests.factories import DAY, make_answer, make_translation, make_user, submit
from tests.test_shared_sample import code, set_share
from tests.whole import IS_WHOLE

from .conftest import check_accessible, check_fits, in_a_look, in_each_look, sign_in

PUBLIC = [
    "",
    "responses/",
    "statement/",
    "problems/",
    "problems/access/",
    "solutions/",
    "solutions/prioritise-space/",
    "languages/",
    "about/",
    "privacy/",
    "accessibility/",
    "how-we-review/",
    "how-we-review/numbers/",
    "ask-to-translate/",
    "nothing-here/",
]


@pytest.fixture
def samples(portal):
    conference_2017.load()
    call_command("load_samples")


@in_each_look
def test_public_pages_are_accessible(open_browser, samples, language, width, scheme):
    page = open_browser(width=width, color_scheme=scheme)
    code = Response.objects.published().first().code

    for path in (*PUBLIC, f"responses/{code}/"):
        page.goto(f"/{language}/{path}")
        check_accessible(page)
    assert page.context.cookies() == []


@in_a_look
def test_pages_for_signed_in_people_are_accessible(open_browser, samples, language, width, scheme):
    make_user("translator", "Translator")
    page = open_browser(width=width, color_scheme=scheme, locale=language)
    for path in ("login", "signup", "password/reset"):
        page.goto(f"/accounts/{path}/")
        check_accessible(page)
    sign_in(page, "translator")
    answer = Answer.objects.published().in_another_language_than("es").first()

    user = User.objects.get(username="translator")
    KnownLanguage.objects.know(user, answer.response.language, reads=True, writes=False)
    KnownLanguage.objects.know(user, "es", reads=True, writes=True)
    # What became of some translations.
    make_translation(answer, language="ha", translator=user)
    make_translation(answer, language="ha", translator=user, status="replaced", public_on=None, objected_on=DAY)
    make_translation(answer, language="so", translator=user, source_text="Before.")
    for path in (
        "translate/",
        "translate/es/",
        "translate/es/file/",
        "my-languages/",
        "my-translations/",
        f"answers/{answer.pk}/translate/es/",
        f"answers/{answer.pk}/translate/es/recuse/",
    ):
        page.goto(f"/{language}/{path}")
        check_accessible(page)


# What is done with a draft of the statement, each on a page of its own.
STEPS = ("begin", "preview", "compare", "behind", "carry_over", "publish")
# The pages of the desks that are more than lists and forms of Django.
DESKS = ("/response/", "/answertocode/", "/sharedanswer/")


def test_every_page_of_the_desks_is_accessible(open_browser, samples):
    """All lists that the first page leads to, the first row of each, and what only those pages lead to."""
    boss, other = (make_user(name, is_staff=True, is_superuser=True) for name in ("boss", "other"))
    waiting, known = submit(), submit()
    Flag.objects.tell(waiting, "It names my cousin.")
    ReadingRequest.objects.ask(waiting, "en", by=boss)
    Recusal.objects.recuse(boss, known)
    set_share(100)
    answer = make_answer()
    code(answer, boss, (Problem.objects.first(), "nafasi", "supports"))
    code(answer, other)
    problem = Problem.objects.first()
    draft = Statement.objects.begin(Statement.objects.get(), "2027", by=boss)
    page = open_browser(color_scheme="dark")
    sign_in(page, "boss")
    seen = {}

    def look_at(paths):
        for path in paths:
            if path.startswith("/admin/") and path not in seen and not path.endswith("/add/"):
                seen[path] = page.goto(path).status
                check_accessible(page)
                look_at(links("#result_list tbody tr:first-child th")[:1])

    def links(within):
        addresses = page.eval_on_selector_all(f"{within} a", "all => all.map(each => each.getAttribute('href'))")
        return [each.partition("?")[0] for each in addresses]

    look_at(["/admin/"])
    page.goto("/admin/")
    look_at(links(".first-page"))
    look_at(
        [
            f"/admin/responses/response/{waiting.pk}/recuse/",
            f"/admin/outcomes/answertocode/{answer.pk}/places/",
            "/admin/outcomes/sharedanswer/agreement/",
            *(f"/admin/outcomes/problem/{problem.pk}/{name}/" for name in ("codebook", "merge", "history")),
            "/admin/outcomes/problem/codebook-file/",
            *(f"/admin/outcomes/statement/{draft.pk}/{name}/" for name in STEPS),
            f"/admin/outcomes/asking/ask/statement/{draft.pk}/",
            "/admin/responses/affiliate/file/",
            "/admin/responses/invitee/of/where-you-are/languages/",
            "/admin/responses/invitee/of/where-you-are/letter/?kind=language&value=ar",
        ]
    )

    assert set(seen.values()) == {200}
    lists = {f"/{model._meta.model_name}/" for model in admin.site._registry}
    assert {each for each in lists if not any(path.endswith(each) for path in seen)} == set()
    # In Arabic on a phone; there the lists and forms of Django's own differ in their width alone.
    phone = open_browser(width=390, locale="ar", color_scheme="light")
    sign_in(phone, "boss")
    for path in seen:
        if path == "/admin/" or any(each in path for each in DESKS):
            phone.goto(path)
            check_accessible(phone)
        elif IS_WHOLE:
            phone.goto(path)
            check_fits(phone)
