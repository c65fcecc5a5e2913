"""Where marked passages stand in another wording: the proposals, and what somebody who reads both makes of them."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from outcomes.models import Evidence, Place
from outcomes.models.place import confirmed_place, pair
from outcomes.places import Aligned
from responses.forms.words import WordsField
from responses.languages.passages import Passage, find_passage
from responses.models.answer import LONGEST_TRANSLATION


@dataclass(frozen=True)
class PlaceToConfirm:
    """A mark and its place in another wording: as it was confirmed, else as a machine proposes it, else none."""

    mark: Evidence
    place: Passage | None
    is_confirmed: bool
    seen: str
    # As they stand in the form: what somebody has typed, else the place.
    quote: str
    start: str

    @property
    def prefix(self) -> str:
        return prefix_of(self.mark)


def prefix_of(mark) -> str:
    """How the names of its fields begin: the places of several marks are in one form, so that no typed word is lost."""
    return f"place-{mark.pk}"


def places_to_confirm(marks, text: str, language: str, typed) -> list[PlaceToConfirm]:
    """For marks, from `with_wordings` and with their places prefetched, in other wordings than this one.

    typed: what was sent, if anything was.
    """
    found, aligned = [], {}
    for mark in marks:
        if mark.passage is None or mark.wording_language == language:
            continue
        confirmed = confirmed_place(mark, text)
        source = (mark.wording_language, mark.passage.text)
        if confirmed is None and source not in aligned:
            aligned[source] = Aligned(mark.passage.text, mark.wording_language, text, language)
        place = confirmed or aligned[source].place_of(mark.passage)
        quote, start = (place.quote, str(place.start)) if place else ("", "")
        quote = typed.get(f"{prefix_of(mark)}-quote", quote)
        start = typed.get(f"{prefix_of(mark)}-start", start)
        found.append(PlaceToConfirm(mark, place, confirmed is not None, pair(mark, text), quote, start))
    return found


class PlaceForm(forms.Form):
    """The words in the other wording, and where they begin."""

    quote = WordsField(longest=LONGEST_TRANSLATION)
    start = forms.IntegerField(required=False, min_value=0)
    seen = forms.CharField(max_length=64)

    def confirm(self, mark, text: str, translation, *, by) -> list[str]:
        """Store the place. Returns why not."""
        if not self.is_valid():
            return [error for errors in self.errors.values() for error in errors]
        said = self.cleaned_data
        try:
            passage = find_passage(text, said["quote"], start=said["start"])
            Place.objects.confirm(mark, passage, translation, by=by, seen=said["seen"])
        except ValidationError as refusal:
            return refusal.messages
        return []
