from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.access.keys import sha256_of
from responses.languages.text_matching import wording_key
from responses.names import shown_name
from responses.validators import is_blank, not_blank

from .machine_draft import Policy
from .recusal import AboutResponses, rows_about
from .search_text import SearchText
from .sharing import SILENCE_AGREES, Sharing, ShownToAuthor, end_of_objecting


class TranslationStatus(models.TextChoices):
    SUGGESTED = "suggested", _("Waiting for review")
    REVIEWED = "reviewed", _("Reviewed")
    # A later translation was reviewed. The row stays: it is somebody's work, and passages may be marked in it.
    REPLACED = "replaced", _("Replaced")


class Origin(models.TextChoices):
    HUMAN = "human", _("A person")
    MACHINE = "machine", _("A machine")
    AUTHOR = "author", _("The author of the answer")


def _credited(user):
    choice = getattr(user, "as_translator", None)
    return "" if user is None or choice and not choice.is_named else shown_name(user)


class TranslationQuerySet(AboutResponses):
    to_response = "answer__response"

    def follow_mask(self, masking):
        for each in masking.translations.values():
            made = each.row
            made.source_text = masking.wording(made.answer_id, made.source_text)
            made.note, made.objection = masking.without_words(made.note), masking.of_author(made, "objection")
            # Whether a person has changed it since it was imported stays as it was.
            made.imported_hash = "" if made.was_changed_since_import else sha256_of(each.after)
            made.text = each.after
            if each.is_hidden:
                # Nobody is shown it any more, and translators get the answer anew.
                made.status, made.reviewed_at = TranslationStatus.REPLACED, made.reviewed_at or timezone.now()
            made.save()

    def reviewed(self):
        return self.filter(status=TranslationStatus.REVIEWED)

    def suggested(self):
        return self.filter(status=TranslationStatus.SUGGESTED)

    def machine_drafts(self):
        """Made by a machine, and not reviewed by a person."""
        return self.filter(origin=Origin.MACHINE, status=TranslationStatus.SUGGESTED)

    def by_people(self):
        """All except machine drafts."""
        return self.exclude(origin=Origin.MACHINE, status=TranslationStatus.SUGGESTED)

    def live(self):
        """Suggested or reviewed: not yet replaced by a later one, and not refused by the author."""
        return self.exclude(status=TranslationStatus.REPLACED).exclude(objected_on__isnull=False)

    def into_another_language(self):
        """All except those into the language of the original, which its author may have corrected since."""
        return self.exclude(language=models.F("answer__response__language"))

    def published(self):
        """What readers may see: reviewed, of the answer as it reads now, and its author has had time to object.

        Readers do not see an outdated translation: it may say what the author has taken back.
        """
        return self.reviewed().current().into_another_language().filter(public_on__lte=timezone.localdate())

    def readable(self):
        """Published ones, and the machine drafts that organizers let readers see."""
        drafts = self.machine_drafts().current().into_another_language().filter(public_on__lte=timezone.localdate())
        return self.published() | drafts.filter(models.Exists(Policy.objects.filter(shows_machine_drafts=True)))

    def for_author(self):
        """What the author can agree or object to: all that readers see, will see, or would see without an objection."""
        drafts = self.machine_drafts().exclude(public_on=None, objected_on=None)
        return (self.reviewed() | drafts).current().into_another_language()

    def shown_before(self):
        """What the author may have been shown at some time: all but what people have suggested."""
        return self.exclude(status=TranslationStatus.SUGGESTED, origin=Origin.HUMAN)

    def count_by_pair(self):
        """{(language of the original, language of the translation): number of answers}"""
        pairs = self.order_by().values_list("answer__response__language", "language")
        return {(source, target): n for source, target, n in pairs.annotate(models.Count("answer", distinct=True))}

    def with_credit(self):
        """With all that the credit line needs, besides the answer and its response."""
        return self.select_related("translator__as_translator", "reviewer__as_translator")

    def objected(self):
        """Translations of the present text that the author of the answer has objected to."""
        return self.current().exclude(objected_on__isnull=True)

    def refused(self, language, text) -> bool:
        """Whether the author has objected to these words in a language, whoever or whatever wrote them."""
        objected = self.objected().filter(language=language).values_list("text", flat=True)
        return any(wording_key(each) == wording_key(text) for each in objected)

    def check_not_refused(self, language, text):
        if self.refused(language, text):
            raise ValidationError(_("The author of the answer has objected to this very translation."))

    def outdated(self):
        """Translations whose answer has changed since."""
        return self.exclude(source_text=models.F("answer__text"))

    def current(self):
        return self.filter(source_text=models.F("answer__text"))

    def to_review(self):
        """What people have suggested for answers that readers see, as these read now."""
        return self.suggested().by_people().into_another_language().current()._of_what_readers_see()

    def to_replace(self):
        """One for each place that lacks a translation since the author has objected to what people wrote there."""
        here = {name: models.OuterRef(name) for name in ("answer", "language")}
        refused = self.model.objects.objected().by_people()
        another = refused.filter(pk__gt=models.OuterRef("pk"), **here)
        since = self.model.objects.live().by_people().current().filter(**here)
        found = self.objected().by_people().into_another_language()._of_what_readers_see()
        return found.exclude(models.Exists(another)).exclude(models.Exists(since))

    def _of_what_readers_see(self):
        return self.filter(answer__accepted_on__isnull=False).exclude(answer__response__sharing=Sharing.ORGANIZERS)

    def keep_waiting(self):
        """Store which of these wait for somebody, and since when: for the numbers and lists of what waits.

        Every verb that may change it calls this, for all translations of an answer or of a response.
        """
        # Most answers have none when they are accepted, and the statement below is a long one.
        if not self.exists():
            return
        review, replace = (
            models.Exists(rows.filter(pk=models.OuterRef("pk")))
            for rows in (self.model.objects.to_review(), self.model.objects.to_replace())
        )
        self.update(
            to_review_since=models.Case(models.When(review, then=models.F("created_at"))),
            to_replace_since=models.Case(models.When(replace, then=models.F("objected_on"))),
        )

    @transaction.atomic
    def show_machine_drafts(self, decision):
        """Decide whether readers see machine drafts.

        If they do, authors have time to object from now on. If not, the drafts are hidden at once.
        """
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
        """Store a translator's wording for somebody else to review. Sending again changes the translator's suggestion.

        source_text: the answer as the translator saw it; if it has changed since, the suggestion is outdated from the
        start. note: what readers should know, such as a play on words. imported: it comes from a file. Raises
        ValidationError if the text is blank, is in the language of the answer, is a machine's draft word for word, or
        was refused by the author, and if the answer is gone.
        """
        if is_blank(text):
            raise ValidationError(_("Write the translation first."))
        if answer.response.language == language:
            raise ValidationError(_("The answer is already in this language."))
        # If the author withdraws at this moment, one of the two waits for the other.
        now = type(answer).objects.select_for_update().filter(pk=answer.pk).first()
        if now is None:
            raise ValidationError(_("The author has just withdrawn this answer."))
        if now.masks.exists() and now.as_it_read(source_text) is None:
            # Words were hidden since the translator has opened it.
            raise ValidationError(_("This translation has changed since you opened it. Read it again."))
        text, note = map(answer.response.without_hidden_words, (text, note))
        answer.translations.check_not_refused(language, text)
        if answer.translations.machine_drafts().live().filter(language=language, text=text).exists():
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
            status=TranslationStatus.SUGGESTED,
            defaults={
                "text": text,
                "note": note,
                "source_text": source_text,
                "created_at": timezone.now(),
                "imported_hash": sha256_of(text) if imported else "",
            },
        )
        answer.reservations.filter(language=language, user=translator).delete()
        answer.translations.filter(language=language).keep_waiting()
        return suggestion

    @transaction.atomic
    def correct(self, translation, text):
        """Store the author's own wording of a translation, for somebody to review. The old one is hidden at once.

        Raises ValidationError if the text is blank, or the same as that of the translation.
        """
        if is_blank(text):
            raise ValidationError(_("Write what it should say."))
        if text == translation.text:
            raise ValidationError(_("You have changed nothing. If it is right as it is, say that it may be published."))
        answer = translation.locked_answer()
        answer.response.check_hides_nothing_in(text)
        translation.refuse()
        # Writing again changes what they wrote before, and a double click stores it once.
        theirs = self.suggested().filter(
            answer=answer, language=translation.language, origin=Origin.AUTHOR
        ).first() or self.model(answer=answer, language=translation.language, origin=Origin.AUTHOR)
        theirs.text, theirs.source_text = text, answer.text
        # The day only, as in everything that is kept about what a respondent does.
        theirs.created_at = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
        theirs.save()
        answer.translations.filter(language=theirs.language).keep_waiting()
        return theirs


class Translation(ShownToAuthor):
    """One answer in one other language."""

    Status = TranslationStatus
    Origin = Origin

    answer = models.ForeignKey(
        "responses.Answer", verbose_name=_("answer"), on_delete=models.CASCADE, related_name="translations"
    )
    language = models.CharField(_("language"), max_length=20)
    text = models.TextField(_("text"))
    note = models.TextField(_("translator’s note"), blank=True)
    # The answer as it read when it was translated. Once the author edits the answer the two differ, and that
    # difference is what "outdated" means.
    source_text = models.TextField(_("translated from"), editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=TranslationStatus, default=TranslationStatus.SUGGESTED
    )
    origin = models.CharField(_("made by"), max_length=10, choices=Origin, default=Origin.HUMAN)
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("translator"),
        on_delete=models.SET_NULL,
        related_name="translations",
        null=True,
        blank=True,
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        on_delete=models.SET_NULL,
        related_name="reviewed_translations",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True, editable=False)
    # The hash of the text as it was imported. Once a person has changed the text, an import leaves it alone.
    imported_hash = models.CharField(max_length=64, blank=True, editable=False)
    # Since when it waits to be reviewed, or for another one in its place: `to_review` and `to_replace`, as
    # `keep_waiting` has stored them.
    to_review_since = models.DateTimeField(null=True, editable=False)
    to_replace_since = models.DateField(null=True, editable=False)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["created_at", "pk"]
        permissions = [("review_translation", "Can mark somebody else's translation as reviewed")]
        # With all that the numbers of what waits ask for, so that they need not visit the rows.
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="translations_newest"),
            *(
                models.Index(fields=[name, "-created_at", "-id"], name=f"translations_by_{name}")
                for name in ("status", "origin")
            ),
            models.Index(
                fields=["to_review_since", "id", "answer", "translator"],
                condition=models.Q(to_review_since__isnull=False),
                name="translations_to_review",
            ),
            models.Index(
                fields=["to_replace_since", "id", "answer"],
                condition=models.Q(to_replace_since__isnull=False),
                name="translations_to_replace",
            ),
        ]
        constraints = [
            *ShownToAuthor.Meta.constraints,
            models.CheckConstraint(condition=not_blank("text"), name="translation_is_not_blank"),
            models.CheckConstraint(
                condition=models.Q(status__in=TranslationStatus.values), name="translation_status_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(origin=Origin.HUMAN)
                | models.Q(origin__in=[Origin.MACHINE, Origin.AUTHOR], translator__isnull=True),
                name="translation_by_machine_credits_nobody",
            ),
            models.CheckConstraint(
                condition=~models.Q(reviewer=models.F("translator")), name="translation_reviewed_by_someone_else"
            ),
            models.CheckConstraint(
                condition=models.Q(status=TranslationStatus.SUGGESTED, reviewed_at__isnull=True)
                | ~models.Q(status=TranslationStatus.SUGGESTED) & models.Q(reviewed_at__isnull=False),
                name="translation_reviewed_has_its_moment",
            ),
            models.UniqueConstraint(
                fields=["answer", "language"],
                condition=models.Q(status=TranslationStatus.REVIEWED),
                name="one_reviewed_translation_a_language",
            ),
            models.UniqueConstraint(
                fields=["answer", "language", "translator"],
                condition=models.Q(status=TranslationStatus.SUGGESTED),
                name="one_suggestion_a_translator",
            ),
            models.UniqueConstraint(
                fields=["answer", "language"],
                condition=models.Q(status=TranslationStatus.SUGGESTED, origin=Origin.MACHINE, objected_on__isnull=True),
                name="one_machine_draft_a_language",
            ),
        ]

    def __str__(self):
        return f"{self.answer} ({self.language})"

    @property
    def is_outdated(self):
        return self.source_text != self.answer.text

    @property
    def is_reviewed(self):
        return self.status == TranslationStatus.REVIEWED

    @property
    def is_by_author(self):
        return self.origin == Origin.AUTHOR

    @property
    def is_by_machine(self):
        return self.origin == Origin.MACHINE

    @property
    def made_at(self):
        """When it was reviewed, or else written."""
        return self.reviewed_at or self.created_at

    @property
    def is_machine_draft(self):
        return self.is_by_machine and self.status == TranslationStatus.SUGGESTED

    @property
    def credited_name(self):
        """The name of its translator if they want to be named, else ""."""
        return _credited(self.translator)

    @property
    def credited_reviewer(self):
        """The name of whoever reviewed it if they want to be named, else ""."""
        return _credited(self.reviewer)

    @property
    def was_changed_since_import(self):
        return self.imported_hash != sha256_of(self.text)

    @property
    def fingerprint(self):
        """Changes with every word, and when another translation is reviewed in its place.

        A reviewer sends it back to say which wording they have read, and beside which.
        """
        others = type(self).objects.reviewed().live().filter(answer=self.answer_id, language=self.language)
        return self.fingerprint_beside(others.first())

    def fingerprint_beside(self, reviewed):
        """The same, for a page that has already read the translation that is reviewed now, or knows of none."""
        return sha256_of(f"{self.text}\0{self.note}") + (f".{reviewed.pk}" if reviewed else "")

    def locked_answer(self):
        """The answer as it reads now, locked until the transaction ends. Raises ValidationError if it is gone.

        Whoever reviews, agrees or objects at this moment waits, or is waited for: the answer comes first.
        """
        answers = type(self.answer).objects.select_for_update(of=("self",)).select_related("response")
        if (answer := answers.filter(pk=self.answer_id).first()) is None:
            raise ValidationError(_("The author has just withdrawn this answer."))
        return answer

    @transaction.atomic
    def agree(self):
        """The author agrees, as to everything that is shown to them. Raises ValidationError if the answer is gone."""
        self.locked_answer()
        super().agree()
        self._follow_change()

    @transaction.atomic
    def refuse(self, objection=""):
        """The author objects, as to everything that is shown to them. Raises ValidationError if the answer is gone."""
        self.locked_answer().response.check_hides_nothing_in(objection)
        super().refuse(objection)
        self._follow_change()

    @transaction.atomic
    def review(self, *, by, seen):
        """Mark it as reviewed, by somebody else than its translator. It replaces the one that was reviewed before.

        seen: the fingerprint of the text that the reviewer read. Raises ValidationError if the reviewer is its
        translator, or if text or answer have changed since.
        """
        if self.translator_id == by.pk:
            raise ValidationError(_("Somebody else must review it: you translated it."))
        # If two suggestions for one answer are reviewed at once, or its author edits, objects or withdraws at this
        # moment, the second waits here for the first.
        self.answer = self.locked_answer()
        current = type(self).objects.suggested().live().filter(pk=self.pk).first()
        if current is None or current.fingerprint.partition(".")[0] != seen.partition(".")[0]:
            raise ValidationError(_("This translation has changed since you opened it. Read it again."))
        if current.fingerprint != seen:
            raise ValidationError(_("Meanwhile another translation was reviewed. Compare the two, then go on."))
        if self.is_outdated:
            raise ValidationError(
                _("The answer has changed since it was translated; the translator has to look at it.")
            )
        if not self.is_by_author:
            self.answer.translations.check_not_refused(self.language, self.text)
        type(self).objects.reviewed().filter(answer_id=self.answer_id, language=self.language).update(
            status=TranslationStatus.REPLACED
        )
        # An author's objection to a machine's draft stays, so that the same words cannot come back.
        drafts = type(self).objects.machine_drafts().filter(answer_id=self.answer_id, language=self.language)
        drafts.filter(objected_on=None).exclude(pk=self.pk).delete()
        self.status, self.reviewer, self.reviewed_at = TranslationStatus.REVIEWED, by, timezone.now()
        self.public_on = self.day_of_publishing(self.answer.response)
        self.save(update_fields=["status", "reviewer", "reviewed_at", "public_on"])
        self._follow_change()
        SearchText.objects.index_translation(self)

    @transaction.atomic
    def still_correct(self, *, by, seen):
        """Keep the translation for the new wording of the answer, which still means the same.

        The author has time to object again. seen: the fingerprint of the answer that the reviewer read. Raises
        ValidationError if the reviewer is its translator, or if answer or translation have changed since.
        """
        if self.translator_id == by.pk:
            raise ValidationError(_("Somebody else must review it: you translated it."))
        answer = self.locked_answer()
        outdated = type(self).objects.reviewed().live().outdated().filter(pk=self.pk)
        if answer.fingerprint != seen or not outdated.first():
            raise ValidationError(_("This translation has changed since you opened it. Read it again."))
        answer.translations.check_not_refused(self.language, self.text)
        self.source_text, self.reviewer, self.reviewed_at = answer.text, by, timezone.now()
        self.public_on = self.day_of_publishing(answer.response)
        self.save(update_fields=["source_text", "reviewer", "reviewed_at", "public_on"])
        self._follow_change()

    def _follow_change(self):
        """Bring up to date what is kept of what readers see of its answer in its language."""
        type(self).objects.filter(answer=self.answer_id, language=self.language).keep_waiting()
        for rows in rows_about(self.answer.response):
            rows.follow_change()
