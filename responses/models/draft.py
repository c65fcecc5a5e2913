import json
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.addresses import hash_of
from responses.fingerprints import fingerprint_of

# A draft that nobody touches for so long is deleted.
DAYS_KEPT = 90


class DraftQuerySet(models.QuerySet):
    def kept(self):
        """Whose day has not come: the others are as good as deleted, whenever that is carried out."""
        return self.filter(saved_on__gt=timezone.localdate() - timedelta(days=DAYS_KEPT))

    def past(self):
        return self.filter(saved_on__lte=timezone.localdate() - timedelta(days=DAYS_KEPT))

    def with_key(self, key):
        return self.kept().filter(key_hash=hash_of(key))

    @transaction.atomic
    def keep(self, key, typed, *, seen="", on=None):
        """Store what is typed ({field: text}) under a secret link, and delete the drafts whose day has come.

        seen: the fingerprint of the draft that was open, "" for a new one. Raises ValidationError when the stored one
        is another by now, unless it says the same: nobody writes over words that they have not seen.
        """
        self.past().delete()
        draft, is_new = self.select_for_update().get_or_create(
            key_hash=hash_of(key), defaults={"typed": typed, "saved_on": on or timezone.localdate()}
        )
        if not is_new:
            if draft.typed != typed and draft.fingerprint != seen:
                raise ValidationError(
                    _("This draft has been changed since you opened it. Compare, then save or send again."),
                    code="changed",
                )
            draft.typed, draft.saved_on = typed, on or timezone.localdate()
            draft.save(update_fields=["typed", "saved_on"])
        return draft


class Draft(models.Model):
    """What somebody has typed and not sent yet: any words in any field, also such as no response may hold.

    It is no response. Whoever has its secret link can see it, and nobody else, not even an organizer.
    """

    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    typed = models.JSONField()
    saved_on = models.DateField(_("saved on"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        indexes = [models.Index(fields=["saved_on"], name="draft_saved_on")]

    def __str__(self):
        return f"draft {self.pk}"

    @property
    def fingerprint(self):
        return fingerprint_of(json.dumps(self.typed, sort_keys=True))

    @property
    def delete_on(self):
        return self.saved_on + timedelta(days=DAYS_KEPT)
