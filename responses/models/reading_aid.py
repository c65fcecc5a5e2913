"""What reviewers cannot read, and what others translate of it for them. It never becomes public."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.access.keys import sha256_of
from responses.validators import is_blank, not_blank

from .answer import Answer
from .decision import Status
from .recusal import AboutResponses
from .response import Response
from .sharing import Sharing


def may_be_read_by_translators() -> Q:
    """Responses that others than reviewers, coders and organizers may get to translate, though nobody has read them.

    Those that wait for a decision, and those that were accepted for the organizers only. If only organizers are to read
    it, its author has to have allowed it.
    """
    unread = Q(status__in=[Status.SUBMITTED, Status.ASKED]) | Q(status=Status.ACCEPTED, sharing=Sharing.ORGANIZERS)
    return unread & (~Q(sharing=Sharing.ORGANIZERS) | Q(may_be_translated=True))


class ReadingRequestQuerySet(AboutResponses):
    """What reviewers wait for."""

    def open(self):
        """Those that a translator may see, whether somebody has translated it or not."""
        responses = Response.objects.filter(may_be_read_by_translators())
        return self.filter(response__in=responses).exclude(language=F("response__language"))

    def waiting(self):
        """Those of which an answer lacks a translation of its present text; by a machine, if a machine was asked."""
        made = ReadingAid.objects.filter(
            answer=OuterRef("pk"), language=OuterRef(OuterRef("language")), source_text=OuterRef("text")
        ).filter(Q(by_machine=False) | Q(by_machine=OuterRef(OuterRef("by_machine"))))
        return self.open().filter(Exists(Answer.objects.filter(~Exists(made), response=OuterRef("response"))))

    def keep_waiting(self):
        """Store which of these wait, and since when: for the numbers and lists of what waits.

        Every verb that may change it calls this, for all requests about a response.
        """
        if not self.exists():
            return
        waits = Exists(self.model.objects.waiting().filter(pk=OuterRef("pk")))
        self.update(waits_since=models.Case(models.When(waits, then=F("requested_at"))))

    @transaction.atomic
    def ask(self, response, language, *, by, by_machine=False):
        """Ask for a translation for reviewers. Asking again is safe; it decides anew whether a machine will do.

        Raises ValidationError if the response may not be translated for reviewers.
        """
        response.lock()
        if response.language == language:
            raise ValidationError(_("The answer is already in this language."))
        if not Response.objects.filter(may_be_read_by_translators(), pk=response.pk).exists():
            raise ValidationError(
                _("Only reviewers, coders and organizers may read this: it cannot be given to anybody to translate.")
            )
        request, _is_new = self.update_or_create(
            response=response,
            language=language,
            defaults={"by_machine": by_machine},
            create_defaults={"by_machine": by_machine, "requested_by": by},
        )
        response.reading_requests.all().keep_waiting()
        return request


class ReadingRequest(models.Model):
    """A reviewer cannot read a response, and asks for a translation that only reviewers see."""

    response = models.ForeignKey(
        "responses.Response", verbose_name=_("response"), on_delete=models.CASCADE, related_name="reading_requests"
    )
    language = models.CharField(_("into"), max_length=20)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked for by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
    )
    requested_at = models.DateTimeField(_("asked for at"), default=timezone.now, editable=False)
    # Whether the operator's own machine is asked too.
    by_machine = models.BooleanField(_("by a machine too"), default=False)
    # Since when it waits for a translator: `waiting`, as `keep_waiting` has stored it.
    waits_since = models.DateTimeField(null=True, editable=False)

    objects = ReadingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation asked for by reviewers")
        verbose_name_plural = _("translations asked for by reviewers")
        ordering = ["requested_at", "pk"]
        # With all that the numbers of what waits ask for, so that they need not visit the rows.
        indexes = [
            models.Index(
                fields=["waits_since", "id", "response"],
                condition=Q(waits_since__isnull=False),
                name="reading_requests_waiting",
            )
        ]
        constraints = [models.UniqueConstraint(fields=["response", "language"], name="one_reading_request_a_language")]

    def __str__(self):
        return f"{self.response} ({self.language})"

    @property
    def left(self) -> list[Answer]:
        """The answers that `waiting` waits for. Expects the answers with their `reading_aids` prefetched."""
        answers = self.response.answers.all()
        return [each for each in answers if not any(map(self._is_made_by, each.reading_aids.all()))]

    def _is_made_by(self, aid) -> bool:
        fits = aid.language == self.language and not aid.is_outdated
        return fits and (self.by_machine or not aid.by_machine)


class ReadingAidQuerySet(AboutResponses):
    to_response = "answer__response"

    def current(self):
        return self.filter(source_text=F("answer__text"))

    @transaction.atomic
    def write(self, answer, language, text, *, translator, source_text, seen=""):
        """Store a translator's wording for reviewers. Sending again changes it.

        source_text: the answer as the translator saw it. seen: the fingerprint of what a person had written before, as
        the translator saw it. Raises ValidationError if the text is blank, if nobody asks for it any more, and if
        somebody else has written meanwhile.
        """
        if is_blank(text):
            raise ValidationError(_("Write the translation first."))
        # If the author withdraws or edits at this moment, one of the two waits for the other.
        now = answers_to_read(language).select_for_update(of=("self",)).filter(pk=answer.pk).first()
        if now is None:
            raise ValidationError(_("Nobody needs this translation any more: the answer has changed or is gone."))
        if now.masks.exists() and now.as_it_read(source_text) is None:
            # Words were hidden since the translator has opened it.
            raise ValidationError(_("This translation has changed since you opened it. Read it again."))
        text = now.response.without_hidden_words(text)
        before = self.filter(answer=answer, language=language, by_machine=False).first()
        if before and before.translator_id != translator.pk and before.fingerprint != seen:
            raise ValidationError(
                _("Somebody else has translated it meanwhile. Compare the two, then send yours."), code="overtaken"
            )
        told = {"text": text, "source_text": source_text, "translator": translator, "created_at": timezone.now()}
        aid, _is_new = self.update_or_create(answer=answer, language=language, by_machine=False, defaults=told)
        answer.response.reading_requests.all().keep_waiting()
        return aid

    def follow_mask(self, masking):
        for aid in self:
            text, source_text = masking.translated(aid), masking.wording(aid.answer_id, aid.source_text)
            if text is None:
                # Whoever has asked for it gets another one.
                aid.delete()
            else:
                self.filter(pk=aid.pk).update(text=text, source_text=source_text)


def answers_to_read(language):
    """The answers of which a translation into this language is asked for and may be made."""
    asked = ReadingRequest.objects.open().filter(response=OuterRef("response"), language=language)
    return Answer.objects.filter(Exists(asked)).select_related("response", "question")


class ReadingAid(models.Model):
    """An unread answer in another language, for reviewers and nobody else. It never becomes a public translation."""

    answer = models.ForeignKey(
        "responses.Answer", verbose_name=_("answer"), on_delete=models.CASCADE, related_name="reading_aids"
    )
    language = models.CharField(_("language"), max_length=20)
    text = models.TextField(_("text"))
    # The answer as it read then. Once it reads otherwise, the aid is of no use.
    source_text = models.TextField(editable=False)
    # Nobody: a machine made it.
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("translator"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    by_machine = models.BooleanField(_("made by a machine"), default=False)
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    objects = ReadingAidQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation for reviewers")
        verbose_name_plural = _("translations for reviewers")
        permissions = [("translate_unread", "Can translate unread words for reviewers")]
        constraints = [
            models.CheckConstraint(condition=not_blank("text"), name="reading_aid_is_not_blank"),
            models.CheckConstraint(
                condition=Q(by_machine=False) | Q(translator__isnull=True), name="reading_aid_by_machine_names_nobody"
            ),
            models.UniqueConstraint(fields=["answer", "language", "by_machine"], name="one_reading_aid_a_language"),
        ]

    def __str__(self):
        # Never words: this ends up in the admin's log.
        return f"{self.answer} ({self.language})"

    @property
    def is_outdated(self):
        return self.source_text != self.answer.text

    @property
    def fingerprint(self):
        return sha256_of(self.text)
