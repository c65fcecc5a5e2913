"""What coders type at their desk: a mark, a change of one, and why somebody else's is changed or taken back."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from outcomes.models import Evidence, Merge, Problem, Solution
from outcomes.models.claim import CLAIM_GONE, LONGEST_TITLE
from outcomes.models.evidence import OverlapError
from responses.forms.words import LineField, WordsField
from responses.languages.passages import find_passage
from responses.models import Translation
from responses.models.answer import LONGEST_ANSWER
from responses.numbers_no_row_has import is_id
from responses.validators import organizers_text


def title_of(claim):
    return claim.title if claim.is_published else gettext("%(claim)s (not published)") % {"claim": claim.title}


def why_gone(key) -> str:
    """key: of a problem or solution that is not there, or of none."""
    kind, _hyphen, pk = key.partition("-")
    kinds = {each.kind(): each for each in (Problem, Solution)}
    return Merge.objects.why_gone(kinds[kind], pk) if kind in kinds and is_id(pk) else str(CLAIM_GONE)


class _ClaimField(forms.ChoiceField):
    def validate(self, value):
        if value and not self.valid_value(value):
            raise ValidationError(why_gone(value), code="invalid_choice")
        super().validate(value)


class _OffersClaims(forms.Form):
    """A problem or a solution."""

    claim = _ClaimField(
        label=_("Problem or solution"), error_messages={"required": _("Choose a problem or a solution.")}
    )

    def __init__(self, claims, *args, **options):
        super().__init__(*args, **options)
        self.claims = {each.key: each for each in claims}
        offered = [(value, title_of(claim)) for value, claim in self.claims.items()]
        self.fields["claim"].choices = [
            ("", "---------"),
            (_("Problems"), [each for each in offered if each[0].startswith("problem")]),
            (_("Solutions"), [each for each in offered if each[0].startswith("solution")]),
        ]

    @property
    def revisions(self) -> str:
        """What it offers, each with its revision. The page sends it back: that is what somebody has read."""
        return " ".join(f"{key}:{claim.revision}" for key, claim in self.claims.items())

    def read_of(self, claim) -> int | None:
        """The revision of a claim that somebody has read. None if the page does not say so."""
        read = dict(each.split(":", 1) for each in self.data.get("revisions", "").split() if ":" in each)
        number = read.get(claim.key, "")
        return int(number) if is_id(number) and int(number) else None


class _ProposesClaim(_OffersClaims):
    """Or a new one, by a working title."""

    new_title = LineField(
        longest=LONGEST_TITLE,
        required=False,
        label=_("Working title"),
        help_text=_(
            "Only for a new problem or solution, in English and in your own words, because it stays if the author "
            "withdraws the answer. It is not public until organizers have worded and published it."
        ),
    )

    def __init__(self, claims, *args, **options):
        super().__init__(claims, *args, **options)
        self.fields["claim"].choices += [
            (_("None of these"), [("new-problem", _("A new problem")), ("new-solution", _("A new solution"))])
        ]

    def clean_new_title(self):
        return organizers_text(self.cleaned_data["new_title"], is_line=True)

    def clean(self):
        super().clean()
        chosen, title = self.cleaned_data.get("claim", ""), self.cleaned_data.get("new_title")
        if chosen.startswith("new-") and title == "":
            self.add_error("new_title", _("Give it a working title."))
        elif chosen and title and not chosen.startswith("new-"):
            self.add_error("new_title", _("Leave this empty, or choose a new problem or solution above."))
        return self.cleaned_data

    @property
    def new_kind(self):
        return Problem if self.cleaned_data["claim"] == "new-problem" else Solution


class _ChoosesClaim(_OffersClaims):
    """A problem or a solution, and what some words say to it."""

    stance = forms.ChoiceField(
        error_messages={"required": _("Choose what the words say to it.")},
        choices=Evidence.Stance,
        label=pgettext_lazy("of a passage towards a problem or a solution", "What it says"),
        widget=forms.RadioSelect,
    )
    note = WordsField(
        longest=LONGEST_ANSWER,
        required=False,
        label=_("Note for other coders"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("No reader and no author sees it."),
    )


class MarkForm(_ChoosesClaim, _ProposesClaim):
    """A passage of an answer or of a translation of it, a claim, and what the passage says to the claim.

    One button marks once more what was marked last: `again` is its claim and its stance, with a colon between.
    """

    wording = forms.ModelChoiceField(
        Translation.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": _("Readers do not see this translation any more. Read the answer again, then mark it.")
        },
    )
    quote = forms.CharField(
        error_messages={"required": _("Paste or select the passage.")},
        label=_("Passage"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Select it in the text, or copy it from there and paste it here."),
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    # If it was refused because its words are marked already: why, with both passages.
    overlap: OverlapError | None = None

    def __init__(self, answer, claims, data=None, **options):
        if data and ":" in data.get("again", ""):
            data = data.copy()
            data["claim"], data["stance"] = data["again"].split(":", 1)
        super().__init__(claims, data, **options)
        self.answer = answer
        self.fields["wording"].queryset = answer.translations.published()

    def clean(self):
        super().clean()
        if self.cleaned_data.keys() >= {"quote", "wording"}:
            translation = self.cleaned_data["wording"]
            text = translation.text if translation else self.answer.text
            start = self.cleaned_data.get("start")
            self.cleaned_data["passage"] = find_passage(text, self.cleaned_data["quote"], start=start)
        return self.cleaned_data

    def mark(self, coder):
        """Store the mark and return it. If that cannot be done, return None; the reason is among the errors."""
        chosen = self.cleaned_data
        how = {"stance": chosen["stance"], "coder": coder, "translation": chosen["wording"], "note": chosen["note"]}
        try:
            if claim := self.claims.get(chosen["claim"]):
                how["read"] = self.read_of(claim)
                return Evidence.objects.mark(claim, self.answer, chosen["passage"], **how)
            return Evidence.objects.propose(self.new_kind, chosen["new_title"], self.answer, chosen["passage"], **how)
        except ValidationError as refusal:
            self.overlap = refusal if isinstance(refusal, OverlapError) else None
            self.add_error(None, refusal)
            return None


class ReasonForm(forms.Form):
    """Why a mark is taken back. Whoever takes back their own need not say."""

    reason = WordsField(
        longest=LONGEST_ANSWER, error_messages={"required": _("Say why: whoever made the mark reads the reason.")}
    )

    def __init__(self, *args, is_own, **options):
        super().__init__(*args, **options)
        self.fields["reason"].required = not is_own


class ChangeForm(_ChoosesClaim, ReasonForm):
    """What a mark says from now on; why, if it is somebody else's."""

    def change(self, mark, *, seen=None):
        """Store it and return whether that could be done; if not, the reason is among the errors."""
        chosen = self.cleaned_data
        said, claim = {"stance": chosen["stance"], "note": chosen["note"]}, self.claims[chosen["claim"]]
        try:
            mark.change(claim=claim, seen=seen, read=self.read_of(claim), **said)
        except ValidationError as refusal:
            self.add_error(None, refusal)
        return not self.errors


class SplitForm(_ProposesClaim, ReasonForm):
    """Marks of a claim that belong to another one, or to a new one."""

    marks = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": _("Tick the marks that belong elsewhere.")}
    )

    def __init__(self, marks, *args, **options):
        super().__init__(*args, **options)
        self.fields["marks"].choices = [(pk, pk) for pk in marks]
        self.fields["marks"].error_messages["invalid_choice"] = _("These marks were moved or taken back meanwhile.")

    def split(self, claim):
        """What `Claim.split` returns. If that cannot be done, None; the reason is among the errors."""
        chosen = self.cleaned_data
        into = self.claims.get(chosen["claim"])
        try:
            if into is None:
                return claim.split(chosen["marks"], into=(self.new_kind, chosen["new_title"]))
            return claim.split(chosen["marks"], into=into, read=self.read_of(into))
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None
