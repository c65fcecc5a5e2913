"""Where the words of a mark stand now: for one mark, and the same as SQL, for conditions of querysets."""

from typing import Any

from django.db import models
from django.db.models import Case, F, IntegerField, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Coalesce, Concat, Length, NullIf, Right, StrIndex, Substr
from django.db.models.lookups import Exact, GreaterThan, LessThan
from django.utils.functional import cached_property

from responses.languages import Language, language_of
from responses.languages.hidden_words import hide
from responses.languages.passages import Passage, nearest
from responses.models import Translation
from responses.models.fingerprint import Fingerprint


class MarkedWords(models.Model):
    """For a mark: the wording that it was made in, and where its words are in that."""

    answer: Any
    answer_id: int
    translation: Any
    translation_id: int | None
    start: Any
    quote: Any
    before: Any
    after: Any
    note: Any

    class Meta:
        abstract = True

    @cached_property
    def present_translation(self) -> Translation | None:
        """If it was marked in a translation: the reviewed one into that language, which may have replaced it since."""
        if self.translation is None or self.translation.is_reviewed:
            return self.translation
        reviewed = Translation.objects.reviewed().with_credit().select_related("answer__response")
        return reviewed.filter(answer=self.answer, language=self.translation.language).first()

    @property
    def wording(self) -> str | None:
        """The text in which its words are looked for, as it reads now. None if there is none that may be shown.

        An outdated translation may say what the author has taken back, and one that its author objects to is not
        theirs. While a corrected translation waits for its author, words that stood in the one before are still shown.
        """
        if self.translation is None:
            return self.answer.text
        present = self.present_translation
        if (
            present is None
            or present.is_objected_to
            or present.source_text != self.answer.text
            or present.language == self.answer.response.language
        ):
            return None
        was_public = self.translation.is_public and self.translation.source_text == self.answer.text
        return present.text if present.is_public or was_public else None

    @property
    def wording_language(self) -> str:
        return self.translation.language if self.translation else self.answer.response.language

    @property
    def wording_written_in(self) -> Language:
        return language_of(self.translation.language) if self.translation else self.answer.response.written_in

    @property
    def passage(self) -> Passage | None:
        """Where the marked words are now.

        Of the places with the same words before or after them, it is the nearest to the old one: in another context
        the marked words may say something else. None if there is no such place, or no wording that may be shown: then
        nothing of them may be shown.
        """
        text = self.wording
        return None if text is None else self.passage_in(text)

    def passage_in(self, text: str) -> Passage | None:
        """Where the marked words are in a text."""
        length = len(self.quote)
        if self.before:
            lead = len(self.before)
            found = [each + lead for each in nearest(text, self.before + self.quote, self.start - lead)]
        else:
            found = [0] if text.startswith(self.quote) else []
        if self.after:
            found += nearest(text, self.quote + self.after, self.start)
        elif text.endswith(self.quote):
            found.append(len(text) - length)
        start = min(found, key=lambda place: (abs(place - self.start), place), default=None)
        return None if start is None else Passage(text, start, start + length)

    def hide_as_in(self, masking):
        """Hide in the mark what is hidden in the wording that it is in, so that its passage is found there again."""
        wordings = masking.wordings(self.answer_id, self.translation.language if self.translation else None)
        found = ((passage, now) for was, now in wordings if (passage := self.passage_in(was)))
        passage, now = next(found, (None, ""))
        was, start, end = (passage.text, passage.start, passage.end) if passage else ("", 0, 0)
        for name, begin, stop in (
            ("before", start - len(self.before), start),
            ("quote", start, end),
            ("after", end, end + len(self.after)),
        ):
            words = getattr(self, name)
            stands = passage and begin >= 0 and was[begin:stop] == words
            setattr(self, name, now[begin:stop] if stands else self._copied(words, masking))
        self.note = masking.without_words(self.note)

    def _copied(self, words, masking):
        """Words of a wording that reads otherwise by now."""
        if self.translation is None:
            return masking.wording(self.answer_id, words) if words else words
        made = masking.translations[self.translation_id]
        # Where in a translation the hidden words are is known of the wording that it has now.
        return masking.without_words(words) if made.before == made.after else hide(words, [(0, len(words))])

    @property
    def is_lost(self):
        return self.passage is None


def stands_in(field: str, mark=F) -> Q:
    """As `MarkedWords.passage_in`: whether the quote is in a field, with the same words before or after it.

    field: the path of the field. mark: `OuterRef` if the field is in a subquery of the marks. The beginning and the end
    of a text count as words before and after.
    """
    quote, before, after = mark("quote"), mark("before"), mark("after")
    same_before = GreaterThan(StrIndex(field, Concat(before, quote)), 0) & ~Exact(before, Value(""))
    at_the_start = Exact(StrIndex(field, quote), 1) & Exact(before, Value(""))
    same_after = GreaterThan(StrIndex(field, Concat(quote, after)), 0) & ~Exact(after, Value(""))
    at_the_end = Exact(Right(field, Length(quote)), quote) & Exact(after, Value(""))
    return Q(same_before) | Q(at_the_start) | Q(same_after) | Q(at_the_end)


def _stands_from(text, mark):
    """Where in a text the words of a mark begin; NULL if nowhere. Moved to several places alike: the first."""
    quote, before, after = mark("quote"), mark("before"), mark("after")
    unmoved = Exact(Substr(text, mark("start") + 1, Length(quote)), quote)

    def behind(lead, *words):
        found = StrIndex(text, Concat(lead, *words, output_field=TextField()))
        return NullIf(found, 0) + Length(lead)

    moved = Coalesce(behind(before, quote, after), behind(before, quote), behind(Value(""), quote, after))
    return Case(When(unmoved, then=mark("start")), default=moved - 1, output_field=IntegerField())


def language_of_wording(path="translation"):
    """The language of the translation at a path; "" without one."""
    return Coalesce(F(f"{path}__language"), Value(""))


def confirmed_on_the_same_words(marks) -> list:
    """Querysets of those of these marks that are on some of the words of the one outside of the query.

    In one wording at least, somebody has confirmed the place of one of the two, or of both. marks: with the answer of
    that one. It has its language as `wording`.
    """
    of_outer, own = "answer__evidence__places", "places"
    outer = {f"{of_outer}__evidence": OuterRef("pk")}
    in_wording_of_mark = Exact(language_of_wording(f"{of_outer}__translation"), language_of_wording())
    in_wording_of_outer = Exact(language_of_wording(f"{own}__translation"), OuterRef("wording"))
    in_the_same = Exact(F(f"{own}__in_text"), F(f"{of_outer}__in_text"))
    its_place = F(f"{of_outer}__start"), F(f"{of_outer}__end")
    # Each in one `filter`: only so is it about one and the same place.
    return [
        marks.filter(in_wording_of_mark, _holds(of_outer), _is_on(of_outer, *_span(of_outer, F)), **outer),
        marks.filter(in_wording_of_outer, _holds(own), _is_on(own, *_span(own, OuterRef))),
        marks.filter(in_the_same, _holds(own), _is_on(own, *its_place), **outer),
    ]


def _text(place):
    """The text that a place is in: a translation; without one, the original."""
    return Coalesce(F(f"{place}__translation__text"), F("answer__text"))


def _holds(place):
    """Whether the text that a place is in reads as it did when it was confirmed."""
    return Exact(F(f"{place}__in_text"), Fingerprint(_text(place)))


def _span(place, mark):
    """Where the words of a mark stand in the text that a place is in."""
    start = _stands_from(_text(place), mark)
    return start, start + Length(mark("quote"))


def _is_on(place, start, end):
    return GreaterThan(F(f"{place}__end"), start) & LessThan(F(f"{place}__start"), end)
