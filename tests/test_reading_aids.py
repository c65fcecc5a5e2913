"""What reviewers cannot read, who may translate it for them, and where such a translation never shows."""

import pytest
from django.core import checks
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from responses.models import ReadingAid, ReadingRequest, Recusal, Response, SearchText, Translation
from responses.models.reading_aid import answers_to_read

from .factories import make_answer, make_user, put, submit

pytestmark = pytest.mark.django_db


def wait_for(response, language="en", **fields):
    return ReadingRequest.objects.create(response=response, language=language, **fields)


def write(answer, text="Everybody has a place.", *, by=None, language="en", **fields):
    translator = by or make_user("translator")
    told = {"source_text": answer.text, "translator": translator} | fields
    return ReadingAid.objects.write(answer, language, text, **told)


@pytest.mark.parametrize("status", Response.Status.values)
@pytest.mark.parametrize(
    ("sharing", "ticked", "open_in"),
    [
        ("unnamed", False, {"submitted", "asked"}),
        ("organizers", False, set()),
        ("organizers", True, {"submitted", "asked", "accepted"}),
    ],
)
def test_translators_get_what_waits_and_what_organizers_may_let_them_read(status, sharing, ticked, open_in):
    response = submit(sharing=sharing, may_be_translated=ticked)
    answers, request = list(response.answers.all()), wait_for(response)
    put(response, status)

    is_open = status in open_in

    assert list(ReadingRequest.objects.open()) == ([request] if is_open else [])
    assert list(ReadingRequest.objects.waiting()) == ([request] if is_open else [])
    assert list(answers_to_read("en")) == (answers if is_open else [])


def test_asking_twice_is_safe():
    response, first, second = submit(), make_user("first"), make_user("second")

    for by in (first, second):
        ReadingRequest.objects.ask(response, "en", by=by)

    assert list(ReadingRequest.objects.values_list("language", "requested_by", "by_machine")) == [
        ("en", first.pk, False)
    ]


@pytest.mark.parametrize(
    ("fields", "language"),
    [({"language": "en"}, "en"), ({"sharing": "organizers"}, "sw-x"), ({"sharing": "organizers"}, "en")],
)
def test_what_may_not_be_translated_for_reviewers_is_not_asked_for(fields, language):
    with pytest.raises(ValidationError):
        ReadingRequest.objects.ask(submit(**fields), language, by=make_user("reviewer"))

    assert not ReadingRequest.objects.exists()


def test_nothing_is_asked_for_of_what_was_decided_or_withdrawn_meanwhile():
    accepted, withdrawn = submit(), submit()
    accepted.accept()
    Response.objects.get(pk=withdrawn.pk).withdraw()

    for response in (accepted, withdrawn):
        with pytest.raises(ValidationError):
            ReadingRequest.objects.ask(response, "en", by=make_user(response.code))

    assert not ReadingRequest.objects.exists()


def test_a_request_waits_until_each_answer_has_a_translation_of_its_present_text():
    response = submit({"meaning": "Moja.", "needs": "Mbili."})
    request, (one, two) = wait_for(response), response.answers.all()
    translator = make_user("translator")

    write(one, by=translator)
    assert list(ReadingRequest.objects.waiting()) == [request]
    write(two, by=translator)
    assert list(ReadingRequest.objects.waiting()) == []
    response.edit({one.question: "Moja.", two.question: "Tatu."})
    assert list(ReadingRequest.objects.waiting()) == [request]


@pytest.mark.parametrize("asked", [True, False])
def test_a_machines_translation_is_enough_if_a_machine_was_asked(asked):
    response = submit()
    answer, request = response.answers.get(), wait_for(response, by_machine=asked)
    ReadingAid.objects.create(answer=answer, language="en", text="Place.", source_text=answer.text, by_machine=True)

    assert list(ReadingRequest.objects.waiting()) == ([] if asked else [request])
    assert request.left == ([] if asked else [answer])


def test_a_translator_changes_what_they_wrote():
    answer, translator = submit().answers.get(), make_user("translator")
    wait_for(answer.response)

    write(answer, "One.", by=translator)
    write(answer, "Two.", by=translator)

    assert [aid.text for aid in ReadingAid.objects.all()] == ["Two."]


def test_nobody_overwrites_what_somebody_else_has_written_meanwhile():
    answer, first, second = submit().answers.get(), make_user("first"), make_user("second")
    wait_for(answer.response)
    theirs = write(answer, "One.", by=first)

    with pytest.raises(ValidationError) as refusal:
        write(answer, "Two.", by=second)
    assert (refusal.value.code, ReadingAid.objects.get().text) == ("overtaken", "One.")

    write(answer, "Two.", by=second, seen=theirs.fingerprint)
    assert ReadingAid.objects.get().text == "Two."


@pytest.mark.parametrize("change", ["accept", "withdraw", "keep", "blank"])
def test_what_nobody_needs_any_more_is_not_stored(change):
    response = submit()
    answer = response.answers.get()
    wait_for(response)
    if change == "keep":
        response.share(sharing="organizers")
    elif change != "blank":
        getattr(response, change)()

    with pytest.raises(ValidationError):
        write(answer, " " if change == "blank" else "Place.")

    assert not ReadingAid.objects.exists()


def test_withdrawing_deletes_requests_and_translations():
    answer = submit().answers.get()
    wait_for(answer.response)
    write(answer)

    answer.response.withdraw()

    assert (ReadingAid.objects.count(), ReadingRequest.objects.count()) == (0, 0)


def test_whoever_knows_the_author_gets_no_request():
    user, response = make_user("translator"), submit()
    request = wait_for(response)
    Recusal.objects.recuse(user, response)

    assert list(ReadingRequest.objects.waiting().not_recused_by(user)) == []
    assert list(ReadingRequest.objects.waiting()) == [request]


def test_a_translation_for_reviewers_stays_with_them_when_the_answer_is_published(client):
    answer = submit().answers.get()
    wait_for(answer.response)
    write(answer, "Zebra.")
    answer.response.accept()

    pages = ["/en/responses/?q=zebra", f"/en/responses/{answer.response.code}/", "/en/languages/", "/en/"]
    shown = [page for page in pages if "Zebra" in client.get(page).content.decode().replace('value="zebra"', "")]

    assert shown == []
    assert (Translation.objects.count(), SearchText.objects.exclude(translation=None).count()) == (0, 0)
    client.force_login(make_user("other", "Translator"))
    pages = ["/en/my-translations/", "/en/translate/en/", f"/en/answers/{answer.pk}/translate/en/"]
    pages += ["/en/translate/en/from/sw.po", "/en/translate/en/from/sw.xlf"]
    assert [page for page in pages if "Zebra" in client.get(page).content.decode()] == []


def test_a_translation_by_a_machine_names_nobody_and_none_is_blank():
    answer, user = make_answer(), make_user("translator")
    for fields in ({"text": "Place.", "by_machine": True, "translator": user}, {"text": " \u200b"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReadingAid.objects.create(answer=answer, language="en", source_text=answer.text, **fields)


def test_an_operator_is_told_that_an_own_machine_without_an_address_is_none(settings):
    settings.MACHINE_TRANSLATION_IS_OWN, settings.MACHINE_TRANSLATION_URL = True, ""
    assert [each.id for each in checks.run_checks() if "OWN" in each.msg] == ["diversity_portal.W001"]

    settings.MACHINE_TRANSLATION_URL = "http://127.0.0.1:9"
    assert [each.id for each in checks.run_checks() if "OWN" in each.msg] == []


def test_the_rows_name_no_words():
    answer = submit({"meaning": "Siri."}).answers.get()
    wait_for(answer.response)

    assert [str(each) for each in (write(answer, "Secret."), ReadingRequest.objects.get())] == [
        f"{answer.response.code}/meaning (en)",
        f"{answer.response.code} (en)",
    ]


def test_the_housekeeping_without_a_machine_of_ones_own_says_nothing_of_it(capsys):
    wait_for(submit(), by_machine=True)

    call_command("housekeeping", "--no-mail")

    assert "reviewers" not in capsys.readouterr().out
