"""Characters that no stored text may contain."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def check_storable(text: str) -> None:
    """Raises ValidationError for characters that PostgreSQL or UTF-8 cannot hold: NUL, and half of a surrogate pair."""
    if "\x00" in text:
        raise ValidationError(_("The text has an invisible NUL character in it, which cannot be stored. Remove it."))
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValidationError(_("The text has half a character in it, which cannot be stored. Type that place again."))
