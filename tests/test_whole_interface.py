"""Every page and mail speaks the reader's language throughout: a crawl notes the messages English stands in for."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.core import mail
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import trans_real

from outcomes import conference_2017
from outcomes.models import AnswerToCode
from responses.models import Answer, Response
from tests.factories import make_evidence, make_problem, make_solution, make_user, submit
from tests.wording import DESK_MESSAGES, avoidable

PUBLIC = """
languages/
respond/ sheet/ gatherings/new/ responses/ statement/ problems/ problems/access/ solutions/ about/ privacy/
solutions/prioritise-space/ problems/doors/ solutions/doors/
accessibility/ how-we-review/ nothing-here/ conversations/ conversations/2017/ conversations/where-you-are/
conversations/where-you-are/news/
"""
ACCOUNT = "login signup logout password/reset password/reset/done password/change email inactive confirm-email"


OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]


@pytest.fixture
def asked(monkeypatch):
    """What was asked for in another language than English: (function of gettext, its arguments)."""
    found = set()

    def noting(name):
        ask = getattr(translation._trans, name)

        def noted(*args):
            if translation.get_language() in OTHERS and args[-1 if name == "pgettext" else 0]:
                found.add((name, args))
            return ask(*args)

        monkeypatch.setattr(translation._trans, name, noted)

    for name in ("gettext", "pgettext", "ngettext", "npgettext"):
        noting(name)
    return found


def has(language, name, args):
    """Whether a catalogue of this language has the message; else English stands in for it."""
    known = trans_real.translation(language)._catalog
    if name == "gettext":
        return known.get(*args) is not None
    if name == "ngettext":
        one, _many, n = args
        return has_plural(known, one, n)
    if name == "pgettext":
        context, message = args
        return known.get(f"{context}\x04{message}") is not None
    context, one, _many, n = args
    return has_plural(known, f"{context}\x04{one}", n)


def has_plural(known, message, n):
    try:
        return known.plural(message, int(n)) is not None
    except KeyError:
        return False


def said(language, name, args):
    with translation.override(language):
        return getattr(translation, name)(*args)


def message_of(name, args):
    return args[1 if name in ("pgettext", "npgettext") else 0]


# Pages ask for the same messages whatever the language, but for those that tell readers of one language about words
# in another. So two languages are read, one of the samples' originals and one of their translations, and every message
# is looked up in all of the languages.
@pytest.mark.parametrize("code", ["sw", "ar"])
def test_no_page_and_no_mail_falls_back_to_english(client, db, asked, code):
    conference_2017.load()
    call_command("load_samples")
    make_evidence()
    make_evidence(solution=make_solution("doors"))
    make_problem("doors")
    waiting = submit()
    organizer = make_user("organizer", "Organizer", "Translator", is_staff=True, is_superuser=True)
    answer = Answer.objects.published().in_another_language_than(code).first()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code

    addresses = [f"/{code}/", *(f"/{code}/{path}" for path in PUBLIC.split())]
    addresses += [f"/{code}/responses/{Response.objects.published().first().code}/"]
    for address in addresses:
        client.get(address)
    client.post(f"/{code}/respond/", {"action": "send", "meaning": "x"})
    for path in ACCOUNT.split():
        client.get(f"/accounts/{path}/")
    for email in ("organizer@example.org", "nobody@example.org"):
        client.post("/accounts/password/reset/", {"email": email})
    fields = {"username": "new", "password1": "a long password", "password2": "a long password"}
    client.post("/accounts/signup/", fields | {"email": "new@example.org"})
    client.post("/accounts/signup/", fields | {"username": "newer", "email": "organizer@example.org"})
    client.post("/accounts/signup/", {"username": "new", "password1": "123", "email": "x"})
    client.post("/accounts/login/", {"login": "organizer", "password": "wrong"})
    client.force_login(organizer)
    for path in (*ACCOUNT.split(), "reauthenticate"):
        client.get(f"/accounts/{path}/")
    for path in (
        "translate/",
        "translate/so/",
        f"answers/{answer.pk}/translate/so/",
        f"answers/{answer.pk}/translate/so/recuse/",
        "translate/so/file/",
        "my-languages/",
        "my-translations/",
        "my-translations/?show=reviews",
        "my-responses/",
        "my-account/delete/",
    ):
        client.get(f"/{code}/{path}")
    # The administration's own pages are Django's, in its voice.
    public = set(asked)
    client.get("/admin/")
    for model, desk in admin.site._registry.items():
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        client.get(base)
        client.get(f"{base}add/")
        # A few of each: rows differ in what can be done with them, as accounts with and without a password.
        for row in desk.model._default_manager.order_by("-pk")[:4]:
            for view in ("change", "history", "delete"):
                client.get(f"{base}{row.pk}/{view}/")
    client.get(f"/admin/responses/response/{waiting.pk}/change/")
    client.get(f"/admin/outcomes/answertocode/{AnswerToCode.objects.first().pk}/change/")
    client.post(f"/admin/responses/response/{waiting.pk}/recuse/", {"note": "x"})
    client.post(f"/admin/responses/response/{waiting.pk}/recuse/", {"note": "x", "confirmed": "yes"})
    client.get("/admin/responses/response/")
    client.get("/admin/my-decisions/")

    assert len(mail.outbox) == 4
    assert len(asked) > 700
    lacking = {(language, each) for language in OTHERS for each in asked if not has(language, *each)}
    assert sorted((language, each) for language, each in lacking if message_of(*each) not in DESK_MESSAGES) == []
    assert [each for each in public if message_of(*each) in DESK_MESSAGES] == []
    otherwise = [
        (language, text, reasons)
        for language in OTHERS
        for name, args in public
        if args[0] != "yes,no" and (reasons := avoidable(language, text := said(language, name, args)))
    ]
    assert otherwise == []
