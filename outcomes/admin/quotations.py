"""Quoting marked passages beside the clauses of the statement."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils import formats
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from outcomes.models import Clause, Evidence, Quotation
from responses.admin.long_list import LongList
from responses.admin.look_only import LookOnlyAdmin
from responses.admin.recusals import NotRecused
from responses.kept_log import saying
from responses.numbers_no_row_has import is_id


class QuoteForm(forms.ModelForm):
    """A clause for a passage that readers can see."""

    class Meta:
        model = Quotation
        fields = ["evidence", "clause"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if not self.fields:
            # To look at only: a quotation is made or deleted, never changed.
            return
        self.fields["evidence"].queryset = Evidence.objects.published()
        self.fields["evidence"].widget = forms.HiddenInput()
        self.fields["clause"].queryset = Clause.objects.select_related("statement").order_by("position")
        self.fields["clause"].label_from_instance = lambda clause: f"{clause}: {clause.text[:100]}"

    def clean(self):
        super().clean()
        if self.cleaned_data.keys() >= {"clause", "evidence"}:
            Quotation.objects.check_quotable(self.cleaned_data["clause"], self.cleaned_data["evidence"])
        return self.cleaned_data


def _passage(evidence):
    """What stands above the form, for its template."""
    return {"evidence": evidence, "objections": evidence.answer.objections.all()}


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("refused", _("The author objects: it is not shown."))]

    def queryset(self, request, queryset):
        return queryset.objected() if self.value() == "refused" else queryset


@admin.register(Quotation)
class QuotationAdmin(NotRecused, LongList, LookOnlyAdmin):
    """Passages that were chosen to be quoted, and what their authors say."""

    verbs = {"add", "delete"}

    form = QuoteForm
    list_display = ["code", "clause", "state", "objection", "quoted_by", "quoted_at"]
    list_select_related = ["clause__statement", "evidence__answer__response", "quoted_by"]
    list_prefetch_related = ("evidence__answer__question", "evidence__problem", "evidence__solution")
    list_filter = [StateFilter]
    ordering = ["-quoted_at", "-pk"]

    def get_ordering(self, request):
        """What authors object to, the oldest first: as an index has it."""
        is_refused = request.GET.get(StateFilter.parameter_name) == "refused"
        return ["objected_on", "pk"] if is_refused else self.ordering

    @admin.display(description=_("response"))
    def code(self, quotation):
        return quotation.evidence.answer.response.code

    @admin.display(description=_("state"))
    def state(self, quotation):
        if quotation.is_objected_to:
            return gettext("The author objects: it is not shown.")
        if quotation.is_public:
            return gettext("Public")
        if quotation.public_on is None:
            return gettext("Waits until its author agrees")
        return gettext("Public on %(day)s, unless its author objects") % {
            "day": formats.date_format(quotation.public_on)
        }

    def get_model_perms(self, request):
        """In the menu without "Add": a passage is quoted from the coding desk."""
        return super().get_model_perms(request) | {"add": False}

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"has_add_permission": False} | (extra_context or {}))

    def add_view(self, request, form_url="", extra_context=None):
        """The form to quote a marked passage. Without a passage, leads to the coding desk to choose one."""
        chosen = request.POST.get("evidence") or request.GET.get("evidence", "")
        readable = Evidence.objects.published().not_recused_by(request.user)
        readable = readable.select_related("answer__response", "translation", "problem", "solution")
        evidence = readable.filter(pk=chosen).first() if is_id(chosen) else None
        if evidence is None:
            if chosen:
                gone = gettext("This passage was edited away; it cannot be quoted.")
                self.message_user(request, gone, messages.ERROR)
            else:
                self.message_user(request, gettext("Choose a marked passage first, and quote it from there."))
            return redirect("admin:outcomes_answertocode_changelist")
        return super().add_view(request, form_url, _passage(evidence))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        quotation = self.get_object(request, object_id)
        shown = _passage(quotation.evidence) if quotation else {}
        return super().change_view(request, object_id, form_url, shown | (extra_context or {}))

    def get_changeform_initial_data(self, request):
        return {"evidence": request.GET.get("evidence", "")}

    def log_deletions(self, request, queryset):
        """Also where the clause has its history: nothing else says there what was quoted once."""
        for each in queryset:
            said = saying(gettext_noop("Quotation taken back: %(answer)s"), answer=each.evidence.answer)
            self.log_change(request, each.clause, said)
        return super().log_deletions(request, queryset)

    def save_model(self, request, obj, form, change):
        made = Quotation.objects.quote(obj.clause, obj.evidence, by=request.user)
        obj.pk, obj.public_on = made.pk, made.public_on
