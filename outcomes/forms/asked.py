from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from outcomes.models import Asked
from responses.forms.words import Tick, WholeForm, WordsField

# Characters.
LONGEST_OWN_WORDS = 2_000


class AskedForm(WholeForm):
    """What an author answers when they are asked whether they were understood. The button is in `action`."""

    TAKE_BACK = "take-back"
    KEEP_BACK = "keep-back"

    own_words = WordsField(
        longest=LONGEST_OWN_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=_("In your own words, if you like"),
        help_text=_(
            "The organizers read them without your name and without the code of your answer, and only if five or more "
            "answer. Your language, or what you tell, may still show them who you are."
        ),
    )
    may_be_public = forms.BooleanField(
        required=False, label=_("My words may be shown publicly with it, without my name"), widget=Tick
    )

    top = "asked"

    def __init__(self, asked, *args, **options):
        super().__init__(*args, **options)
        self.asked = asked

    def clean(self):
        if self.data.get("action") not in (*Asked.Said.values, self.TAKE_BACK, self.KEEP_BACK):
            raise ValidationError(_("Choose one of the three answers."))
        return super().clean()

    @property
    def own_words_typed(self):
        """What was typed, for a page that cannot store it."""
        words = self.typed("own_words")
        return {"own_words": words} if words else {}

    def carry_out(self):
        """Store it. Raises ValidationError if that cannot be done."""
        if self.data["action"] == self.TAKE_BACK:
            self.asked.take_back()
            return
        if self.data["action"] == self.KEEP_BACK:
            self.asked.keep_back()
            return
        words, may_be_public = (self.cleaned_data[name] for name in ("own_words", "may_be_public"))
        seen = self.data.get("seen") or None
        self.asked.answer(self.data["action"], words, may_be_public=may_be_public, seen=seen)
