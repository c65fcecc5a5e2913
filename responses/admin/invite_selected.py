"""Noting that many affiliates or regions of a list were invited to a conversation."""

from django.contrib import admin, messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from responses.forms.invite import InviteForm
from responses.models import Invitee

# As many as the page that asks first can name; well below the number of fields that Django reads.
MOST_INVITED = 500


def invited_message(invited) -> str:
    """What became of those who were invited, for the organizer."""
    return _("Invited: %(new)s. Reminded: %(reminded)s. Noted already: %(same)s.") % vars(invited)


class InvitesSelected:
    """For the admin of affiliates or regions, with the name that `invite` has for them."""

    invited_as: str

    def has_invite_permission(self, request):
        return request.user.has_perm("responses.add_invitee") and request.user.has_perm("responses.change_invitee")

    @admin.action(description=gettext_lazy("Note that the selected were invited"), permissions=["invite"])
    def invite_selected(self, request, queryset):
        """Asks first on which day, and to which conversation."""
        chosen = list(queryset[: MOST_INVITED + 1])
        if len(chosen) > MOST_INVITED:
            said = _("These are too many at once. Select %(most)s at most.") % {"most": MOST_INVITED}
            self.message_user(request, said, messages.ERROR)
            return None
        is_sent = "invited_on" in request.POST
        form = InviteForm(request.POST if is_sent else None)
        if is_sent and form.is_valid():
            invited = Invitee.objects.invite(
                form.cleaned_data["conversation"],
                by=request.user,
                on=form.cleaned_data["invited_on"],
                note=form.cleaned_data["note"],
                **{self.invited_as: chosen},
            )
            self.message_user(request, invited_message(invited), messages.SUCCESS)
            return None
        context = {**self.admin_site.each_context(request), "opts": self.opts, "form": form, "chosen": chosen}
        context["title"] = _("Who was invited?")
        return render(request, "admin/responses/invite_selected.html", context)
