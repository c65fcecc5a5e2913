"""Numbers and days that people type: understood for certain, in the digits of any script, or refused with a message."""

import re
import unicodedata
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from responses.validators import is_invisible

# The year in which Wikipedia began: nobody has talked about diversity in it before.
EARLIEST_YEAR = 2001
# Years that other calendars are ahead: Vikram Samvat (Nepal) and the Buddhist era (Thailand).
_AHEAD = (56, 57, 543)
_NEXT_YEARS = 10
_DAY = re.compile(r"(\d{4}) ?[-/.‐‑–−－／．] ?(\d{1,2}) ?[-/.‐‑–−－／．] ?(\d{1,2})")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Digits in groups of three, or of two before the last three as in India. Whoever counts people needs no decimals, so a
# sign before exactly three digits groups them; but nobody writes five hundred as 0.500.
_NUMBER = re.compile(r"[-−]?(?:\d+|(?!0)(?:\d{1,3}(?:([ .,'’٬،，．])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}))")


def _plain(value) -> str:
    """What is typed, in ASCII digits, with single spaces and without invisible characters."""
    seen = "".join(each for each in str(value) if each.isspace() or not is_invisible(each))
    digits = (str(unicodedata.decimal(each)) if each.isdecimal() else each for each in seen)
    return " ".join("".join(digits).split())


class DayInput(forms.DateInput):
    """A browser's own field for a day; a field for text if what was typed is no day that such a field can show."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs={"class": "short"} | (attrs or {}), format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not _ISO_DAY.fullmatch(shown):
            context["widget"]["type"] = "text"
        return context


class DayField(forms.DateField):
    """A day as year-month-day, whatever the language of the page: 03/04/2026 is in March or in April."""

    widget = DayInput
    default_error_messages = {
        "invalid": _("Write the date as year-month-day, such as 2026-03-31."),
        "calendar": _("Write the year of the Gregorian calendar, such as 2026."),
    }

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        if not (typed := _plain(value)):
            return None
        if not (found := _DAY.fullmatch(typed)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        year, month, day = map(int, found.groups())
        latest = timezone.localdate().year + _NEXT_YEARS
        if year < EARLIEST_YEAR or any(EARLIEST_YEAR <= year - ahead <= latest for ahead in _AHEAD):
            raise ValidationError(self.error_messages["calendar"], code="calendar")
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class NumberOfPeopleField(forms.IntegerField):
    """How many people speak; an empty field means one."""

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, int):
            return value or None
        typed = _plain(value)
        if typed and not _NUMBER.fullmatch(typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        digits = "".join(each for each in typed if each.isdecimal())
        # A number of thousands of digits is too large in any case, and Python does not read it.
        number = int(digits[:20]) if digits else None
        return -number if number and typed[0] in "-−" else number

    def clean(self, value):
        number = super().clean(value)
        return 1 if number is None else number
