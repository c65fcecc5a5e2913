"""A file between two requests: shown first, and stored once somebody has confirmed what was shown."""

from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Seconds in which somebody reads what a file would change.
_READING = 24 * 60 * 60


class ShownFile:
    """What is in an uploaded file, kept in the page itself and signed, so that exactly what was shown is stored.

    Nothing of it stays at the server if nobody confirms. It is good for one account, one page and a day.
    """

    def __init__(self, user, name: str):
        self._salt = f"shown file {name} of {user.pk}"

    def signed(self, content: Any, fingerprint: str) -> str:
        """content: in types that JSON has. fingerprint: of what is shown of it."""
        return signing.dumps([content, fingerprint], salt=self._salt, compress=True)

    def read(self, signed: str) -> tuple[Any, str]:
        """The content, and the fingerprint of what was shown. Raises ValidationError if it is not as it was signed."""
        try:
            content, fingerprint = signing.loads(signed, salt=self._salt, max_age=_READING)
        except signing.BadSignature:
            raise ValidationError(_("This preview is too old, or is not yours. Upload the file again.")) from None
        return content, fingerprint
