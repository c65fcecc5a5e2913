"""Nobody overwrites what somebody else has stored since the form was opened."""

import json
from datetime import datetime

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models
from django.db.models import ProtectedError
from django.forms.utils import ErrorDict
from django.template.defaultfilters import yesno
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from responses.access.keys import sha256_of
from responses.models import Conversation

# A button of this name shows the form otherwise, with all that was typed. Nothing is asked or stored.
SWITCH = "_switch"


def still_right_name(column):
    """The name of the box that says: this translation needs no change, although its English has one."""
    return f"still_right_{column}"


class _FingerprintField(forms.CharField):
    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        # Nobody has typed it.
        return False


class OrganizersForm(forms.ModelForm):
    """A form for a row that other organizers may store at the same time. It sends back which state of the row it shows.

    If that is not the stored one any more, nothing is stored: what was typed comes back, with what is stored now beside
    it. Saving once more stores what stands in the form then.
    """

    seen = _FingerprintField(required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # A new row has a key from the beginning.
        self.is_new = self.instance._state.adding
        # The row without what is typed.
        self.stored = None if self.is_new else self.instance
        if not self.is_new and not self.is_bound:
            self.initial["seen"] = self._fingerprint(self.instance)

    def full_clean(self):
        if SWITCH in self.data:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self):
        return SWITCH not in self.data and super().is_valid()

    @cached_property
    def changed_data(self):
        """With the texts that were said to be still right as they are: that is as good as typing them anew."""
        changed = super().changed_data
        columns = [each.name for each in self._meta.model._meta.fields if getattr(each, "language", "")]
        return changed + [
            each
            for each in columns
            if self.add_prefix(still_right_name(each)) in self.data
            and getattr(self.instance, each)
            and each not in changed
        ]

    def clean(self):
        cleaned = super().clean()
        seen = cleaned.get("seen")
        # Locked until everything is stored, so that no rule is asked about a state that others are changing. Nobody who
        # sends an answer has to wait, except for a conversation: which days it can have depends on the answers in it.
        rows = type(self.instance)._base_manager.select_for_update(no_key=not isinstance(self.instance, Conversation))
        self.stored = rows.filter(pk=self.instance.pk).first()
        if self.stored is None and (seen or not self.is_new):
            self.add_error(None, _("Somebody else has deleted this meanwhile, so it was not saved."))
        elif self.stored and seen and seen != (now := self._fingerprint(self.stored)):
            self._compare(now)
        return self.cleaned_data

    def _fingerprint(self, row) -> str:
        """Of what the form shows. It can undo nothing else, as which conversation is current."""
        fields = self.base_fields
        # Not by attribute: of a translated text, that would be its wording in the language of the page.
        shown = {each.name: vars(row)[each.attname] for each in row._meta.concrete_fields if each.name in fields}
        for each in row._meta.many_to_many:
            if each.name in fields:
                shown[each.name] = sorted(other.pk for other in getattr(row, each.name).all())
        return sha256_of(json.dumps(shown, default=str))

    def _compare(self, now):
        stored = {
            # No form shows fractions of a second.
            name: value.replace(microsecond=0) if isinstance(value, datetime) else value
            for name, value in forms.model_to_dict(self.stored, fields=[*self.fields]).items()
        }
        differing = [name for name, value in stored.items() if self.fields[name].has_changed(value, self[name].data)]
        if not differing:
            # Both have typed the same.
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = now
        for name in (each for each in [*self.data] if still_right_name("") in each):
            # It was said about an English that is another one now, or about other words.
            del self.data[name]
        self.add_error(
            None,
            ValidationError(
                _(
                    "Somebody else has changed this since you opened it, so it was not saved. Where your form differs "
                    "from what is stored, both are shown: compare, then save again."
                ),
                code="stored",
            ),
        )
        for name in differing:
            said = _("Stored now: %(value)s") % {"value": _shown(self.stored, name) or "—"}
            self.add_error(name, ValidationError(said, code="stored"))


class OrganizersFormSet(forms.BaseInlineFormSet):
    """Rows below the form of another row. Nobody deletes what they have not seen."""

    def clean(self):
        super().clean()
        for form in self.initial_forms:
            # Django asks nothing else of a row that is to be deleted.
            if self._should_delete_form(form) and form.has_error(NON_FIELD_ERRORS, "stored"):
                raise ValidationError(form.non_field_errors().as_data())


class StoredMeanwhile:
    """For an admin: its form is that of organizers, and two who add the same at the same moment both get an answer.

    So does whoever deletes what somebody else begins to use at this moment.
    """

    form = OrganizersForm

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.POST.get("seen") and object_id and self.get_object(request, unquote(object_id)) is None:
            # It was deleted meanwhile. What was typed comes back as if it were new, and the form refuses to be stored.
            request.POST = request.POST.copy()
            request.POST["_saveasnew"] = "yes"
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (IntegrityError, ValidationError):
            _unsay(request)
            # What was in the way is stored now, or what was chosen is gone: now the form finds it and can say so.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except (IntegrityError, ProtectedError):
            _unsay(request)
            # Now its page says what is in the way.
            return super().delete_view(request, object_id, extra_context)


def _unsay(request):
    """Some rules are asked last, when it was already said that all is done. Nothing is."""
    messages.get_messages(request)._queued_messages.clear()


def _shown(row, name) -> str:
    field = row._meta.get_field(name)
    if field.many_to_many:
        return ", ".join(str(each) for each in getattr(row, name).all())
    if isinstance(field, models.BooleanField):
        return yesno(getattr(row, name))
    value = getattr(row, f"get_{name}_display")() if field.choices else getattr(row, name)
    if isinstance(value, datetime):
        # As the form shows it.
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    return "" if value is None else str(value)
