"""The gatherings that were announced: how many have answered, closing them, the link for sheets that arrive late."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from responses.forms.numbers import DayField
from responses.kept_log import saying
from responses.models import Gathering, Response

from .long_list import LongList
from .look_only import LookOnlyAdmin
from .review_list import ConversationFilter


class LateSheetsForm(forms.Form):
    until = DayField(
        label=_("Last day on which they can be typed in"),
        help_text=_("A day ends when it has ended everywhere on earth: at noon (UTC) of the next day."),
        error_messages={"required": _("Choose a day.")},
    )


@admin.register(Gathering)
class GatheringAdmin(LongList, LookOnlyAdmin):
    # None is deleted, because responses belong to it; closing it is enough.
    verbs = {"change"}
    list_display = [
        "code",
        "title",
        "conversation",
        "affiliate",
        "held_on",
        "place",
        "answered",
        "people",
        "closed_on",
        "late_until",
    ]
    list_filter = [("conversation", ConversationFilter)]
    list_select_related = ["affiliate", "conversation"]
    ordering = ["-held_on", "code"]
    search_help_text = _("Its code, or a part of its title.")
    actions = ["close_selected"]

    def get_queryset(self, request):
        given = Response.objects.not_withdrawn().filter(gathering=OuterRef("pk")).order_by()
        counted = given.values("gathering").annotate(n=Count("pk"), people=Sum("people"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                number_of_responses=Subquery(counted.values("n")), number_of_people=Subquery(counted.values("people"))
            )
        )

    def get_search_results(self, request, queryset, search_term):
        typed = search_term.strip()
        if typed and (known := queryset.filter(code=typed)).exists():
            return known, False
        return queryset.filter(title__icontains=typed) if typed else queryset, False

    @admin.display(description=_("responses"))
    def answered(self, gathering):
        return gathering.number_of_responses or 0

    @admin.display(description=_("people"))
    def people(self, gathering):
        return gathering.number_of_people or 0

    @admin.action(description=_("Close the selected invitations"), permissions=["change"])
    def close_selected(self, request, queryset):
        closed = 0
        # All or, after a crash, none.
        with transaction.atomic():
            for gathering in queryset.open():
                gathering.close()
                self.log_change(request, gathering, _("Closed"))
                closed += 1
        said = ngettext("%(n)s invitation closed.", "%(n)s invitations closed.", closed)
        self.message_user(request, said % {"n": closed})

    def get_urls(self):
        verbs = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(require_POST(verb)),
                name=f"responses_gathering_{name}",
            )
            for name, verb in (("take_late_sheets", self.take_late_sheets), ("end_late_sheets", self.end_late_sheets))
        ]
        return verbs + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Its facts, which nobody changes here, and the form that makes a link for late sheets."""
        gathering = self.get_object(request, object_id)
        if gathering is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, gathering):
            raise PermissionDenied
        return self._read(request, gathering, LateSheetsForm())

    def _read(self, request, gathering, form, link=""):
        context = {
            **self.admin_site.each_context(request),
            "title": gathering.code,
            "opts": self.opts,
            "gathering": gathering,
            "may_change": self.has_change_permission(request),
            "form": form,
            "link": link,
        }
        return render(request, "admin/responses/gathering/read.html", context)

    def take_late_sheets(self, request, pk):
        """Make the link, and show it in the answer to this very post: its key is stored nowhere for another page."""
        gathering = self._to_change(request, pk)
        form = LateSheetsForm(request.POST)
        if not form.is_valid():
            return self._read(request, gathering, form)
        try:
            with transaction.atomic():
                key = None
                if "keep" in request.POST and gathering.late_key_hash:
                    gathering.move_late_day(form.cleaned_data["until"])
                    said = _("Link for late sheets kept, until %(day)s")
                else:
                    key = gathering.take_late_sheets(form.cleaned_data["until"])
                    said = _("Link for late sheets made, until %(day)s")
                self.log_change(request, gathering, saying(said, day=str(gathering.late_until)))
        except ValidationError as refusal:
            form.add_error("until", refusal)
            return self._read(request, gathering, form)
        if key is None:
            self.message_user(request, said % {"day": gathering.late_until}, messages.SUCCESS)
            return redirect("admin:responses_gathering_change", pk)
        link = request.build_absolute_uri(reverse("respond_late", args=[key]))
        return self._read(request, gathering, LateSheetsForm(), link)

    def end_late_sheets(self, request, pk):
        """End the link now. Pressing the button once more changes nothing."""
        gathering = self._to_change(request, pk)
        if gathering.late_until:
            with transaction.atomic():
                gathering.end_late_sheets()
                self.log_change(request, gathering, _("Link for late sheets ended"))
        self.message_user(request, _("The link for late sheets has ended."), messages.SUCCESS)
        return redirect("admin:responses_gathering_change", pk)

    def _to_change(self, request, pk):
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Gathering.objects.select_related("conversation", "affiliate"), pk=pk)
