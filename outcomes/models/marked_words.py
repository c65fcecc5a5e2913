"""Where the words of a mark stand now, as SQL: what `Evidence.passage` finds, for conditions of querysets."""

from django.db.models import Case, F, IntegerField, OuterRef, Q, TextField, Value, When
from django.db.models.functions import Coalesce, Concat, Length, NullIf, Right, StrIndex, Substr
from django.db.models.lookups import Exact, GreaterThan, LessThan

from responses.models.fingerprint import Fingerprint


def stands_in(field: str, mark=F) -> Q:
    """Whether the quote is in a field, with the same words before it or the same words after it.

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
