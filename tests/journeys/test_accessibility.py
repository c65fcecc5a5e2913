"""axe-core finds no fault on any page, in two writing directions, two screen widths, light and dark."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from outcomes import conference_2017
from outcomes.models import AnswerToCode
from responses.models import Answer, KnownLanguage, Response
from tests.factories import DAY, make_translation, make_user, submit

from .conftest import check_accessible, in_a_look, in_each_look, sign_in

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


@in_a_look
def test_the_organizers_desks_are_accessible(open_browser, samples, language, width, scheme):
    make_user("organizer", "Organizer", is_staff=True)
    waiting = submit()
    page = open_browser(width=width, color_scheme=scheme, locale=language)
    sign_in(page, "organizer")

    for path in (
        "/admin/",
        "/admin/responses/knownlanguage/",
        "/admin/responses/textsource/",
        f"/admin/responses/response/{waiting.pk}/change/",
        f"/admin/responses/response/{waiting.pk}/recuse/",
        "/admin/my-decisions/",
        f"/admin/outcomes/answertocode/{AnswerToCode.objects.first().pk}/change/",
    ):
        page.goto(path)
        check_accessible(page)
    # Lists and forms are Django's own. We accept two of its faults: small targets, and ARIA labels on plain elements.
    for path in ("/admin/responses/response/", "/admin/outcomes/problem/1/change/"):
        page.goto(path)
        check_accessible(page, upstream=["target-size", "aria-prohibited-attr"])
