from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .words import WholeForm


class FormOfAnybody(WholeForm):
    """Refused if the field `website` is filled in: it is on the page, but people do not see it."""

    def clean(self):
        if self.data.get("website"):
            raise ValidationError(
                _(
                    "A field that people do not see was filled in, perhaps by your browser. It is empty again: press "
                    "the button once more."
                )
            )
        return super().clean()
