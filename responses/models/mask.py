"""Words that organizers hide: `Answer.text` is what everybody sees of an answer, `Answer.authors_text` what its author
wrote. Whatever reads the text of an answer, now or one day, has nothing to hide any more."""

import itertools
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.access.keys import sha256_of
from responses.languages.hidden_words import HiddenWords, found_again, hide, merged, whole_words
from responses.languages.letters import HIDDEN, whole_letters
from responses.languages.passages import Passage
from responses.validators import is_blank

from .moderation import Moderated, ModerationTally
from .recusal import AboutResponses, rows_about

# For so long, whoever has hidden words can show them again: they have read them, and a slip of the finger is seen soon.
TAKE_BACK = timedelta(hours=1)


class MaskQuerySet(AboutResponses):
    to_response = "answer__response"

    def follow_mask(self, masking):
        # Other reviewers read the reason too.
        self.take_out(masking, "reason")

    def set_at_once_with(self, mask):
        """A mask, and those on the same words elsewhere in the response."""
        return self.filter(
            answer__response=mask.answer.response_id,
            masked_by=mask.masked_by_id,
            masked_at=mask.masked_at,
            reason=mask.reason,
        )


class Mask(models.Model):
    """A passage of an answer that organizers hide from everybody but its author."""

    answer = models.ForeignKey(
        "responses.Answer", verbose_name=_("answer"), on_delete=models.CASCADE, related_name="masks"
    )
    # Code points, the end exclusive. They are the same in the author's words and in what others see of them.
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    reason = models.TextField(_("reason"))
    masked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("masked by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
    )
    masked_at = models.DateTimeField(_("masked at"), default=timezone.now, editable=False)

    objects = MaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("mask")
        verbose_name_plural = _("masks")
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="mask_ends_after_its_start"),
        ]

    def __str__(self):
        return str(self.answer)

    @property
    def words(self) -> str:
        """What it hides. For the author of the answer only."""
        return self.answer.authors_text[self.start : self.end]

    @property
    def can_be_taken_back(self) -> bool:
        return timezone.now() - self.masked_at <= TAKE_BACK

    def can_be_taken_back_by(self, user) -> bool:
        return self.masked_by_id == user.pk and self.can_be_taken_back

    @transaction.atomic
    def take_back(self, *, by):
        """Show the words again, wherever they stand in the response. Raises ValidationError if that cannot be done.

        What else hid them stays hidden: earlier versions, translations, notes.
        """
        answers = _locked(self.answer)
        mask = Mask.objects.select_related("answer").filter(pk=self.pk).first()
        if mask is None or not mask.can_be_taken_back_by(by):
            raise ValidationError(_("Only whoever has hidden words can show them again, and only for an hour."))
        MaskTakenBack.objects.create(
            response=self.answer.response,
            reason=mask.reason,
            masked_by=mask.masked_by,
            masked_at=mask.masked_at,
            taken_back_at=timezone.now(),
        )
        Mask.objects.set_at_once_with(mask).delete()
        Masking(self.answer.response, answers).carry_out()
        ModerationTally.objects.note(Moderated.TAKEN_BACK, self.answer.response)


class MaskTakenBackQuerySet(AboutResponses):
    def follow_mask(self, masking):
        self.take_out(masking, "reason")


class MaskTakenBack(models.Model):
    """That words were hidden for a while, and why: for the history. Whoever has hidden them has shown them again."""

    response = models.ForeignKey("responses.Response", on_delete=models.CASCADE, related_name="masks_taken_back")
    reason = models.TextField(_("reason"))
    masked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)
    masked_at = models.DateTimeField(_("masked at"))
    taken_back_at = models.DateTimeField(_("taken back at"))

    objects = MaskTakenBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("mask taken back")
        verbose_name_plural = _("masks taken back")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken_back_at__gte=models.F("masked_at")), name="mask_is_taken_back_later"
            )
        ]

    def __str__(self):
        return str(self.response)


class AuthorsWords(models.Model):
    """A masked answer as its author wrote it. Only its author sees it: `Answer.text` is what all others see."""

    answer = models.OneToOneField("responses.Answer", on_delete=models.CASCADE, related_name="authors_words")
    text = models.TextField()

    class Meta:
        verbose_name = _("words of an author")
        verbose_name_plural = _("words of authors")

    def __str__(self):
        return str(self.answer)


class AuthorsText(models.Model):
    """What an author wrote beside the answers, and organizers hide a part of: a content note, a reply, an objection.

    Only its author sees it.
    """

    response = models.ForeignKey("responses.Response", on_delete=models.CASCADE, related_name="authors_texts")
    # The table, the key of the row and the name of the field that all others read instead.
    place = models.CharField(max_length=100, unique=True)
    text = models.TextField()

    class Meta:
        verbose_name = _("text of an author")
        verbose_name_plural = _("texts of authors")

    def __str__(self):
        # Never words: this ends up in the admin's log.
        return str(self.response)


def _place(row, name) -> str:
    return f"{row._meta.db_table}.{row.pk}.{name}"


def as_author_wrote(row, name) -> str:
    """A text that an author wrote beside the answers, without anything hidden. For its author only."""
    text = getattr(row, name)
    kept = AuthorsText.objects.filter(place=_place(row, name)).first() if HIDDEN in text else None
    return kept.text if kept else text


def forget_as_author_wrote(row, name) -> None:
    """Its author has written something else there."""
    AuthorsText.objects.filter(place=_place(row, name)).delete()


@dataclass(frozen=True)
class Reworded:
    """How a translation reads, before and after words were hidden in the answer."""

    row: Any
    before: str
    after: str
    # All of it, because nobody has said where in it the words are.
    is_hidden: bool


class Masking:
    """A change of what is hidden in a response, for all rows that hold copies of its words (`follow_mask`).

    answers: all answers of the response, locked. mask: what is hidden from now on; None if words are shown again.
    chosen: {pk of a translation: the passage of it that says the same}.
    """

    def __init__(self, response, answers, mask=None, chosen=None):
        self.response, self._mask, self._chosen = response, mask, chosen or {}
        self.answers = {each.pk: each for each in answers}
        self._masks: dict[int, list[tuple[int, int]]] = {pk: [] for pk in self.answers}
        for each in Mask.objects.filter(answer__in=self.answers):
            self._masks[each.answer_id].append((each.start, each.end))
        # {pk: what everybody could read of an answer before, and can read now}
        self.before = {pk: each.text for pk, each in self.answers.items()}
        self.after = {pk: hide(each.authors_text, self._masks[pk]) for pk, each in self.answers.items()}

    @cached_property
    def _words(self) -> str:
        return self.answers[self._mask.answer_id].authors_text[self._mask.start : self._mask.end]

    @cached_property
    def _hidden(self) -> HiddenWords:
        # With the other masks: together they may hide more than each of them alone.
        passages = [whole_words(each.authors_text, self._masks[pk]) for pk, each in self.answers.items()]
        return HiddenWords([self._words, *itertools.chain(*passages)], list(self.after.values()))

    def without_words(self, text: str) -> str:
        """What anybody has written about the answers, or copied from them."""
        return self._hidden.hidden_in(text) if self._mask and text else text

    def of_author(self, row, name) -> str:
        """What the author has written into a field of a row beside the answers. Their own words are kept for them."""
        text = getattr(row, name)
        if (shown := self.without_words(text)) != text:
            if HIDDEN not in text:
                forget_as_author_wrote(row, name)
            place = _place(row, name)
            # Some rows follow what is hidden in another response.
            whose = getattr(row, "response_id", self.response.pk)
            AuthorsText.objects.get_or_create(place=place, defaults={"response_id": whose, "text": text})
        return shown

    def wording(self, answer_id: int, text: str) -> str:
        """An answer, as it reads at present or as it was copied at some time."""
        own = self.answers[answer_id].authors_text
        if text in (self.before[answer_id], own):
            return self.after[answer_id]
        if self._mask is None:
            return text
        found = found_again(own, self._masks[answer_id], text)
        return hide(self.without_words(text), [place for places in found for place in places])

    def translated(self, made, passage=None) -> str | None:
        """The text of a translation, or of an aid for reviewers.

        passage: what says the same in it. None: it may say what is hidden, and nobody knows where.
        """
        if self._mask is None:
            return made.text
        places = self._hidden.places_in(made.text)
        if self.wording(made.answer_id, made.source_text) != made.source_text:
            said = HiddenWords([self._words], []).wholes_in(made.text)
            if passage:
                said.append((passage.start, passage.end))
            if not said:
                return None
            places += said
        return hide(made.text, places)

    @cached_property
    def translations(self) -> dict[int, Reworded]:
        """{pk of a translation: how it reads}, the reviewed ones first."""
        made = apps.get_model("responses", "Translation").objects.filter(answer__in=self.answers)
        found = {}
        for each in sorted(made, key=lambda one: (not one.is_reviewed, one.pk)):
            now = self.translated(each, self._chosen.get(each.pk))
            whole = hide(each.text, [(0, len(each.text))])
            found[each.pk] = Reworded(each, each.text, whole if now is None else now, is_hidden=now is None)
        return found

    def wordings(self, answer_id: int, language: str | None) -> list[tuple[str, str]]:
        """[(text before, text now)] of an answer in its own language (None) or in another one, reviewed first."""
        if language is None:
            return [(self.before[answer_id], self.after[answer_id])]
        of_answer = [each for each in self.translations.values() if each.row.answer_id == answer_id]
        return [(each.before, each.after) for each in of_answer if each.row.language == language]

    def hashes(self, answer_id: int) -> dict[str, str]:
        """{hash of a wording of an answer before: of the same wording now}, for rows that say which one they are about.

        For each answer by itself: the same words may stand in another one, and be hidden in one of the two only.
        """
        made = [each for each in self.translations.values() if each.row.answer_id == answer_id]
        texts = [(self.before[answer_id], self.after[answer_id]), *((each.before, each.after) for each in made)]
        return {sha256_of(was): sha256_of(now) for was, now in texts if was != now}

    def carry_out(self):
        """Change the answers, and everything that is copied from them, whichever app it is in."""
        for pk, answer in self.answers.items():
            answer.show(self.after[pk], is_masked=bool(self._masks[pk]))
        for rows in rows_about(self.response):
            rows.follow_mask(self)
        for rows in rows_about(self.response):
            rows.follow_change()
        # What was found in the words, and who waits for what, may be otherwise now.
        self.response.raise_flags()
        apps.get_model("responses", "Translation").objects.filter(answer__in=self.answers).keep_waiting()
        self.response.reading_requests.all().keep_waiting()


class Masked(models.Model):
    """An answer in which words can be hidden."""

    pk: Any
    text: Any
    response: Any
    masks: Any
    fingerprint: Any

    class Meta:
        abstract = True

    @property
    def authors_text(self) -> str:
        """What its author wrote. For nobody else."""
        return self.authors_words.text if hasattr(self, "authors_words") else self.text

    @property
    def masked_passages(self) -> list[Mask]:
        """What is hidden in it, for its author."""
        masks = list(self.masks.all())
        for mask in masks:
            mask.answer = self
        return masks

    @property
    def hidden_places(self) -> list[Passage]:
        """The same as places in the author's words, each of them once."""
        places = merged((mask.start, mask.end) for mask in self.masks.all())
        return [Passage(self.authors_text, *place) for place in places]

    @property
    def hidden_for(self) -> list[tuple[str, str]]:
        """[(words, why they are hidden)] for the author."""
        return list(dict.fromkeys((mask.words, mask.reason) for mask in self.masked_passages))

    @transaction.atomic
    def mask(self, start, end, reason, *, by, seen, in_translations=None) -> Mask:
        """Hide a passage from everybody but its author, with all copies of it.

        The same words are hidden wherever they stand in the response. start, end: code points, end exclusive, widened
        to whole letters. reason: the author reads it. seen: the fingerprint of the answer that was read.
        in_translations: {pk: Passage} what says the same in translations; one that is not among them, and in which the
        words do not stand as they are, is hidden whole, and has to be made anew. Raises ValidationError, and changes
        nothing, if the place is outside the text or blank, if there is no reason, or if words have changed since.
        """
        if is_blank(reason):
            raise ValidationError(_("Say why: the author reads the reason."))
        answers = _locked(self)
        answer = next((each for each in answers if each.pk == self.pk), None)
        if answer is None:
            raise ValidationError(_("The author has just withdrawn this answer."))
        if answer.fingerprint != seen:
            raise ValidationError(_("This response has been changed since you opened it. Compare, then go on."))
        words = answer.authors_text
        if not 0 <= start < end <= len(words) or is_blank(words[start:end]):
            raise ValidationError(_("Paste or select the passage."))
        start += len(words[start:end]) - len(words[start:end].lstrip())
        start, end = whole_letters(words, start, start + len(words[start:end].rstrip()))
        _check_unchanged(answers, in_translations or {})
        how = {"reason": reason.strip(), "masked_by": by, "masked_at": timezone.now()}
        set_now = Mask.objects.create(answer=answer, start=start, end=end, **how)
        same = HiddenWords([words[start:end]], [])
        for each in answers:
            for place in same.wholes_in(each.authors_text):
                if each != answer or not _within(place, [(start, end)]):
                    Mask.objects.create(answer=each, start=place[0], end=place[1], **how)
        Masking(self.response, answers, set_now, in_translations).carry_out()
        ModerationTally.objects.note(Moderated.HIDDEN, self.response)
        return set_now

    def show(self, text, *, is_masked):
        """Store what everybody can read, and keep the author's words as long as that is not all of them."""
        if is_masked:
            AuthorsWords.objects.get_or_create(answer=self, defaults={"text": self.authors_text})
        else:
            AuthorsWords.objects.filter(answer=self).delete()
        type(self).objects.filter(pk=self.pk).exclude(text=text).update(text=text)
        self.text = text

    def reword(self, text, masks):
        """Store what its author writes in its place. What was hidden stays so, as far as it is still there.

        masks: those of the whole response, as `masks_of` returns them. A coder has to read what everybody sees anew.
        """
        mine = self.masked_passages
        found = found_again(self.authors_text, [(each.start, each.end) for each in mine], text)
        placed = [(mask, place) for mask, places in zip(mine, found, strict=True) for place in places]
        # Words that only a mask hides are hidden wherever they come to stand.
        for hidden, of_words in masks.items():
            there = merged(place for _mask, place in placed)
            placed += [(of_words[0], place) for place in hidden.places_in(text) if not _within(place, there)]
        self.masks.all().delete()
        Mask.objects.bulk_create(
            Mask(
                answer=self,
                start=start,
                end=end,
                reason=mask.reason,
                masked_at=mask.masked_at,
                # Words that no reviewer has read, nobody shows again.
                masked_by_id=mask.masked_by_id if text[start:end] in mask.words else None,
            )
            for mask, (start, end) in placed
        )
        AuthorsWords.objects.filter(answer=self).delete()
        if placed:
            AuthorsWords.objects.create(answer=self, text=text)
        shown = hide(text, [place for _mask, place in placed])
        type(self).objects.filter(pk=self.pk).exclude(text=shown).update(text=shown, is_coded=False)


def masks_of(answers) -> dict[HiddenWords, list[Mask]]:
    """The masks of all answers of a response by the words that they hide, to find these in what their author writes."""
    answers = list(answers)
    by_words: dict[str, list[Mask]] = {}
    for each in answers:
        for mask in each.masked_passages:
            by_words.setdefault(mask.words, []).append(mask)
    shown = [each.text for each in answers]
    found = {HiddenWords([words], shown): masks for words, masks in by_words.items()}
    for each in answers:
        # With other masks, one may hide more than it does alone.
        if masks := each.masked_passages:
            places = [(mask.start, mask.end) for mask in masks]
            found[HiddenWords(whole_words(each.authors_text, places), shown)] = masks
    return found


class HidesWords(models.Model):
    """A response, in whose answers words can be hidden."""

    answers: Any

    class Meta:
        abstract = True

    @property
    def for_its_author(self):
        """For the page of its author: with a content note in which nothing is hidden. It is not to be stored."""
        own = copy(self)
        own.content_note = as_author_wrote(self, "content_note")
        return own

    def check_hides_nothing_in(self, text):
        """Raises ValidationError if others would read in it what organizers hide in the answers.

        For what its author writes elsewhere.
        """
        if said := [text[start:end] for start, end in self._hidden_places_in(text)]:
            raise ValidationError(
                _("Leave these words out here, because organizers hide them in your answers: %(words)s")
                % {"words": " · ".join(dict.fromkeys(said))}
            )

    def without_hidden_words(self, text: str) -> str:
        """What others write about it, as it is stored: as if they had written it before the words were hidden.

        They may have read them before, or have typed them into a page that was open by then. Nobody is told so: it
        would tell whoever guesses. Call it with the response or one of its answers locked.
        """
        return hide(text, self._hidden_places_in(text))

    def _hidden_places_in(self, text):
        masks = masks_of(self.answers.select_related("authors_words").prefetch_related("masks")) if text else {}
        return [place for hidden in masks for place in hidden.places_in(text)]


def _within(place, places) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in places)


def _locked(answer) -> list:
    """All answers of its response, until the transaction ends. Raises ValidationError if it was withdrawn."""
    # In the order of everybody else who locks both: whoever edits, decides or withdraws waits, or is waited for.
    # Responses in the order of their keys, as everybody who locks several.
    own = answer.response
    along = {pk for rows in rows_about(own) for pk in rows.hidden_along().values_list("pk", flat=True)}
    others = type(own).objects.select_for_update(no_key=True).order_by("pk").values_list("pk")
    list(others.filter(pk__in=along, pk__lt=own.pk))
    own.lock()
    list(others.filter(pk__in=along, pk__gt=own.pk))
    return list(answer.response.answers.select_for_update(of=("self",)).order_by("pk"))


def _check_unchanged(answers, passages):
    made = apps.get_model("responses", "Translation").objects.filter(answer__in=answers, pk__in=passages)
    if {each.pk: each.text for each in made} != {pk: passage.text for pk, passage in passages.items()}:
        raise ValidationError(_("This translation has changed since you opened it. Read it again."))
