from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.addresses import hash_of, new_code
from responses.likeness import words_hash

from .account_link import AccountLink
from .search_text import SearchText
from .terms import TERMS_VERSION
from .translation import Translation


class ResponseQuerySet(models.QuerySet):
    def published(self):
        """What anybody may read. Every page, count, search, feed and export begins here."""
        return self.filter(status=self.model.Status.ACCEPTED).exclude(sharing=self.model.Sharing.ORGANIZERS)

    def saying(self, typed, language=None):
        """Those with a text in which these words occur: as it was written, or as readers of this language get it."""
        texts = SearchText.objects.saying(typed).filter(answer__response=models.OuterRef("pk"))
        read = models.Q(translation=None)
        if language:
            shown = Translation.objects.published().filter(language=language, pk=models.OuterRef("translation"))
            read |= models.Exists(shown)
        return self.filter(models.Exists(texts.filter(read)))

    def withdrawn(self):
        return self.filter(status=self.model.Status.WITHDRAWN)

    def awaiting_review(self):
        return self.filter(status=self.model.Status.SUBMITTED)

    def suspicious(self):
        return self.exclude(suspicions="")

    def acceptable(self):
        return self.filter(status__in=self.model.ACCEPTABLE)

    def declinable(self):
        return self.filter(status__in=self.model.DECLINABLE)

    def with_key(self, key):
        """The response of a secret link: the lasting one, or one that was made for its signed-in author."""
        of_account = AccountLink.objects.valid().filter(key_hash=hash_of(key))
        return self.filter(
            models.Q(key_hash=hash_of(key)) | models.Q(pk=models.Subquery(of_account.values("response")[:1]))
        )

    def of(self, user):
        """Those in somebody's account. Nobody's account has none."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user=user).order_by("-submitted_on", "code")

    def newest_first(self):
        # By code within a day: the order in which people sent is nobody's business.
        return self.order_by("-accepted_on", "code")

    def after(self, accepted_on, code):
        """What stands behind this place in `newest_first()`: walks the index, however far down the place is."""
        behind = models.Q(accepted_on__lt=accepted_on) | models.Q(code__gt=code)
        return self.filter(behind, accepted_on__lte=accepted_on)

    def submit(self, key, answers, *, suspicions="", on=None, **fields):
        """Store what was sent, once.

        key: that of the secret link, which follows from the form; answers: {Question: text}, at least one of them
        with words in it; suspicions: see `Suspicion`; fields: the other fields of a Response. Returns the response,
        with its `key` set. Sending the same again returns the response stored before; sending something else under
        the same key raises ValidationError("already_sent") and stores nothing.
        """
        response = self.with_key(key).first()
        if response is None:
            try:
                return self._store(key, answers, suspicions, on or timezone.localdate(), fields)
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
    def _store(self, key, answers, suspicions, on, fields):
        response = self.create(
            suspicions=suspicions,
            words_hash=words_hash(answers.values()),
            code=self._unused_code(),
            key_hash=hash_of(key),
            status=self.model.Status.SUBMITTED,
            terms_version=TERMS_VERSION,
            started_on=on,
            submitted_on=on,
            agreed_on=on,
            **fields,
        )
        response.add(answers)
        response.key = key
        return response

    def _unused_code(self):
        while self.filter(code=(code := new_code())).exists():
            pass
        return code
