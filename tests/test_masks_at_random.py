"""Whatever organizers hide and authors change: no hidden word is in any row but those of its author."""

import random
import re

import pytest

from outcomes.models import Evidence
from responses.languages.hidden_words import HIDDEN
from responses.languages.passages import Passage
from responses.models import Answer, Question, Response, Translation
from tests.factories import make_problem, make_response, make_translation, make_user
from tests.test_mask import everything_but_the_authors
from tests.whole import IS_WHOLE

pytestmark = pytest.mark.django_db

# None of them is within another one. Thai is written without spaces.
LATIN = ["Otieno", "wakulima", "mtandao", "kijijini", "intaneti", "umeme", "0700123456", "ndogo@mfano.org", "Wanjiku"]
OTHERS = ["مكتبة", "الإنترنت", "جمعية", "التحرير", "القاهرة", "فاطمة", "कार्यशाला", "पुस्तकालय", "महिलाएँ", "Ωμέγα", "Ёлка"]
EMOJI = ["👩‍👩‍👧🌍👩🏽🌻", "🏳️‍🌈🏳️‍⚧️🌱🌾"]
WORDS = LATIN + OTHERS + EMOJI
THAI = ["สมชายใจดี", "ห้องสมุด", "คอมพิวเตอร์", "เชียงใหม่", "อาสาสมัคร", "นครปฐม"]
FRESH = ["barua", "safari", "kesho", "darasa", "نافذة", "عصفور", "सड़क", "विद्यालय", "rafiki", "chakula"]


def joined(chance, words):
    """A text of these words, in which each Thai one may stand right beside the next."""
    text = ""
    for word in words:
        gap = chance.choice([" ", " ", "\n", ", ", " (", "  "])
        if text and word in THAI and text.endswith(tuple(THAI)):
            gap = ""
        text += (gap if text else "") + word
    return text


def changed(chance, words):
    """The words as an author may leave them: some moved, left out, written twice or anew."""
    words = list(words)
    for _step in range(chance.randint(1, 4)):
        place, other = chance.randrange(len(words)), chance.randrange(len(words))
        verb = chance.choice(["move", "drop", "twice", "new", "instead", "reverse"])
        if verb == "move":
            words.insert(other, words.pop(place))
        elif verb == "drop" and len(words) > 3:
            words.pop(place)
        elif verb == "twice":
            words.insert(other, words[place])
        elif verb == "new":
            words.insert(place, chance.choice(FRESH))
        elif verb == "instead":
            words[place] = chance.choice(FRESH)
        elif verb == "reverse":
            words[:5] = words[4::-1]
    return words


def random_passage(chance, text):
    start = chance.randrange(len(text))
    return Passage(text, start, min(len(text), start + chance.randint(1, 40))).whole


@pytest.mark.parametrize("seed", range(48 if IS_WHOLE else 6))
def test_no_hidden_word_is_in_any_row_before_and_after_its_author_changes_the_answer(seed):
    chance = random.Random(seed)  # noqa: S311
    words = chance.sample(WORDS, 14) + chance.sample(THAI, 4)
    chance.shuffle(words)
    meaning = Question.objects.get(slug="meaning")
    older = joined(chance, changed(chance, words))
    response = make_response({"meaning": older})
    response.edit({meaning: joined(chance, words)})
    response.accept()
    answer = Answer.objects.get()
    for language in ("fr", "es", "ar"):
        spoken = chance.sample(words, 6) + chance.sample(FRESH, 4)
        chance.shuffle(spoken)
        source = chance.choice([answer.text, older])
        make_translation(answer, language=language, text=joined(chance, spoken), source_text=source)
    problem, made = make_problem(), list(Translation.objects.all())
    for number in range(6):
        translation = chance.choice([None, *made])
        passage = random_passage(chance, translation.text if translation else answer.text)
        if passage.quote.strip():
            how = {"stance": "supports", "coder": make_user(f"coder-{number}"), "translation": translation}
            Evidence.objects.mark(problem, answer, passage, note=chance.choice(words), **how)
    found = set(Evidence.objects.found())
    hidden: set[str] = set()
    for number in range(6):
        answer = Answer.objects.get()
        passage = random_passage(chance, answer.authors_text)
        if passage.quote.strip():
            answer.mask(passage.start, passage.end, "Why", by=make_user(f"one-{number}"), seen=answer.fingerprint)
            _assert_found_again(found)
        answer = Answer.objects.get()
        hidden |= _hidden_words(answer, words)
        _assert_in_no_row(hidden)
        if number % 2:
            words = changed(chance, words)
            # What its author has taken out before is new, if it is written again.
            hidden -= {word for word in words if word not in answer.authors_text}
            response = Response.objects.get()
            response.edit({meaning: joined(chance, words)})
            if chance.random() < 0.5:
                Response.objects.get().accept()
            found = set()
            _assert_in_no_row(hidden)
        answer = Answer.objects.get()
        assert len(answer.text) == len(answer.authors_text)


def _hidden_words(answer, words):
    """Those of which every letter is hidden, wherever they stand."""
    shown, own = answer.text, answer.authors_text
    return {
        word
        for word in {*words} - {*EMOJI}
        if (places := [found.span() for found in re.finditer(re.escape(word), own)])
        and all(set(shown[start:end]) == {HIDDEN} for start, end in places)
    }


def _assert_in_no_row(hidden):
    everything = everything_but_the_authors()
    assert {word for word in hidden if word in everything} == set()


def _assert_found_again(found):
    """Marks in the original are where they were."""
    for mark in Evidence.objects.filter(pk__in={each.pk for each in found}, translation=None):
        assert mark.passage is not None
