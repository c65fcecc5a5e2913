"""A reviewer cannot read a response, and asks for a translation that only reviewers see."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from responses import machine_translation
from responses.forms.words import PortalForm, Tick
from responses.kept_log import saying
from responses.languages import UNLISTED, choices, language_of
from responses.models import KnownLanguage, ReadingRequest, Response
from responses.models.reading_aid import may_be_read_by_translators

from .look_only import LookOnlyAdmin
from .recusals import by_button


class ReadingRequestForm(PortalForm):
    """Into which of the languages that the reviewer reads; of all interface languages, if they have told none."""

    into = forms.ChoiceField(label=_("Into"), error_messages={"invalid_choice": _("Choose a language.")})
    by_machine = forms.BooleanField(
        required=False, widget=Tick, label=_("Ask our own machine too. If it is quicker, its translation will do.")
    )

    def __init__(self, response, user, data=None, typed=None):
        super().__init__(data, initial=typed)
        read = KnownLanguage.objects.filter(user=user, reads=True).values_list("language", flat=True)
        offered = [language_of(code) for code in read or dict(settings.LANGUAGES) if code != response.language]
        self.fields["into"].choices = choices(get_language(), offered)
        self.fields["into"].initial = get_language()
        if response.language == UNLISTED or not machine_translation.may_have_unread_words():
            del self.fields["by_machine"]

    @property
    def is_begun(self):
        """Whether somebody has chosen something in it: the page shows it open then."""
        return any(self[name].value() != self.fields[name].initial for name in self.fields if name in self.initial)


def reading_form(response, user, data=None, typed=None):
    """The form on the page of a response; None if it may not be translated for reviewers."""
    if not Response.objects.filter(may_be_read_by_translators(), pk=response.pk).exists():
        return None
    form = ReadingRequestForm(response, user, data, typed)
    return form if form.fields["into"].choices else None


def asked_to_read(response):
    """For the page of a response: the translations that were asked for."""
    asked = list(response.reading_requests.select_related("requested_by"))
    waiting = set(ReadingRequest.objects.waiting().filter(response=response)) if asked else set()
    return [(each, language_of(each.language), each in waiting) for each in asked]


class AsksForReading(LookOnlyAdmin):
    """What a desk of responses needs for that: an address, and what happens there."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.ask_for_reading)
        return [path("<int:pk>/for-reviewers/", view, name="responses_response_ask_for_reading"), *super().get_urls()]

    @by_button
    def ask_for_reading(self, request, pk):
        response = self._to_review(request, pk)
        form = ReadingRequestForm(response, request.user, request.POST)
        try:
            if not form.is_valid():
                raise ValidationError([fault for faults in form.errors.values() for fault in faults])
            by_machine = form.cleaned_data.get("by_machine", False)
            with transaction.atomic():
                asked = ReadingRequest.objects.ask(
                    response, form.cleaned_data["into"], by=request.user, by_machine=by_machine
                )
                self.log_change(request, response, f"{saying(asked._meta.verbose_name)}: {asked.language}")
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), "ERROR")
            response.refresh_from_db()
        else:
            request.POST = request.POST.copy()
            for name in form.fields:
                request.POST.pop(name, None)
            self.message_user(request, _("Asked. The translation will stand here, for reviewers only."), "SUCCESS")
        return self._read(request, response)
