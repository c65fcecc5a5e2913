from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from responses.fingerprints import fingerprint_of

from .policy import Policy
from .shown_to_author import SILENCE_AGREES, end_of_objecting


class TranslationQuerySet(models.QuerySet):
    def reviewed(self):
        return self.filter(status=self.model.Status.REVIEWED)

    def suggested(self):
        return self.filter(status=self.model.Status.SUGGESTED)

    def machine_drafts(self):
        """Made by a machine, and no person has vouched for them."""
        return self.filter(origin=self.model.Origin.MACHINE, status=self.model.Status.SUGGESTED)

    def by_people(self):
        """Without machine drafts."""
        return self.exclude(origin=self.model.Origin.MACHINE, status=self.model.Status.SUGGESTED)

    def live(self):
        """Suggested or reviewed: not yet replaced by a later one, and not refused by the author."""
        return self.exclude(status=self.model.Status.REPLACED).exclude(objected_on__isnull=False)

    def into_another_language(self):
        """Without those into what their author has since said is the language of the original."""
        return self.exclude(language=models.F("answer__response__language"))

    def published(self):
        """What readers may see: reviewed, of the answer as it reads now, and its author has had time to object.

        One that is outdated is not for readers: it may say what the author has taken back.
        """
        return self.reviewed().current().into_another_language().filter(public_on__lte=timezone.localdate())

    def readable(self):
        """Published ones, and the machine drafts that organizers let readers see."""
        drafts = self.machine_drafts().current().into_another_language().filter(public_on__lte=timezone.localdate())
        return self.published() | drafts.filter(models.Exists(Policy.objects.filter(shows_machine_drafts=True)))

    def for_author(self):
        """What the author of the answers has a say about: all that readers are, or would be, shown."""
        drafts = self.machine_drafts().exclude(public_on=None, objected_on=None)
        return (self.reviewed() | drafts).current().into_another_language()

    def with_credit(self):
        """With all that the credit line needs, besides the answer and its response."""
        return self.select_related("translator__as_translator")

    def objected(self):
        """Refused by the author of the answer as it reads now."""
        return self.current().exclude(objected_on__isnull=True)

    def outdated(self):
        """The answer reads otherwise now."""
        return self.exclude(source_text=models.F("answer__text"))

    def current(self):
        return self.filter(source_text=models.F("answer__text"))

    @transaction.atomic
    def show_machine_drafts(self, decision):
        """Whether readers see them. Authors get their time to object from now on; what was shown is hidden at once."""
        before = Policy.objects.current().shows_machine_drafts
        Policy.objects.update_or_create(pk=1, defaults={"shows_machine_drafts": decision})
        drafts = self.machine_drafts().filter(objected_on=None)
        if not decision or not before:
            drafts.update(public_on=None)
        if decision:
            waiting = drafts.filter(public_on=None, answer__response__terms_version__in=SILENCE_AGREES)
            waiting.update(public_on=end_of_objecting())

    @transaction.atomic
    def suggest(self, answer, language, text, *, translator, source_text, note="", imported=False):
        """A translator's wording, until somebody else has read it. Writing again changes one's own suggestion.

        source_text: the answer as the translator saw it, which may have changed since; then this one is born outdated.
        note: what readers should know, such as a play on words. imported: it comes from a file.
        Raises ValidationError when the text is blank or the answer is in this language already.
        """
        if not text.strip():
            raise ValidationError(_("Write the translation first."))
        if answer.response.language == language:
            raise ValidationError(_("The answer is already in this language."))
        # Should the author withdraw at this moment, one of the two waits for the other.
        if not type(answer).objects.select_for_update().filter(pk=answer.pk).exists():
            raise ValidationError(_("The author has just withdrawn this answer."))
        same = answer.translations.filter(language=language, text=text)
        if same.objected().exists():
            raise ValidationError(_("The author of the answer has objected to this very translation."))
        if same.machine_drafts().live().exists():
            raise ValidationError(
                _(
                    "This is the machine’s draft, word for word. If it is right as it is, mark the draft as reviewed; "
                    "otherwise change it first."
                )
            )
        suggestion, _created = self.update_or_create(
            answer=answer,
            language=language,
            translator=translator,
            status=self.model.Status.SUGGESTED,
            defaults={
                "text": text,
                "note": note,
                "source_text": source_text,
                "created_at": timezone.now(),
                "imported_hash": fingerprint_of(text) if imported else "",
            },
        )
        answer.claims.filter(language=language, user=translator).delete()
        return suggestion

    @transaction.atomic
    def correct(self, translation, text):
        """The author's own wording of a translation, for somebody to review. The one it corrects is hidden at once.

        Raises ValidationError when the text is blank, or says what the translation says.
        """
        if not text.strip():
            raise ValidationError(_("Write what it should say."))
        if text == translation.text:
            raise ValidationError(_("You have changed nothing. If it is right as it is, say that it may be published."))
        answer = translation.locked_answer()
        translation.object()
        # Writing again changes what they wrote before, and a double click stores it once.
        theirs = self.suggested().filter(
            answer=answer, language=translation.language, origin=self.model.Origin.AUTHOR
        ).first() or self.model(answer=answer, language=translation.language, origin=self.model.Origin.AUTHOR)
        theirs.text, theirs.source_text = text, answer.text
        theirs.save()
        return theirs
