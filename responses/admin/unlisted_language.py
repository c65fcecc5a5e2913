"""An organizer puts a response under a language of the registry that its author did not find there."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from responses.forms.words import LanguageField, LanguageSelect, PortalForm, Tick
from responses.kept_log import saying
from responses.languages import UNLISTED, language_of
from responses.models import Response

from .look_only import LookOnlyAdmin
from .recusals import by_button


class RegisteredLanguageForm(PortalForm):
    language = LanguageField(
        label=_("Language in the registry"),
        widget=LanguageSelect(empty=_("Choose a language")),
        error_messages={"required": _("Choose a language."), "invalid": _("Choose a language.")},
    )
    all_of_this_name = forms.BooleanField(required=False, widget=Tick)

    def __init__(self, response, user, data=None, typed=None):
        super().__init__(data, initial=typed)
        self.rows = Response.objects.not_recused_by(user).in_unlisted_language(response.language_name)
        self.response, others = response, self.rows.count() - 1
        said = _("Also the other responses with this name: %(n)s")
        self.fields["all_of_this_name"].label = said % {"n": others}
        if not others:
            del self.fields["all_of_this_name"]

    @property
    def chosen(self):
        """The responses that a valid form is about."""
        return list(self.rows) if self.cleaned_data.get("all_of_this_name") else [self.response]


def language_form(response, user, data=None, typed=None):
    """The form on the page of a response; None if its language is listed."""
    return RegisteredLanguageForm(response, user, data, typed) if response.language == UNLISTED else None


class ListsLanguages(LookOnlyAdmin):
    """What a desk of responses needs for that: an address, and what happens there."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.language)
        return [path("<int:pk>/language/", view, name="responses_response_language"), *super().get_urls()]

    @by_button
    def language(self, request, pk):
        response = self._to_review(request, pk)
        form = language_form(response, request.user, request.POST)
        if form and not form.is_valid():
            return self._read(request, response, language_form=form)
        try:
            if not form:
                raise ValidationError(_("This cannot be done now: the response has changed since you opened it."))
            with transaction.atomic():
                self._list(request, form)
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        response.refresh_from_db()
        return self._read(request, response)

    def _list(self, request, form):
        code, seen = form.cleaned_data["language"], request.POST.get("seen", "")
        for response in form.chosen:
            # Of the others, nothing was shown but the name.
            response.list_language(code, seen=seen if response == form.response else None)
            # The code only: the log outlives a withdrawn response, and a typed name is its author's word.
            self.log_change(request, response, saying(_("Language: %(code)s"), code=code))
            name = _("Response %(code)s") % {"code": response.code}
            said = f"{name}: {language_of(code).label_in(get_language())}"
            self.message_user(request, said, messages.SUCCESS)
