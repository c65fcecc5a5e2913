"""Whoever has hidden words by mistake shows them again within an hour, but none that they have not read."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from outcomes.history import history_of_response
from outcomes.models import Evidence
from responses.models import Answer, AuthorsWords, Mask, MaskTakenBack, Response, SearchText, Translation
from tests.factories import make_answer, make_evidence, make_response, make_translation, make_user
from tests.test_mask import TEXT, edit, mask

pytestmark = pytest.mark.django_db


def test_whoever_has_hidden_words_can_show_them_again_for_an_hour(clock):
    clock("2026-03-10")
    one, other = make_user("one"), make_user("other")
    response = make_response({"meaning": TEXT, "needs": "Juma Otieno."})
    answer = response.answers.get(question__slug="meaning")
    translation = make_translation(answer, language="en", text="Call Juma Otieno.")
    mark = make_evidence(answer, quote="Otieno kila")
    by_mistake = mask(answer, "Juma Otieno", by=one)
    mask(answer, "0700 000 000", by=other)

    with pytest.raises(ValidationError):
        by_mistake.take_back(by=other)
    by_mistake.take_back(by=one)

    shown = Answer.objects.get(pk=answer.pk)
    assert shown.text == "Piga ████████████ kwa Juma Otieno kila siku."
    assert response.answers.get(question__slug="needs").text == "Juma Otieno."
    assert Translation.objects.get(pk=translation.pk).source_text == shown.text
    assert Evidence.objects.get(pk=mark.pk).passage.quote == "Otieno kila"
    assert {each.answer for each in SearchText.objects.saying("otieno")} == set(response.answers.all())
    assert AuthorsWords.objects.count() == 1
    clock("2026-03-10", hour=14)
    with pytest.raises(ValidationError):
        Mask.objects.get().take_back(by=other)
    with pytest.raises(ValidationError):
        by_mistake.take_back(by=one)


def taken_back(response, user):
    """[(kind, who, why)] of what the history says of words that were hidden."""
    deeds = sorted(history_of_response(Response.objects.get(pk=response.pk), user), key=lambda each: each.place)
    return [(each.kind, str(each.who), each.why) for each in deeds if each.kind in ("masked", "unmasked", "logged")]


def test_the_history_keeps_why_words_were_hidden_that_are_shown_again():
    one, boss = make_user("one"), make_user("boss", "Organizer")
    answer = make_answer(TEXT)

    mask(answer, "Juma", reason="A name.", by=one).take_back(by=one)

    assert taken_back(answer.response, boss) == [("masked", "one", "A name."), ("unmasked", "one", "")]


def test_what_is_hidden_later_is_hidden_in_that_reason_too():
    one, boss = make_user("one"), make_user("boss", "Organizer")
    answer = make_answer(TEXT)
    mask(answer, "kila siku", reason="It names Otieno.", by=one).take_back(by=one)

    mask(Answer.objects.get(), "Otieno", reason="A name.", by=one)

    assert taken_back(answer.response, boss)[0] == ("masked", "one", "It names ██████.")


def test_with_the_response_the_reason_goes():
    one = make_user("one")
    answer = make_answer(TEXT)
    mask(answer, "Juma", reason="A name.", by=one).take_back(by=one)

    answer.response.withdraw()

    assert not MaskTakenBack.objects.exists()


def test_an_hour_later_nobody_can_show_them_again():
    by = make_user("one")
    made = mask(make_answer(TEXT), "Juma", by=by)

    assert made.can_be_taken_back_by(by)
    made.masked_at = timezone.now() - timedelta(hours=1, seconds=1)
    assert not made.can_be_taken_back_by(by)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # The author has changed the hidden words, and another reviewer has accepted what could be read.
        ("Piga 0700 999 999 kwa Juma.", None),
        ("Piga sasa 0700 000 000 kwa Juma.", "Piga sasa 0700 000 000 kwa Juma."),
        ("Piga 0700 kwa Juma.", "Piga 0700 kwa Juma."),
    ],
)
def test_nobody_shows_words_again_that_no_reviewer_has_read(text, shown):
    answer, by = make_answer(TEXT), make_user("one")
    mask(answer, "0700 000 000", by=by)
    edit(answer.response, meaning=text)
    Response.objects.get().accept(by=make_user("two"))
    hidden = Answer.objects.get().text
    assert "0700" not in hidden

    if shown is None:
        with pytest.raises(ValidationError, match="Only whoever has hidden words can show them again"):
            Mask.objects.get().take_back(by=by)
    else:
        Mask.objects.get().take_back(by=by)

    assert Answer.objects.get().text == (shown or hidden)
