import json

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from responses.access.keys import new_code, sha256_of
from responses.languages import UNLISTED, Language, language_of
from responses.languages.text_matching import duplicate_key, name_key

from .account_link import AccountLink
from .affiliate import Affiliate
from .contact import Contact
from .content_note import ContentNote
from .conversation import Conversation
from .decision import Decided, Decision, Status, Verdict
from .flag import OF_FIRST_WORDS, Flag, Flagged
from .mask import AuthorsWords, HidesWords, as_author_wrote, forget_as_author_wrote, masks_of
from .moderation import Moderated, ModerationTally
from .question import Question
from .recusal import AboutResponses, Recusal, rows_about
from .review_reservation import ReviewReservation
from .search_text import NamesText, SearchText
from .sharing import TERMS_VERSION, AuthorDetails, Sharing
from .translation import Translation

LONGEST_LANGUAGE_NAME = 100

# DISTINCT would read all rows.
_LANGUAGES = """
WITH RECURSIVE found(language) AS (
    SELECT min(language) FROM responses_response
    UNION ALL
    SELECT (SELECT min(language) FROM responses_response WHERE language > found.language) FROM found
    WHERE found.language IS NOT NULL
)
SELECT language FROM found WHERE language IS NOT NULL
"""


class ResponseQuerySet(AboutResponses):
    to_response = "pk"

    def published(self):
        """What anybody may read. Every page, count, search, feed and export begins here."""
        return self.filter(status=Status.ACCEPTED).exclude(sharing=Sharing.ORGANIZERS)

    def follow_mask(self, masking):
        by_position = sorted(masking.answers.values(), key=lambda each: each.question.position)
        self.update(duplicate_key=duplicate_key(masking.after[each.pk] for each in by_position))
        self.take_out(masking, "note_to_author", "decline_reason", "added_note", of_author=["content_note"])
        for response in self:
            # They are made of the words, and cannot be made of some of them.
            response.likeness_bands.all().delete()

    def saying(self, typed, language=None):
        """Those in which these words occur, in the original or in the translation that readers of a language get."""
        texts = SearchText.objects.saying(typed).filter(response=models.OuterRef("pk"))
        read = models.Q(translation=None)
        if language:
            shown = Translation.objects.published().filter(language=language, pk=models.OuterRef("translation"))
            read |= models.Exists(shown)
        return self.filter(models.Exists(texts.filter(read)))

    def telling(self, typed, most):
        """For reviewers: those in whose answers, unread too, names or codes these words occur; `most` of each kind."""
        texts = SearchText.objects.saying(typed).filter(translation=None, response=models.OuterRef("pk"))
        names = NamesText.objects.saying(typed).filter(response=models.OuterRef("pk"))
        ways = [models.Exists(texts), models.Exists(names), models.Q(affiliate__in=Affiliate.objects.named_like(typed))]
        # Each way for itself: the database has no index for one or the other.
        found = [self.filter(way).oldest_first().values_list("submitted_on", "pk")[:most] for way in ways]
        return self.with_places({place for each in found for place in each})

    def withdrawn(self):
        return self.filter(status=Status.WITHDRAWN)

    def not_withdrawn(self):
        return self.exclude(status=Status.WITHDRAWN)

    def awaiting_review(self):
        return self.filter(status=Status.SUBMITTED)

    def oldest_first(self):
        """As the review desk works them off."""
        return self.order_by("submitted_on", "pk")

    def with_places(self, places):
        """Those at these places in `oldest_first()`: [(day, key)]. By their days too, with which an index begins."""
        days, keys = [day for day, _pk in places], [pk for _day, pk in places]
        return self.filter(pk__in=keys, submitted_on__range=(min(days), max(days))) if days else self.none()

    def behind(self, response):
        """What follows this one in `oldest_first()`."""
        later = models.Q(submitted_on__gt=response.submitted_on) | models.Q(pk__gt=response.pk)
        # The day alone, too: that is where an index begins.
        return self.oldest_first().filter(later, submitted_on__gte=response.submitted_on)

    def ahead_of(self, response):
        """What stands before this one in `oldest_first()`."""
        earlier = models.Q(submitted_on__lt=response.submitted_on) | models.Q(pk__lt=response.pk)
        return self.oldest_first().filter(earlier, submitted_on__lte=response.submitted_on)

    def without_reader(self, reviewers):
        """Those that each of these users has put away: somebody else has to be found who reads them."""
        # From the recusals, which are few: responses may be many.
        recusals = Recusal.objects.filter(user__in=reviewers).order_by().values("response")
        by_all = recusals.annotate(n=models.Count("pk")).filter(n__gte=max(1, len(reviewers)))
        return self.filter(pk__in=by_all.values("response"))

    def flagged(self, *kinds):
        """Those with something that nobody has looked at yet. kinds: values of `FlagKind`; without, of any kind."""
        flags = Flag.objects.open().filter(response=models.OuterRef("pk"))
        return self.filter(models.Exists(flags.filter(kind__in=kinds) if kinds else flags))

    def acceptable(self):
        return self.filter(status__in=self.model.ACCEPTABLE)

    def declinable(self):
        return self.filter(status__in=self.model.DECLINABLE)

    def in_unlisted_language(self, name):
        """Those in a language that is not listed and that their authors call by this name."""
        unlisted = self.filter(language=UNLISTED)
        given = unlisted.order_by().values_list("language_name", flat=True).distinct()
        return unlisted.filter(language_name__in=[each for each in given if name_key(each) == name_key(name)])

    def with_key(self, key):
        """The response of a secret link: the lasting one, or one that was made for its signed-in author."""
        of_account = AccountLink.objects.valid().filter(key_hash=sha256_of(key))
        return self.filter(
            models.Q(key_hash=sha256_of(key)) | models.Q(pk=models.Subquery(of_account.values("response")[:1]))
        )

    def of(self, user):
        """Those in somebody's account; for an anonymous visitor, none."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user=user).order_by("-submitted_on", "code")

    def newest_first(self):
        # By code within a day: the order in which people sent is nobody's business.
        return self.order_by("-accepted_on", "code")

    @staticmethod
    def languages() -> list[str]:
        """The codes of all languages that somebody has written in. It goes from one to the next in an index."""
        with connection.cursor() as cursor:
            cursor.execute(_LANGUAGES)
            return [code for (code,) in cursor.fetchall() if code]

    def numbers_by_conversation(self) -> dict[int, int]:
        """{key of a conversation: number of these responses in it}"""
        return dict(self.order_by().values_list("conversation").annotate(models.Count("pk")))

    def after(self, accepted_on, code):
        """What follows this place in `newest_first()`. Walks the index, however far down the place is."""
        behind = models.Q(accepted_on__lt=accepted_on) | models.Q(code__gt=code)
        return self.filter(behind, accepted_on__lte=accepted_on)

    def submit(self, key, answers, *, conversation, flags=(), on=None, **fields):
        """Store what was sent, once.

        key: of the secret link, derived from the form. answers: {Question: text}, at least one of them with words in
        it. conversation: the one that asked; the day by which it promises results stays with the response. flags:
        values of `FlagKind` that were found while it was sent; those of its words are found here. fields: the other
        fields of a Response. Returns the response with its `key` set. Sending the same again returns the response
        stored before; sending something else under the same key raises ValidationError("already_sent") and stores
        nothing.
        """
        response = self.with_key(key).first()
        if response is None:
            try:
                on = on or timezone.localdate()
                return self._store(key, answers, conversation, flags, on=on, **fields)
            except IntegrityError:
                # The same form, sent by two clicks at once: the other one was first.
                response = self.with_key(key).first()
                if response is None:
                    raise
        if not response.says(answers) or any(getattr(response, name) != fields[name] for name in fields):
            raise ValidationError(
                _(
                    "You have already sent a response from this page. To change that one, use its secret link; "
                    "to send this one too, press the button again."
                ),
                code="already_sent",
            )
        response.key = key
        return response

    @transaction.atomic
    def _store(self, key, answers, conversation, flags, *, on, **fields):
        response = self.create(
            conversation=conversation,
            results_by=conversation.results_by,
            duplicate_key=duplicate_key(answers.values()),
            code=self._unused_code(),
            key_hash=sha256_of(key),
            status=Status.SUBMITTED,
            terms_version=TERMS_VERSION,
            started_on=on,
            submitted_on=on,
            agreed_on=on,
            **fields,
        )
        response.add(answers)
        response.index()
        ModerationTally.objects.note(Moderated.RECEIVED, response)
        Flag.objects.raise_kinds(response, flags)
        response.raise_flags()
        if response.gathering:
            response.gathering.count_one()
        response.key = key
        return response

    def _unused_code(self):
        while self.filter(code=(code := new_code())).exists():
            pass
        return code

    @transaction.atomic
    def leave_account(self, *, withdraw):
        """Before an account is deleted: withdraw its responses, or take them out of it so that no trace is left."""
        for response in self:
            if withdraw:
                response.withdraw()
            else:
                response.detach()


class Response(AuthorDetails, ContentNote, Decided, Flagged, HidesWords):
    """What one person or one group told us: answers to some of the questions, in one language."""

    Status = Status
    Sharing = Sharing
    # All that stays of a withdrawn response, besides the day: links to it need these.
    KEPT_WHEN_WITHDRAWN = frozenset({"id", "code", "key_hash", "conversation", "is_sample"})

    # The key of its secret link, if it is known: the database has only its hash.
    key = ""

    code = models.CharField(_("code"), max_length=12, unique=True)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    conversation = models.ForeignKey(
        Conversation,
        verbose_name=_("conversation"),
        on_delete=models.PROTECT,
        related_name="responses",
        db_index=False,  # see the indexes below
    )
    # The day by which its author was promised results when they sent it.
    results_by = models.DateField(_("results promised by"), null=True, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=20)
    # As its author wrote it, if the registry does not have it: `language` is "und" then.
    language_name = models.CharField(_("language that is not listed"), max_length=LONGEST_LANGUAGE_NAME, blank=True)
    terms_version = models.CharField(_("terms agreed to"), max_length=20, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    # Days, never moments: the minute of sending would tell who sent.
    started_on = models.DateField(_("started on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    # Empty, unless its author adds the response to their account afterwards.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        related_name="responses",
        null=True,
        blank=True,
    )
    is_sample = models.BooleanField(_("sample"), default=False)
    # Equal in responses that say the same, regardless of capitals and spaces.
    duplicate_key = models.CharField(max_length=64, blank=True, db_index=True, editable=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        permissions = [("review_response", "Can accept and decline responses")]
        indexes = [
            models.Index(
                fields=["-accepted_on", "code"],
                condition=models.Q(status=Status.ACCEPTED) & ~models.Q(sharing=Sharing.ORGANIZERS),
                name="published_newest_first",
            ),
            models.Index(
                fields=["language", "-accepted_on", "code"],
                condition=models.Q(status=Status.ACCEPTED) & ~models.Q(sharing=Sharing.ORGANIZERS),
                name="published_in_a_language",
            ),
            models.Index(
                fields=["conversation", "-accepted_on", "code"],
                condition=models.Q(status=Status.ACCEPTED) & ~models.Q(sharing=Sharing.ORGANIZERS),
                name="published_in_a_conversation",
            ),
            # For the list of reviewers, whichever status is chosen, and with one filter beside it.
            models.Index(fields=["submitted_on", "id"], name="oldest_first"),
            models.Index(fields=["status", "submitted_on", "id"], name="oldest_of_a_status"),
            models.Index(fields=["language", "status", "submitted_on", "id"], name="oldest_in_a_language"),
            models.Index(fields=["sharing", "status", "submitted_on", "id"], name="oldest_of_a_sharing"),
            models.Index(fields=["conversation", "status", "submitted_on", "id"], name="oldest_in_a_conversation"),
            models.Index(fields=["affiliate", "status", "submitted_on", "id"], name="oldest_of_an_affiliate"),
            models.Index(fields=["region", "status", "submitted_on", "id"], name="oldest_from_a_region"),
            models.Index(fields=["gathering", "status", "submitted_on", "id"], name="oldest_at_a_gathering"),
            models.Index(fields=["is_sample", "status", "submitted_on", "id"], name="oldest_of_the_samples"),
            # For their number if something else is looked up for each, such as who has answered a question.
            models.Index(fields=["status", "id"], name="responses_of_a_status"),
        ]
        constraints = [
            *AuthorDetails.Meta.constraints,
            *ContentNote.Meta.constraints,
            *Decided.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(status=Status.WITHDRAWN) | ~models.Q(language=""), name="response_has_a_language"
            ),
            models.CheckConstraint(
                condition=models.Q(language=UNLISTED) & ~models.Q(language_name="")
                | ~models.Q(language=UNLISTED) & models.Q(language_name=""),
                name="response_names_its_language_if_unlisted",
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.WITHDRAWN)
                | models.Q(submitted_on__isnull=False, agreed_on__isnull=False) & ~models.Q(terms_version=""),
                name="response_is_sent_under_terms",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.WITHDRAWN) | models.Q(withdrawn_on__isnull=False),
                name="response_withdrawn_has_its_day",
            ),
        ]

    def __str__(self):
        # Never words: this ends up in the admin's log, which outlives a withdrawn response.
        return self.code

    def get_absolute_url(self):
        return reverse("response", args=[self.code])

    @property
    def written_in(self) -> Language:
        """The language of its words; one that is not listed has the name that its author gave it."""
        return language_of(self.language, self.language_name)

    @property
    def cursor(self):
        """Its place in the public list, for the address of the page that begins after it."""
        return f"{self.accepted_on}.{self.code}"

    @property
    def is_published(self):
        return self.status == Status.ACCEPTED and self.sharing != Sharing.ORGANIZERS

    @property
    def fingerprint(self):
        """Changes whenever a word or a detail changes, and whenever a reviewer decides or notes something.

        A page sends it back, so that nobody decides about a state that they have not seen. Two hashes with a dot
        between: of what the author told, and of what reviewers made of it.
        """
        return self.fingerprint_of(self.answers.all())

    @property
    def authors_fingerprint(self):
        """The same for its author, of their own words: what organizers hide in them stops nobody who changes them."""
        return self.fingerprint_of(self.answers.select_related("authors_words"), for_author=True)

    def fingerprint_of(self, answers, *, for_author=False):
        """The same, for answers that a page has already read, so that a reviewer accepts exactly what was shown."""
        words = sorted((each.question_id, each.authors_text if for_author else each.text) for each in answers)
        note = as_author_wrote(self, "content_note") if for_author else self.content_note
        told = [self.language, self.language_name, self.content_kinds, note]
        told += [str(getattr(self, field.attname)) for field in self.detail_fields()]
        decided = [self.status, self.decline_reason, self.note_to_author, self.added_kinds, self.added_note]
        decided += [self.declined_for_id, *((each.text, each.reply) for each in self.inquiries.all())]
        return ".".join(sha256_of(json.dumps(each)) for each in ([words, told], decided))

    def earlier_versions(self, *, for_author=False):
        """How it read before, latest first: [(version, [(question, text)])].

        for_author: with the words that organizers hide.
        """
        questions = list(Question.objects.all())
        found = []
        for version in self.versions.all():
            own = version.authors_answers if for_author else {}
            told = version.answers | own
            version.content_note = own.get("content_note", version.content_note)
            found.append((version, [(each, told[each.slug]) for each in questions if each.slug in told]))
        return found

    def says(self, answers) -> bool:
        """Whether its author has written exactly these answers ({Question: text})."""
        there = self.answers.select_related("question", "authors_words")
        return {each.question: each.authors_text for each in there} == {
            question: text for question, text in answers.items() if text
        }

    def add(self, answers):
        """Add these answers ({Question: text}) in one statement; a question without text gets none."""
        self.answers.bulk_create(
            self.answers.model(
                response=self,
                question=question,
                text=text,
                prompt_text=question.prompt,
                prompt_language=get_language(),
            )
            for question, text in answers.items()
            if text
        )

    def index(self):
        """Let reviewers find it by its words and names, and readers by its words once they may read it."""
        SearchText.objects.index(self.answers.all())
        NamesText.objects.index(self)

    def keep_version(self, *, on=None):
        """Store how it reads now, before its author changes it."""
        hidden = dict(AuthorsWords.objects.filter(answer__response=self).values_list("answer__question__slug", "text"))
        if (note := as_author_wrote(self, "content_note")) != self.content_note:
            hidden["content_note"] = note
        self.versions.create(
            number=self.versions.count() + 1,
            replaced_on=on or timezone.localdate(),
            language=self.language,
            language_name=self.language_name,
            sharing=self.sharing,
            **self.content,
            answers=dict(self.answers.values_list("question__slug", "text")),
            authors_answers=hidden,
        )

    @transaction.atomic
    def list_language(self, code, *, seen=None):
        """Put it under a language of the registry that its author did not find there, with all that hangs off it.

        seen: as in `accept`.
        """
        self.check_seen(seen)
        unlisted = Response.objects.filter(pk=self.pk, language=UNLISTED)
        if not unlisted.update(language=code, language_name=""):
            raise ValidationError(_("This cannot be done now: the response has changed since you opened it."))
        self.language, self.language_name = code, ""
        self.answers.all().keep_found_by(self)
        Translation.objects.filter(answer__response=self).keep_waiting()
        self.reading_requests.all().keep_waiting()
        for rows in rows_about(self):
            rows.follow_change()
        NamesText.objects.index(self)

    @transaction.atomic
    def edit(self, answers, *, language=None, language_name="", content=None, seen=None, on=None):
        """Store the author's new wording ({Question: text}) for review, so that no unread word is ever public.

        language, language_name: the right one, if the author had chosen a wrong one. content: {field: value} of what is
        new in the content note. seen: the fingerprint of what was edited. The earlier wording is kept as a version.
        Raises ValidationError if somebody with the same link has changed it meanwhile, or if no answer is left.
        """
        content = dict(content or {})
        if content.get("content_note") == as_author_wrote(self, "content_note"):
            # Unchanged, and organizers may hide a part of it.
            content["content_note"] = self.content_note
        told = self.content | content
        # Nobody takes a note of the organizers away that they have not read.
        added = told["added_kinds"], told["added_note"]
        self.check_seen(seen, by_author=True, of_reviewers=added != (self.added_kinds, self.added_note))
        # Whoever hides words at this moment finishes first, or is refused.
        self.lock()
        if not any(answers.values()):
            raise ValidationError(_("Answer at least one of the questions."))
        if language is None:
            language, language_name = self.language, self.language_name
        is_same = (language, language_name, told) == (self.language, self.language_name, self.content)
        if self.says(answers) and is_same:
            return
        if told["content_note"] != self.content_note:
            self.check_hides_nothing_in(told["content_note"])
        self.keep_version(on=on)
        if told["content_note"] != self.content_note:
            forget_as_author_wrote(self, "content_note")
        known = self.contact_words()
        self._rewrite(answers)
        self._move(
            self.EDITABLE,
            Status.SUBMITTED,
            language=language,
            language_name=language_name,
            **content,
            duplicate_key=duplicate_key(self.answers.values_list("text", flat=True)),
            submitted_on=on or timezone.localdate(),
            accepted_on=None,
            declined_on=None,
            decline_reason="",
            declined_for=None,
        )
        self._close_inquiry(on)
        self._forget_decisions()
        Contact.objects.filter(response=self).forget_told("accepted", "declined")
        self.index()
        self.flags.filter(kind__in=OF_FIRST_WORDS).delete()
        self.raise_flags(known=known)

    @transaction.atomic
    def share(self, *, seen=None, on=None, **details):
        """Store the author's new choice of who may see what. They agree to the present terms.

        details: fields of `AuthorDetails`. What is hidden is hidden at once. If readers would see anything that they
        did not see before, an organizer reads it first. seen: as in `edit`.
        """
        self.check_seen(seen, by_author=True)
        today = on or timezone.localdate()
        # Read again: a reviewer may be at work.
        now = Response.objects.select_for_update().get(pk=self.pk)
        before, known = now.shown, now.contact_words()
        if now.sharing != details["sharing"]:
            now.keep_version(on=today)
        for name, value in details.items():
            setattr(now, name, value)
        changes = details | {"terms_version": TERMS_VERSION, "agreed_on": today}
        if now.shown <= before or now.is_asked:
            # While its author is asked something it is not public, and a reviewer reads it once more anyway.
            self._move(self.EDITABLE, now.status, **changes)
        else:
            unread = {"submitted_on": today, "accepted_on": None, "declined_on": None}
            unread |= {"decline_reason": "", "declined_for": None}
            self._move(self.EDITABLE, Status.SUBMITTED, **changes, **unread)
            self._close_inquiry(today)
            Contact.objects.filter(response=self).forget_told("accepted", "declined")
        self._forget_decisions()
        NamesText.objects.index(self)
        self.raise_flags(known=known)

    @transaction.atomic
    def withdraw(self, *, on=None):
        """Delete every word, and clear every field but `KEPT_WHEN_WITHDRAWN`. A dated tombstone is left."""
        kept = self.KEPT_WHEN_WITHDRAWN | {"status"}
        cleared = {field.name: field.get_default() for field in self._meta.concrete_fields if field.name not in kept}
        # Withdrawing twice is allowed: a double click is not an error.
        self._move(Status, Status.WITHDRAWN, **cleared | {"withdrawn_on": on or timezone.localdate()})
        self._lock_answers()
        for rows in rows_about(self):
            rows.follow_withdrawal(self)
        self.answers.all().delete()
        for rows in (
            self.versions,
            self.account_links,
            self.recusals,
            self.flags,
            self.flags_of_others,
            self.likeness_bands,
            self.inquiries,
            self.authors_texts,
            self.masks_taken_back,
            self.reading_requests,
            Contact.objects.filter(response=self),
            *(model.objects.filter(response=self) for model in (Decision, Verdict, ReviewReservation, NamesText)),
        ):
            rows.all().delete()

    def attach(self, user):
        """Add it to an account. Raises ValidationError if it is in another one, or was withdrawn."""
        free = Response.objects.not_withdrawn().filter(models.Q(user__isnull=True) | models.Q(user=user))
        if not free.filter(pk=self.pk).update(user=user):
            raise ValidationError(_("It was withdrawn, or it is in another account. Take it out there first."))
        self.user = user

    def detach(self):
        """Take it out of the account, and close the links that were made for that account."""
        Response.objects.filter(pk=self.pk).update(user=None)
        self.account_links.all().delete()
        self.user = None

    def _rewrite(self, answers):
        """Set the answers to these and delete the others. Answers that stay keep their row and what depends on it."""
        written = {question: text for question, text in answers.items() if text}
        self._lock_answers()
        there = list(self.answers.select_related("question", "authors_words").prefetch_related("masks"))
        masks = masks_of(there)
        self.answers.exclude(question__in=written).delete()
        for answer in there:
            if answer.question in written:
                answer.reword(written.pop(answer.question), masks)
        self.add(written)
        for answer in self.answers.filter(question__in=written) if masks else ():
            answer.reword(answer.text, masks)

    def _lock_answers(self):
        """Before answers change: somebody who translates or marks one at this moment finishes first, or is refused."""
        return list(self.answers.select_for_update().order_by("pk"))
