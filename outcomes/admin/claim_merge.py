"""Two problems, or two solutions, that mean the same become one: organizers see first what would move."""

from django import forms
from django.contrib import messages
from django.contrib.admin.models import DELETION, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from outcomes.models import Merge
from outcomes.models.evidence import BECAME_ONE
from outcomes.models.merge import both
from responses.kept_log import saying

from .claim_codebook import of_claim
from .codebook import claims
from .coding_forms import title_of, why_gone


class MergeForm(forms.Form):
    """The claim that another one is merged into."""

    into = forms.CharField(
        label=gettext_lazy("Into which one"),
        error_messages={"required": gettext_lazy("Choose the one that stays.")},
    )

    def __init__(self, gone, *args, **options):
        super().__init__(*args, **options)
        self.gone = gone
        offered = [(each.key, title_of(each)) for each in type(gone).objects.all() if each != gone]
        self.fields["into"].widget = forms.Select(choices=[("", "---------"), *offered])

    def clean_into(self):
        found = next((each for each in claims() if each.key == self.cleaned_data["into"]), None)
        if found is None:
            raise ValidationError(why_gone(self.cleaned_data["into"]))
        Merge.objects.check_mergeable(self.gone, found)
        return found


class MergesClaims:
    """For the admin of problems or solutions."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.merge))
        return [path("<int:pk>/merge/", view, name=f"outcomes_{self.model.kind()}_merge"), *super().get_urls()]

    @of_claim("change")
    def merge(self, request, gone):
        """First choose the one that stays; then read what moves; then press the button."""
        form = MergeForm(gone, request.POST or (request.GET if "into" in request.GET else None))
        if request.method == "POST" and form.is_valid() and (merge := self._merge(request, gone, form)):
            self.message_user(request, _("Merged. Its marks and its addresses lead to this one."), messages.SUCCESS)
            return redirect(self.address_of(merge.claim))
        return self._merge_page(request, gone, form)

    def _merge(self, request, gone, form):
        into = form.cleaned_data["into"]
        try:
            with transaction.atomic():
                merge = Merge.objects.merge(gone, into, by=request.user, seen=request.POST.get("seen", ""))
                _log(request, gone, merge)
                self.log_change(request, into, saying(gettext_lazy("%(claim)s was merged into it."), claim=gone.slug))
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return None
        return merge

    def _merge_page(self, request, gone, form):
        into = form.cleaned_data.get("into") if form.is_bound and (form.is_valid() or form.cleaned_data) else None
        # Somebody else may have reworded them while they were to be merged.
        gone = self.model.objects.get(pk=gone.pk)
        into = into and self.model.objects.filter(pk=into.pk).first()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge with another one"),
            "opts": self.opts,
            "claim": gone,
            "into": into,
            "form": form,
            "moves": Merge.objects.moves(gone) if into else None,
            "seen": both(gone, into) if into else "",
            "errors": [("id_into", each) for of in form.errors.values() for each in of],
            "back": self.address_of(gone),
        }
        return render(request, "admin/outcomes/claim/merge.html", context)


def _log(request, gone, merge):
    """What is not there any more, and where it went."""
    why = saying(gettext_lazy("Merged into %(claim)s."), claim=merge.claim.slug)
    LogEntry.objects.log_actions(request.user.pk, [gone], DELETION, change_message=why, single_object=True)
    for mark in merge.became_one:
        LogEntry.objects.log_actions(request.user.pk, [mark], DELETION, change_message=BECAME_ONE, single_object=True)
