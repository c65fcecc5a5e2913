from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from responses.models import ReadingAid

from .translate import TranslationForm


class ReadingAidForm(TranslationForm):
    """A translator's wording of one answer that nobody has accepted yet, for reviewers."""

    note = None
    # The fingerprint of what somebody had written before, as the translator saw it.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def beginning(answer, written):
        """What the form shows first. written: what a person has written already, or None."""
        begun = {"text": written.text, "seen": written.fingerprint} if written else {}
        return {"source_text": answer.text} | begun

    def write(self, answer, language, translator):
        """Store the wording and return it. If that cannot be done, return None; the reason is among the errors."""
        if self.is_copy and not self.cleaned_data["copy"]:
            self.add_error("text", _("This is the same as the original. If that is right, such as for a name, say so."))
            return None
        try:
            return ReadingAid.objects.write(
                answer,
                language,
                self.cleaned_data["text"],
                translator=translator,
                source_text=answer.as_it_read(self.cleaned_data["source_text"]),
                seen=self.cleaned_data["seen"],
            )
        except ValidationError as refusal:
            self.add_error(None, refusal)
            if refusal.code == "overtaken":
                # The page shows what somebody else has written, and may be sent again.
                written = answer.reading_aids.filter(language=language, by_machine=False).first()
                self.data = self.data.copy()
                self.data["seen"] = written.fingerprint if written else ""
            return None
