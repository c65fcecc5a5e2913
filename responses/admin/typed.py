"""What organizers type follows the rules of the public forms."""

from django import forms
from django.db import models

from responses.forms.numbers import DayField, DayInput
from responses.validators import is_blank, without_invisible_ends


class TypedByOrganizers:
    """For admins and inlines: a text of which nothing can be seen is empty, and a day is year-month-day."""

    formfield_overrides = {models.DateField: {"form_class": DayField, "widget": DayInput}}

    def formfield_for_dbfield(self, db_field, request, **options):
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(field, forms.CharField):
            field.to_python = _seen(field, is_line=isinstance(db_field, models.CharField))
        return field


def _seen(field, *, is_line):
    read = field.to_python

    def to_python(value):
        text = read(value)
        if not isinstance(text, str):
            return text
        if is_blank(text):
            return field.empty_value
        return without_invisible_ends(text) if is_line else text

    return to_python
