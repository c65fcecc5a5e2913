"""What organizers hide in an answer is read by nobody but its author, in no row and whatever becomes of the answer."""

import pytest

from responses.models import Answer, AuthorsWords, Mask
from tests.factories import make_answer, make_user

pytestmark = pytest.mark.django_db


def mask(answer, words, *, reason="It is somebody's number.", by=None, **how):
    """Hide the first place of these words, as the answer reads now."""
    answer = Answer.objects.get(pk=answer.pk)
    start = answer.authors_text.index(words)
    by = by or make_user(f"reviewer-{Mask.objects.count()}")
    return answer.mask(start, start + len(words), reason, by=by, seen=answer.fingerprint, **how)


def test_a_passage_is_hidden_and_its_author_keeps_it():
    answer = make_answer("Piga 0700 000 000 kwa Juma.")

    mask(answer, "0700 000 000")

    answer = Answer.objects.get()
    assert answer.text == "Piga ████████████ kwa Juma."
    assert answer.authors_text == "Piga 0700 000 000 kwa Juma."
    assert list(AuthorsWords.objects.values_list("text", flat=True)) == ["Piga 0700 000 000 kwa Juma."]
