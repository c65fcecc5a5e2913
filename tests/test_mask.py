"""What organizers hide in an answer is read by nobody but its author, in no row and whatever becomes of the answer."""

import json

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import models

from outcomes.models import Coding, Evidence, Objection, Place, Quotation
from responses.access.keys import sha256_of
from responses.exchange import po
from responses.exchange.answer_import import import_answers
from responses.exchange.data_export import author_data
from responses.languages.hidden_words import HIDDEN
from responses.languages.passages import find_passage
from responses.models import (
    Answer,
    AuthorsText,
    AuthorsWords,
    Contact,
    Decision,
    Flag,
    Inquiry,
    Mask,
    NamesText,
    Question,
    ReadingAid,
    Response,
    SearchText,
    Translation,
    Version,
)
from responses.models.recusal import AboutResponses
from tests.factories import make_answer, make_evidence, make_response, make_translation, make_user, submit
from tests.test_answer_files import filled, key_of
from tests.test_consent import quote

pytestmark = pytest.mark.django_db

TEXT = "Piga 0700 000 000 kwa Juma Otieno kila siku."


def mask(answer, words, *, reason="It is somebody's number.", by=None, **how):
    """Hide the first place of these words, as the answer reads now."""
    answer = Answer.objects.get(pk=answer.pk)
    start = answer.authors_text.index(words)
    by = by or make_user(f"reviewer-{Mask.objects.count()}")
    return answer.mask(start, start + len(words), reason, by=by, seen=answer.fingerprint, **how)


def edit(response, **answers):
    response = Response.objects.get(pk=response.pk)
    response.edit({Question.objects.get(slug=slug): text for slug, text in answers.items()})


_TEXTS = (models.CharField, models.TextField, models.JSONField)


def everything_but_the_authors():
    """Every text of every row that somebody else than the author may come to see."""
    found = []
    for model in apps.get_models():
        if model in (AuthorsText, AuthorsWords, Session) or model._meta.proxy:
            continue
        texts = [each for each in model._meta.concrete_fields if isinstance(each, _TEXTS)]
        read = [each.attname for each in texts if (model, each.name) != (Version, "authors_answers")]
        for row in model._default_manager.all():
            found += [json.dumps(getattr(row, name), ensure_ascii=False, default=str) for name in read]
    return "\n".join(found)


def test_a_passage_is_hidden_and_its_author_keeps_it():
    answer = make_answer(TEXT)

    mask(answer, "0700 000 000")

    answer = Answer.objects.get()
    assert answer.text == "Piga ████████████ kwa Juma Otieno kila siku."
    assert answer.authors_text == TEXT
    assert answer.hidden_for == [("0700 000 000", "It is somebody's number.")]
    assert answer.response.status == "accepted"
    assert "0700" not in everything_but_the_authors()


@pytest.mark.parametrize(
    ("start", "end", "reason", "seen", "message"),
    [
        (0, 0, "Why", None, "Paste or select the passage."),
        (5, 500, "Why", None, "Paste or select the passage."),
        (-3, 4, "Why", None, "Paste or select the passage."),
        (9, 4, "Why", None, "Paste or select the passage."),
        (4, 5, "Why", None, "Paste or select the passage."),
        (0, 4, " \u200b", None, "Say why: the author reads the reason."),
        (0, 4, "Why", "other", "This response has been changed since you opened it. Compare, then go on."),
    ],
)
def test_what_cannot_be_hidden_changes_nothing(start, end, reason, seen, message):
    answer, reviewer = make_answer(TEXT), make_user("reviewer")
    before = everything_but_the_authors()

    with pytest.raises(ValidationError) as refusal:
        answer.mask(start, end, reason, by=reviewer, seen=seen or answer.fingerprint)

    assert refusal.value.messages == [message]
    assert (everything_but_the_authors(), AuthorsWords.objects.count()) == (before, 0)


def test_an_answer_that_was_withdrawn_meanwhile_is_not_hidden():
    answer = make_answer(TEXT)
    seen = answer.fingerprint
    Response.objects.get().withdraw()

    with pytest.raises(ValidationError):
        answer.mask(0, 4, "Why", by=make_user("reviewer"), seen=seen)


def test_masks_may_overlap_are_whole_letters_and_leave_line_ends():
    answer = make_answer("मेरा नाम\nकि Juma 👩‍👩 ni.")
    place = answer.text.index("क")

    answer.mask(place, place + 1, "Why", by=make_user("one"), seen=answer.fingerprint)
    mask(answer, "नाम\nकि Juma 👩")

    assert Answer.objects.get().text == "मेरा ███\n██ ████ ███ ni.".replace("██ ████ ███", "███████████")
    assert [each.words for each in Answer.objects.get().masked_passages] == ["नाम\nकि Juma 👩‍👩", "कि"]


def test_the_same_words_are_hidden_wherever_they_stand_in_the_response():
    response = make_response({"meaning": TEXT, "needs": "Uliza Juma  Otieno, si Juma. Jumapili ni siku."})

    mask(response.answers.get(question__slug="meaning"), "Juma Otieno")

    assert dict(response.answers.values_list("question__slug", "text")) == {
        "meaning": "Piga 0700 000 000 kwa ███████████ kila siku.",
        "needs": "Uliza ████████████, si Juma. Jumapili ni siku.",
    }


def test_stored_copies_of_the_words_are_hidden_wherever_they_are():
    user = make_user("user")
    response = submit({"meaning": "Simu yangu ni 0700 000 000, jina Juma Otieno."})
    edit(response, meaning=TEXT, needs="Umeme.")
    response = Response.objects.get()
    response.accept()
    answer = response.answers.get(question__slug="meaning")
    translation = make_translation(answer, text="اتصل على ٠٧٠٠٠٠٠٠٠٠ بجمعة.", note="0700000000 is a number.")
    for language, source in (("es", TEXT), ("fr", "Simu: 0700-000-000 ya Juma.")):
        make_translation(answer, language=language, text="0700 000 000", source_text=source, translator=user)
    mark = make_evidence(answer, quote="000 000 kwa", note="Call 0700 000 000.", coder=user)
    make_evidence(answer, problem=mark.problem, quote="٠٧٠٠٠٠٠٠٠٠", translation=translation, coder=user)
    quote(mark).refuse("Not 0700000000!")
    for language in ("en", "fr"):
        text = "Call 0700 000 000." if language == "en" else "zéro sept cent"
        ReadingAid.objects.create(answer=answer, language=language, text=text, source_text=TEXT)
    Inquiry.objects.create(response=response, text="Is 0700 000 000 yours?", reply="0700 000 000 is")
    Flag.objects.create(response=response, kind="reader", words="I know 0700000000.")
    Decision.objects.create(response=response, before={"decline_reason": "0700 000 000?", "accepted_on": None})
    Response.objects.update(note_to_author="Whose is 0700 000 000?", content_note="0700000000", added_note="x")
    Coding.objects.create(answer=answer, coder=user, of_text=answer.fingerprint)
    Place.objects.create(
        evidence=mark,
        translation=translation,
        start=1,
        end=2,
        of_text=sha256_of(TEXT),
        in_text=sha256_of(translation.text),
    )
    forms = ("0700", "700000", "000 000", "٠٧٠٠", "000-000")
    assert [each for each in forms if each not in everything_but_the_authors()] == []

    mask(answer, "0700 000 000", by=user)

    assert [each for each in forms if each in everything_but_the_authors()] == []
    shown = Answer.objects.get(pk=answer.pk)
    assert set(Translation.objects.values_list("language", "text")) == {
        ("ar", "اتصل على ██████████ بجمعة."),
        ("es", "████████████"),
        ("fr", "████████████"),
    }
    assert Translation.objects.get(language="ar").source_text == shown.text
    assert {each.passage.quote for each in Evidence.objects.all()} == {"███████ kwa", "██████████"}
    assert Evidence.objects.found().count() == 2
    assert Objection.objects.get().quote == "███████ kwa"
    assert list(ReadingAid.objects.values_list("text", flat=True)) == ["Call ████████████."]
    assert Coding.objects.get().of_text == shown.fingerprint
    place = Place.objects.get()
    assert (place.of_text, place.in_text) == (shown.fingerprint, sha256_of(Translation.objects.get(language="ar").text))
    assert Version.objects.get().answers == {"meaning": "Simu yangu ni ████████████, jina Juma Otieno."}
    assert Version.objects.get().authors_answers == {"meaning": "Simu yangu ni 0700 000 000, jina Juma Otieno."}
    assert list(SearchText.objects.saying("0700")) == []


def test_a_translation_of_which_nothing_is_said_is_hidden_and_made_anew():
    answer = make_answer(TEXT)
    found = make_translation(answer, language="en", text="Call Juma Otieno every day.")
    silent = make_translation(answer, language="ar", text="اتصل بجمعة\nكل يوم.", imported_hash="x")
    earlier = make_translation(answer, language="fr", text="Ailleurs.", source_text="Piga simu kila siku.")
    SearchText.objects.index_translation(silent)

    mask(answer, "Juma Otieno")

    assert {each.pk: each.text for each in Translation.objects.all()} == {
        found.pk: "Call ███████████ every day.",
        silent.pk: "██████████\n███████",
        earlier.pk: "Ailleurs.",
    }
    assert Translation.objects.get(pk=silent.pk).status == "replaced"
    assert list(Answer.objects.lacking_translation("ar")) == [answer]
    assert list(Answer.objects.lacking_translation("en")) == []
    assert SearchText.objects.exclude(translation=None).count() == 0


def test_a_translation_that_has_changed_meanwhile_is_read_again():
    answer = make_answer(TEXT)
    translation = make_translation(answer, text="Jean")
    passage = find_passage("Jean", "Jean")
    Translation.objects.update(text="Jeanne")

    with pytest.raises(ValidationError, match="changed since you opened it"):
        mask(answer, "Juma Otieno", in_translations={translation.pk: passage})

    assert Mask.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Kwanza: {TEXT}", "Kwanza: Piga ████████████ kwa Juma Otieno kila siku."),
        ("Piga 0700 000 009 kwa Juma.", "Piga ████████████ kwa Juma."),
        ("Kwa Juma piga hapa. 0700000000!", "Kwa Juma piga hapa. ██████████!"),
        ("Piga hodi kwa Juma Otieno kila siku.", "Piga hodi kwa Juma Otieno kila siku."),
        ("Andika barua.", "Andika barua."),
    ],
)
def test_what_an_author_writes_around_hidden_words_leaves_them_hidden(text, shown):
    answer = make_answer(TEXT)
    mask(answer, "0700 000 000")

    edit(answer.response, meaning=text)

    answer = Answer.objects.get()
    assert (answer.text, answer.authors_text) == (shown, text)
    assert Mask.objects.exists() == AuthorsWords.objects.exists() == (HIDDEN in shown)
    assert "0700" not in everything_but_the_authors()
    version = Version.objects.get()
    assert (version.answers, version.authors_answers) == (
        {"meaning": "Piga ████████████ kwa Juma Otieno kila siku."},
        {"meaning": TEXT},
    )


def test_hidden_words_stay_hidden_when_their_author_moves_them_to_another_answer():
    answer = make_answer(TEXT)
    mask(answer, "Juma Otieno", reason="A name.")

    edit(answer.response, needs="Uliza Otieno.", resources="Hapana.")

    assert dict(Answer.objects.values_list("question__slug", "text")) == {
        "needs": "Uliza ██████.",
        "resources": "Hapana.",
    }
    assert list(Mask.objects.values_list("reason", flat=True)) == ["A name."]


def test_a_mask_stops_no_author_and_loses_nothing():
    answer = make_answer(TEXT)
    seen, reviewed = answer.response.authors_fingerprint, answer.response.fingerprint
    mask(answer, "0700 000 000")

    with pytest.raises(ValidationError):
        Response.objects.get().accept(seen=reviewed)
    Response.objects.get().edit({answer.question: f"{TEXT} Asante."}, seen=seen)

    assert Answer.objects.get().text == "Piga ████████████ kwa Juma Otieno kila siku. Asante."
    assert Answer.objects.get().authors_text == f"{TEXT} Asante."
    assert Response.objects.get().says({answer.question: f"{TEXT} Asante."})
    told = author_data(Response.objects.get())
    assert (told["answers"][0]["text"], told["earlier_versions"][0]["answers"]) == (
        f"{TEXT} Asante.",
        {"meaning": TEXT},
    )
    assert [(each["start"], each["end"], each["reason"]) for each in told["answers"][0]["masks"]] == [
        (5, 17, "It is somebody's number.")
    ]


def test_what_an_author_writes_elsewhere_does_not_show_hidden_words():
    answer = make_answer(TEXT)
    translation = make_translation(answer, text="Call 0700 000 000.", language="en")
    quotation = quote(make_evidence(answer, quote="kila siku"))
    mask(answer, "0700 000 000")
    translation, quotation = Translation.objects.get(pk=translation.pk), Quotation.objects.get(pk=quotation.pk)

    for verb in (
        lambda: translation.refuse("It is 0700000000."),
        lambda: quotation.refuse("0700000000 is mine."),
        lambda: Translation.objects.correct(translation, "Ring 0700 000 000."),
        lambda: Response.objects.get().edit({answer.question: TEXT}, content={"content_note": "0700000000"}),
    ):
        with pytest.raises(ValidationError, match="Leave these words out here"):
            verb()

    assert "0700" not in everything_but_the_authors()


def test_withdrawing_deletes_masks_and_what_they_hide():
    answer = make_answer(TEXT)
    mask(answer, "Juma")
    edit(answer.response, meaning=f"{TEXT}!")

    Response.objects.get().withdraw()

    assert [model.objects.count() for model in (Mask, AuthorsWords, Version, Answer)] == [0] * 4


def test_hidden_words_are_stored_with_no_mark_that_was_begun_before():
    answer = make_answer(TEXT)
    passage = find_passage(TEXT, "0700 000 000 kwa")
    problem = make_evidence(answer, quote="kila").problem
    mask(answer, "0700 000 000")

    with pytest.raises(ValidationError, match="Read it again"):
        Evidence.objects.mark(problem, answer, passage, stance="supports", coder=None)
    with pytest.raises(ValidationError, match="Read it again"):
        Translation.objects.suggest(answer, "en", "Call 07.", translator=make_user("t"), source_text=TEXT)


# Texts about answers that no mask has to follow, each with the reason.
NO_COPIES = {
    # What its author tells about themselves; who sees that is their own choice.
    (Response, "display_name"), (Response, "affiliate_name"), (Response, "method"), (Response, "place"),
    (Response, "spoken_languages"), (Response, "written_by"), (Response, "language_name"), (Version, "language_name"),
    (NamesText, "words"),
    # Kept apart from what they have written.
    (Contact, "email"), (Contact, "seen"), (Contact, "told"),
    # Hashes, codes and values of lists.
    (Response, "suspicions"), (Response, "content_kinds"), (Response, "added_kinds"),
}  # fmt: skip


def test_every_row_that_can_hold_words_of_an_answer_follows_masks():
    holding = {
        model
        for model in apps.get_models()
        if not model._meta.proxy
        and model not in (AuthorsText, AuthorsWords)
        and model._meta.app_label in ("responses", "outcomes")
        if _leads_to_an_answer(model) and _free_texts(model)
    }

    followed = {
        model
        for model in apps.get_models()
        if isinstance(rows := model._default_manager.all(), AboutResponses)
        and type(rows).follow_mask is not AboutResponses.follow_mask
    }
    assert holding - followed - {Answer, Mask} == set()


def _leads_to_an_answer(model, steps=4):
    if model in (Answer, Response):
        return True
    foreign = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return steps > 0 and any(_leads_to_an_answer(field.related_model, steps - 1) for field in foreign)


def _free_texts(model):
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField | models.JSONField | models.CharField)
        and not field.choices
        and (model, field.name) not in NO_COPIES
        # Codes, languages, hashes.
        and not (isinstance(field, models.CharField) and field.max_length in (12, 20, 40, 64))
    ]


def test_words_hidden_in_another_answer_do_not_come_back_in_a_file():
    response = make_response({"meaning": TEXT, "needs": "Umeme."})
    other = response.answers.get(question__slug="needs")
    mask(response.answers.get(question__slug="meaning"), "Juma Otieno")

    list(import_answers(filled(po, {key_of(other): ("Umeme.", "الكهرباء، Juma Otieno")}), make_user("translator")))

    assert Translation.objects.get().text == "الكهرباء، ███████████"


def test_nothing_is_exactly_the_same_as_what_is_hidden():
    responses = [make_response({"meaning": text}) for text in ("Juma", "Asha", "Juma, hapa.", "Asha, hapa.")]
    for response in responses:
        mask(response.answers.get(), response.answers.get().text[:4])

    assert set(Response.objects.values_list("duplicate_key", flat=True)) == {""}
    edit(responses[0], meaning="Juma!")
    assert set(Response.objects.values_list("duplicate_key", flat=True)) == {""}
