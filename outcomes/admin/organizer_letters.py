"""Everybody's own letter about what waits at the desks: whether they want it, and in which language."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from outcomes.organizer_mail import is_organizer, is_reachable
from responses.admin.look_only import LookOnlyAdmin
from responses.models import OrganizerLetter


class OrganizerLetterForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        choices=[("", _("The language that I last used at the desks")), *settings.LANGUAGES],
        required=False,
    )

    class Meta:
        model = OrganizerLetter
        fields = ["is_wanted", "language"]
        help_texts = {
            "is_wanted": _("Once a week at most, and only if something waits that you can deal with."),
        }


@admin.register(OrganizerLetter)
class OrganizerLetterAdmin(LookOnlyAdmin):
    verbs = {"change"}
    form = OrganizerLetterForm
    fields = ["goes_to", "is_wanted", "language", "sent_on"]
    readonly_fields = ["goes_to", "sent_on"]

    def has_module_permission(self, request):
        return is_organizer(request.user)

    def has_view_permission(self, request, obj=None):
        return is_organizer(request.user)

    def has_change_permission(self, request, obj=None):
        return is_organizer(request.user)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(user=request.user)

    def get_object(self, request, object_id, from_field=None):
        """Their own, also before anything is stored. Nobody sees somebody else's."""
        if object_id != str(request.user.pk):
            return None
        letter = OrganizerLetter.objects.of(request.user)
        # Address, log and history have the id of the account: a letter that is not stored yet has none that lasts.
        letter.pk = request.user.pk
        return letter

    def changelist_view(self, request, extra_context=None):
        return redirect("admin:responses_organizerletter_change", request.user.pk)

    def save_model(self, request, letter, form, change):
        OrganizerLetter.objects.choose(request.user, **form.cleaned_data)

    @admin.display(description=_("goes to"))
    def goes_to(self, letter):
        return letter.user.email if is_reachable(letter.user) else gettext("Your account has no confirmed address.")
