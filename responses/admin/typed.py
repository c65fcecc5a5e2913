"""What organizers type follows the rules of the public forms."""

from django import forms
from django.contrib.admin.widgets import AdminIntegerFieldWidget
from django.db import models
from django.utils.translation import gettext_lazy as _

from responses.forms.numbers import DayField, DayInput
from responses.models.question import LAST_POSITION
from responses.validators import organizers_text

SLUG_RULE = _("Only Latin letters, digits, - and _.")


class TypedByOrganizers:
    """For admins and inlines.

    Texts are stored as `organizers_text` has them, a day is year-month-day, and a place in a list is one that each
    database can store.
    """

    formfield_overrides = {
        models.DateField: {"form_class": DayField, "widget": DayInput},
        models.PositiveSmallIntegerField: {"max_value": LAST_POSITION, "widget": AdminIntegerFieldWidget},
    }

    def formfield_for_dbfield(self, db_field, request, **options):
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(field, forms.SlugField):
            field.help_text = field.help_text or _(
                "A short name in addresses and files: Latin letters, digits, - and _."
            )
            field.error_messages["invalid"] = SLUG_RULE
        if isinstance(field, forms.CharField):
            typed_by_organizers(field, is_line=isinstance(db_field, models.CharField))
        return field


def typed_by_organizers(field, *, is_line=False):
    """The field of a form, made to read what is typed as `organizers_text` has it."""
    read = field.to_python

    def to_python(value):
        text = read(value)
        return (organizers_text(text, is_line=is_line) or field.empty_value) if isinstance(text, str) else text

    field.to_python = to_python
    return field
