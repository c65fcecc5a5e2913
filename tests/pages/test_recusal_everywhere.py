"""All addresses of the desks and of translators, as somebody asks for them who has put a response away."""

import re
from importlib import import_module

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, reverse

from outcomes.models import Evidence, Quotation, Statement
from responses.admin.recusals import NotRecused
from responses.models import (
    MachineDraftOrder,
    Recusal,
    Reservation,
    Response,
    Translation,
)
from tests.factories import (
    make_affiliate,
    make_answer,
    make_evidence,
    make_problem,
    make_solution,
    make_translation,
    make_user,
)
from tests.test_consent import quote

pytestmark = pytest.mark.django_db

WORDS = {
    "answer": "Siri ya rafiki yangu.",
    "translation": "سر صديقي القديم.",
    "suggestion": "El secreto de mi amiga.",
    "unlisted": "Kiamigo",
    "name": "Rafiki Wangu",
    "objection": "Usinukuu",
    "note": "Neno la siri",
}


@pytest.fixture
def organizer(client):
    user = make_user("organizer", "Organizer", is_staff=True)
    client.force_login(user)
    return user


def make_known(user):
    """A response about which there is something at every desk, with words in all of it."""
    fields = {"sharing": "named", "display_name": WORDS["name"], "affiliate": make_affiliate()}
    answer = make_answer(WORDS["answer"], **fields)
    other = make_user("somebody-else", "Organizer")
    translation = make_translation(answer, text=WORDS["translation"], translator=user, reviewer=other)
    make_translation(answer, language="es", text=WORDS["suggestion"], translator=other, reviewed=False)
    make_translation(answer, language="fr", text=WORDS["note"], source_text="before", reviewer=user)
    in_original = make_evidence(answer, problem=make_problem(), quote="rafiki", coder=user)
    make_evidence(answer, problem=in_original.problem, quote="صديقي", translation=translation, coder=other)
    make_evidence(answer, solution=make_solution(), quote="rafiki", coder=user)
    quotation = quote(in_original)
    quotation.refuse(WORDS["objection"])
    MachineDraftOrder.objects.create(answer=answer, language="ha")
    Reservation.objects.take(answer, "ar", user)
    LogEntry.objects.log_actions(user.pk, [answer.response], CHANGE, change_message="Accepted")
    return answer


def rows_of(model):
    """The numbers of the rows that an address of the administration could name."""
    most = 3 if isinstance(admin.site._registry.get(model), NotRecused) else 1
    return list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:most])


def addresses_of_the_administration():
    found = [reverse("admin:index"), reverse("my_decisions"), reverse("admin:app_list", args=["responses"])]
    for model in admin.site._registry:
        for pattern in admin.site._registry[model].urls:
            if not isinstance(pattern, URLPattern) or not pattern.name:
                continue
            if not pattern.pattern.converters:
                found.append(reverse(f"admin:{pattern.name}"))
            for name in pattern.pattern.converters:
                found += [reverse(f"admin:{pattern.name}", kwargs={name: pk}) for pk in rows_of(model)]
    kind = ContentType.objects.get_for_model(Response).pk
    on_site = [reverse("view_on_site", args=[kind, pk]) for pk in rows_of(Response)]
    return [*found, *on_site, *_lists_that_find_more()]


def _lists_that_find_more():
    code = Response.objects.order_by("-pk").values_list("code", flat=True).first()
    lists = ["responses_response", "responses_translation", "responses_recusal", "outcomes_answertocode"]
    lists += ["outcomes_evidence", "outcomes_quotation"]
    # Not the whole code: the page repeats what was searched for.
    found = [f"{reverse(f'admin:{name}_changelist')}?q={code[:-1]}" for name in lists]
    found += [f"{reverse('admin:responses_response_changelist')}?status={each}" for each in ("all", "accepted")]
    quoting = [f"{reverse('admin:outcomes_quotation_add')}?evidence={pk}" for pk in rows_of(Evidence)]
    return [*found, *quoting]


TRANSLATORS = {
    "translate": "/en/translate/",
    "translate_language": "/en/translate/{language}/",
    "translate_file": "/en/translate/{language}/file/",
    "translate_file_download": "/en/translate/{language}/from/sw.po",
    "translate_answer": "/en/answers/{answer}/translate/{language}/",
    "recuse": "/en/answers/{answer}/translate/{language}/recuse/",
    "review_translation": "/en/answers/{answer}/translate/{language}/review/{translation}/",
    "still_correct": "/en/answers/{answer}/translate/{language}/still-correct/{translation}/",
    "translate_unread": "/en/translate/unread/",
    "translate_for_reviewers": "/en/answers/{answer}/for-reviewers/{language}/",
    "recuse_unread": "/en/answers/{answer}/for-reviewers/{language}/recuse/",
    "translate_problem": "/en/problems/closed-doors/translate/{language}/",
    "translate_solution": "/en/solutions/open-doors/translate/{language}/",
    "my_languages": "/en/my-languages/",
    "my_translations": "/en/my-translations/",
}


def test_the_addresses_above_are_all_pages_of_translators():
    modules = re.compile(r"\.views\.(translate\w*|my_translations|recuse)$")
    found = {
        pattern.name
        for module in ("responses.urls", "outcomes.urls")
        for pattern in import_module(module).urlpatterns
        if modules.search(pattern.callback.__module__) or "translate" in pattern.name
    }

    # Where somebody asks to become a translator, there is no answer yet.
    assert found - {"ask_to_translate"} == TRANSLATORS.keys()


def translators_addresses(answer):
    translations = Translation.objects.filter(answer=answer)
    return {
        address.format(answer=answer.pk, language=each.language, translation=each.pk)
        for address in [*TRANSLATORS.values(), "/en/my-translations/?show=reviews", "/en/translate/{language}/?from=sw"]
        for each in [*translations, Translation(language="de", pk=1)]
    }


def told_by(client, code, addresses):
    """{address: what of the response its page tells}; an address of a row is posted to as well."""
    told = {}
    for address in addresses:
        pages = [client.get(address, follow=True)]
        if re.search("[0-9]{3}", address):
            pages.append(client.post(address, {}, follow=True))
        html = "".join(page.content.decode() for page in pages)
        if found := {name for name, words in {"code": code, **WORDS}.items() if words in html}:
            told[address] = found
    return told


def test_nothing_of_it_is_at_any_desk(client):
    user = make_user("organizer", is_staff=True, is_superuser=True)
    client.force_login(user)
    known = make_known(user)
    code = known.response.code
    Recusal.objects.recuse(make_user("stranger"), known.response)
    addresses = [*addresses_of_the_administration(), *translators_addresses(known)]
    to_read = [each for each in addresses if re.search("/change/|/history/|/translate/ar/$|[?]q=|my-", each)]
    before = [each for each in to_read if code in client.get(each).content.decode()]

    Recusal.objects.recuse(user, known.response)

    assert len(before) > 20
    assert told_by(client, code, addresses) == {}
    # Nor was anything changed by asking for all of that.
    assert Response.objects.get(pk=known.response.pk).status == "accepted"
    assert Recusal.objects.filter(response=known.response).count() == 2
    assert client.get(f"/en/responses/{code}/").status_code == 200


def test_the_page_that_asks_before_it_deletes_what_quotes_it_does_not_name_it(client, organizer):
    known = make_known(organizer)
    Quotation.objects.update(objected_on=None)
    # Drafts only are deleted.
    Statement.objects.update(published_at=None)
    address = reverse("admin:outcomes_statement_delete", args=[Statement.objects.get().pk])
    assert known.response.code in client.get(address).content.decode()

    Recusal.objects.recuse(organizer, known.response)

    asked = client.get(address).content.decode()
    assert (known.response.code in asked, "<li>—" in asked) == (False, True)
