"""What organizers hide is in no row and on no page, whatever was written about it before, meanwhile and afterwards."""

import random

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from outcomes.models import Coding, CodingPlan, Evidence, JointDecision, Place, SharedAnswer
from responses.access.keys import sha256_of
from responses.exchange import po
from responses.exchange.answer_import import import_answers
from responses.exchange.data_export import author_data
from responses.languages.passages import find_passage
from responses.models import (
    Answer,
    Flag,
    MachineDraftOrder,
    MaskTakenBack,
    Question,
    ReadingAid,
    ReadingRequest,
    Recusal,
    Response,
    ReviewReservation,
    Translation,
)
from responses.models.recusal import AboutResponses
from tests.askings import ask
from tests.factories import (
    make_answer,
    make_evidence,
    make_problem,
    make_response,
    make_translation,
    make_user,
    submit,
)
from tests.test_answer_files import filled, key_of
from tests.test_consent import quote
from tests.test_mask import TEXT, everything_but_the_authors, mask

pytestmark = pytest.mark.django_db

SECRETS = ["Otieno", "0700123456", "wakulima@mfano.org", "القاهرة", "มหาวิทยาลัย", "पुस्तकालय"]
PLAIN = ["kila", "siku", "watu", "hapa", "barua", "safari", "kesho", "darasa"]


def said_by(chance, secret):
    """A few words with a secret among them."""
    words = chance.sample(PLAIN, 4)
    words.insert(chance.randrange(5), secret)
    return " ".join(words)


def fill(chance, secret, user):
    """A published response with a row of every kind, each of them with the secret in it."""
    meaning = Question.objects.get(slug="meaning")
    response = submit({"meaning": f"Zamani {said_by(chance, secret)}"}, content_note=f"Ya {secret}.")
    response.edit({meaning: said_by(chance, secret)}, content=response.content)
    response = Response.objects.get(pk=response.pk)
    response.note(f"Nani {secret}?")
    response.tell_readers("", f"Kuhusu {secret}")
    response.ask(f"Je, {secret}?", by=user)
    response.reply(f"Ndiyo, {secret}.")
    response.decline(f"Kwa {secret}.", by=user)
    response.accept(by=user, on=None)
    Response.objects.update(note_to_author=f"Nani {secret}?")
    answer = Answer.objects.select_related("response").get(response=response)
    french = make_translation(answer, language="fr", text=f"Ici {secret} demain", note=f"{secret}: un nom")
    make_translation(answer, language="es", text=f"Mañana {secret}", source_text=f"Zamani {secret}")
    make_translation(answer, language="sv", text=f"Maskin {secret}", origin="machine", reviewed=False)
    answer.translations.get(language="es").refuse(f"Si {secret}!")
    for by_machine in (False, True):
        text = {"text": f"Here {secret}", "source_text": answer.text, "by_machine": by_machine}
        ReadingAid.objects.create(answer=answer, language="en", **text)
    ReadingRequest.objects.create(response=response, language="en", requested_by=user)
    MachineDraftOrder.objects.create(answer=answer, language="hi")
    ReviewReservation.objects.create(response=response, user=user, ends_at=timezone.now())
    hidden_once = {"masked_by": user, "masked_at": timezone.now(), "taken_back_at": timezone.now()}
    MaskTakenBack.objects.create(response=response, reason=f"Siyo {secret}.", **hidden_once)
    Recusal.objects.create(response=response, user=make_user("third"), recused_on="2026-03-01")
    Flag.objects.tell(response, f"Mimi ni {secret}.")
    problem = make_problem()
    mark = make_evidence(answer, problem=problem, quote=answer.text, note=f"Ona {secret}", coder=user)
    make_evidence(answer, problem=problem, translation=french, quote=french.text, coder=make_user("other"))
    quote(mark).refuse(f"Siyo {secret}")
    hashes = {"of_text": sha256_of(answer.text), "in_text": sha256_of(french.text)}
    Place.objects.create(evidence=mark, translation=french, start=0, end=3, **hashes)
    Coding.objects.create(answer=answer, coder=user, of_text=answer.fingerprint)
    Answer.objects.update(is_coded=True)
    draft = make_problem("draft", published=False)
    make_evidence(answer, problem=draft, quote=answer.text, coder=user)
    ask(draft).asked.get().answer("part", f"Namaanisha {secret}.")
    shared = SharedAnswer.objects.create(answer=answer)
    JointDecision.objects.create(shared=shared, problem=problem, value="supports", note=f"Sote: {secret}")
    log = {"user_id": user.pk, "queryset": [mark], "action_flag": CHANGE, "single_object": True}
    LogEntry.objects.log_actions(**log, change_message=f"Siyo {secret}, bali watu.")
    return answer


@pytest.mark.parametrize("seed", range(6))
def test_what_is_hidden_is_in_no_row_whatever_was_and_is_written(seed):
    chance = random.Random(seed)  # noqa: S311
    secret, user = SECRETS[seed], make_user("one", is_superuser=True, is_staff=True)
    answer = fill(chance, secret, user)
    assert len(_rows_with(secret)) > 20

    mask(answer, secret, by=user, reason=f"Ni jina la {secret}")

    assert _rows_with(secret) == []
    response = Response.objects.get()
    response.undo()
    assert _rows_with(secret) == []
    response.edit({answer.question: said_by(chance, secret)})
    Response.objects.get().accept()
    assert _rows_with(secret) == []
    told = author_data(Response.objects.get())
    assert secret in told["answers"][0]["text"]
    assert [secret in each["answers"]["meaning"] for each in told["earlier_versions"]] == [True, True]


@pytest.mark.parametrize("seed", [0, 4])
def test_what_is_hidden_is_on_no_page(client, seed):
    chance = random.Random(seed)  # noqa: S311
    secret, user = SECRETS[seed], make_user("one", is_superuser=True, is_staff=True)
    answer = fill(chance, secret, user)
    client.force_login(user)

    telling = _pages_with(secret, client, answer)
    mask(answer, secret, by=user)

    assert len(telling) > 10
    assert _pages_with(secret, client, answer) == []


def _pages_with(secret, client, answer):
    """The addresses of the pages that tell it: lists and rows of the desks, what readers and translators see."""
    code, pk = answer.response.code, answer.pk
    addresses = [
        f"/en/{page}"
        for page in (
            *("", "responses/", f"responses/{code}/", f"responses/{code}/tell/", "problems/"),
            *("problems/closed-doors/", "translate/", "translate/fr/", "translate/unread/", "my-translations/"),
            *(f"answers/{pk}/translate/fr/", f"answers/{pk}/translate/hi/", f"answers/{pk}/for-reviewers/en/"),
        )
    ]
    addresses += [reverse("admin:outcomes_answertocode_places", args=[pk]), reverse("admin:index")]
    addresses.append(reverse("admin:outcomes_sharedanswer_agreement"))
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses.append(reverse(f"{name}_changelist"))
        addresses += [reverse(f"{name}_change", args=[each.pk]) for each in model._default_manager.all()[:20]]
    return [each for each in addresses if secret in client.get(each, follow=True).content.decode()]


def _rows_with(secret):
    return [line for line in everything_but_the_authors().splitlines() if secret.casefold() in line.casefold()]


def test_the_test_fills_every_kind_of_row():
    user = make_user("one")
    mask(fill(random.Random(0), SECRETS[0], user), SECRETS[0], by=user)  # noqa: S311

    empty = {
        model.__name__
        for model in apps.get_models()
        if isinstance(rows := model._default_manager.all(), AboutResponses)
        and not model._meta.proxy
        and not rows.exists()
    }
    assert empty == set()


def tell(response, words):
    Flag.objects.tell(response, words)


def note_of_a_mark(response, words):
    mark = Evidence.objects.get(answer__response=response)
    mark.change(claim=mark.claim, stance="supports", note=words)


def new_mark(response, words):
    passage = find_passage(Answer.objects.get().text, "kwa")
    how = {"stance": "supports", "coder": make_user("other"), "note": words}
    Evidence.objects.mark(make_problem("other"), Answer.objects.get(), passage, **how)


def suggestion(response, words):
    answer = Answer.objects.get()
    how = {"translator": make_user("translator"), "source_text": answer.text, "note": words}
    Translation.objects.suggest(answer, "ar", words, **how)


def translation_for_reviewers(response, words):
    Response.objects.update(status="submitted", accepted_on=None)
    ReadingRequest.objects.create(response=response, language="en")
    answer = Answer.objects.get()
    ReadingAid.objects.write(answer, "en", words, translator=make_user("translator"), source_text=answer.text)


def translators_file(response, words):
    answer = Answer.objects.get()
    file = filled(po, {key_of(answer): (answer.text, words)})
    list(import_answers(file, make_user("translator")))


def question(response, words):
    Response.objects.update(status="submitted", accepted_on=None)
    Response.objects.get().ask(words, by=make_user("reviewer"))


@pytest.mark.parametrize(
    "write",
    [
        lambda response, words: response.note(words),
        lambda response, words: response.tell_readers("", words),
        lambda response, words: response.decline(words),
        question,
        tell,
        note_of_a_mark,
        new_mark,
        suggestion,
        translation_for_reviewers,
        translators_file,
    ],
)
def test_what_others_still_write_is_stored_without_the_hidden_words(write):
    answer = make_answer(TEXT)
    make_evidence(answer, quote="kila", coder=make_user("coder"))
    mask(answer, "Juma Otieno")

    write(Response.objects.get(), "Otieno, hapa.")

    assert "Otieno" not in everything_but_the_authors()
    assert "██████, hapa." in everything_but_the_authors()


def test_a_translation_for_reviewers_that_was_begun_before_is_refused():
    response = submit({"meaning": TEXT})
    ReadingRequest.objects.create(response=response, language="en")
    answer = response.answers.get()
    mask(answer, "Juma Otieno")

    with pytest.raises(ValidationError, match="Read it again"):
        ReadingAid.objects.write(answer, "en", "Call.", translator=make_user("translator"), source_text=TEXT)

    assert not ReadingAid.objects.exists()


def test_why_a_mark_was_taken_back_is_logged_without_the_hidden_words(client):
    organizer = make_user("organizer", is_superuser=True, is_staff=True)
    answer = make_answer(TEXT)
    mark = make_evidence(answer, quote="kila", coder=make_user("coder"))
    mask(answer, "Juma Otieno")
    client.force_login(organizer)

    client.post(reverse("admin:outcomes_evidence_unmark", args=[mark.pk]), {"reason": "Otieno, hapa."})

    assert not Evidence.objects.exists()
    assert LogEntry.objects.latest("pk").change_message == "██████, hapa."


def test_a_joint_decision_is_stored_without_the_hidden_words():
    answer, problem = make_answer(TEXT), make_problem("doors")
    CodingPlan.objects.create(pk=1, share=100)
    one, other = make_user("one"), make_user("other")
    Coding.objects.finish(answer, one, seen=answer.fingerprint)
    make_evidence(answer, problem=problem, quote="kila", coder=other)
    Coding.objects.finish(answer, other, seen=answer.fingerprint)
    mask(answer, "Juma Otieno")
    shared = SharedAnswer.objects.select_related("answer").get()
    units = shared.units()

    decisions = {each.key: (each.choices[0], "Otieno, hapa.") for each in units}
    shared.agree(decisions, by=one, seen=shared.fingerprint(units))

    assert JointDecision.objects.get().note == "██████, hapa."


def test_what_coders_have_read_stays_so_where_the_same_words_are_not_hidden():
    # Too short to be looked for elsewhere.
    response = make_response({"meaning": "Ana.", "needs": "Ana."})
    coder = make_user("coder")
    for each in response.answers.all():
        Coding.objects.finish(each, coder, seen=each.fingerprint)

    mask(response.answers.get(question__slug="meaning"), "Ana")

    assert {each.of_text == each.answer.fingerprint for each in Coding.objects.select_related("answer")} == {True}


def test_whoever_edits_around_hidden_contact_details_is_not_asked_about_them_again(client):
    response = submit({"meaning": "Piga +254 700 123 456 kwa Juma."})
    mask(response.answers.get(), "+254 700 123 456")
    form = {"meaning": "Piga +254 700 123 456 kwa Juma sasa.", "language": "sw", "action": "send", "complete": "yes"}
    seen = Response.objects.get().authors_fingerprint

    client.post(f"/en/my-response/{response.key}/edit/?send", form | {"seen": seen})

    assert Answer.objects.get().authors_text == "Piga +254 700 123 456 kwa Juma sasa."
    assert Answer.objects.get().text == "Piga ████████████████ kwa Juma sasa."
