"""E-mail addresses: what was meant is understood, and an address that we cannot write to is not called a wrong one."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

from responses.models.contact import LONGEST_ADDRESS
from responses.validators import is_invisible

# The full-width forms of ASCII, which the keyboards of East Asia type, and the full stop of Chinese and Japanese.
_AS_MEANT = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "。｡"), ".")
_JOINERS = "\u200c\u200d"


def as_meant(typed: str) -> str:
    """The address in the signs that addresses have, without invisible characters, and without white space around it.

    Joiners within it stay: domains in Persian and in the languages of India have them.
    """
    seen = "".join(each for each in typed if each in _JOINERS or each.isspace() or not is_invisible(each))
    return " ".join(seen.split()).strip(_JOINERS + " ").translate(_AS_MEANT)


def check_address(address: str) -> None:
    """Raises ValidationError with the code "invalid" if it is no address, or "unreachable" if we cannot write to it."""
    user, at, domain = address.rpartition("@")
    # RFC 6531 allows letters of all scripts before the @. Few mail servers take them, and Django does not send them.
    in_ascii = "".join(each if each.isascii() else "x" for each in user)
    try:
        validate_email(f"{in_ascii}{at}{domain}")
        # Counted as it is sent (RFC 5321).
        is_too_long = max(len(address), len(f"{user}@{punycode(domain)}")) > LONGEST_ADDRESS
    except (ValidationError, UnicodeError):
        is_too_long = True
    if is_too_long:
        raise ValidationError(validate_email.message, code="invalid")
    if in_ascii != user:
        raise ValidationError(
            _("We cannot send to this address: before the @ it has other letters than a to z. Write another address."),
            code="unreachable",
        )
