"""Words that others rely on, because they have read them or coded with them, are not changed behind their backs."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from modeltranslation.manager import rewrite_lookup_key


class KeepingQuerySet(models.QuerySet):
    """Of a model with FIXED, the columns that `update` leaves alone in rows that are `fixed`.

    A method of the model may change them where it keeps what they were.
    """

    # Why not.
    REFUSAL: Any

    def fixed(self):
        raise NotImplementedError

    def lock(self):
        """Until the transaction ends, none of these rows becomes fixed, nor ceases to be."""
        raise NotImplementedError

    @transaction.atomic
    def update(self, **values):
        """Raises ValidationError, and changes nothing, if a column of a fixed row would change that stays."""
        if {rewrite_lookup_key(self.model, name) for name in values} & self.model.FIXED:
            self.lock()
            if self.fixed().exists():
                raise ValidationError(self.REFUSAL)
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]
