"""Did we understand you? Organizers ask those behind a text, stop it, and read own words when it has closed."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from outcomes.models import Asking, Clause, Problem, Solution, Statement
from outcomes.models.asked_words import parts_of
from outcomes.models.asking import WITH_THINGS, kind_of
from outcomes.statistics import understood
from responses.admin.look_only import LookOnlyAdmin
from responses.forms.numbers import DayField
from responses.numbers_no_row_has import is_id

_MODELS = {kind_of(model): model for model in (Problem, Solution, Clause, Statement)}
# What is offered, between the fewest and the most days.
_USUAL_DAYS = 21


def _three_weeks_from_now():
    return timezone.localdate() + timedelta(days=_USUAL_DAYS)


class AskForm(forms.Form):
    closes_on = DayField(
        label=_("Last day to answer"),
        help_text=_("At least two weeks from now. A day ends when it has ended everywhere on earth."),
        initial=_three_weeks_from_now,
        error_messages={"required": _("Choose a last day.")},
    )


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("open", _("Authors can answer")), ("waits", _("To publish or to change"))]

    def queryset(self, request, queryset):
        if self.value() == "open":
            return queryset.open()
        return queryset.to_act_on() if self.value() == "waits" else queryset


@admin.register(Asking)
class AskingAdmin(LookOnlyAdmin):
    """Nobody sees here who was asked and who has answered, and no figure before the last day is over."""

    list_display = ["about", "state", "asked_on", "closes_on", "asked_by"]
    list_select_related = [*WITH_THINGS, "asked_by"]
    list_filter = [StateFilter]
    when_empty = _(
        "Nobody has been asked yet. Open a problem, a solution or a version of the statement that is not published, "
        "and choose “Ask those behind it”."
    )
    search_fields = ["problem__slug", "solution__slug", "clause__statement__version", "statement__version"]

    @admin.display(description=_("what is asked about"))
    def about(self, asking):
        return f"{asking.thing._meta.verbose_name}: {asking.thing}"

    @admin.display(description=_("state"))
    def state(self, asking):
        if asking.is_open:
            return gettext("Authors can answer")
        return gettext("Closed; published") if asking.is_published else gettext("Closed")

    def get_urls(self):
        pages = {
            "ask/<str:kind>/<int:pk>/": self.ask_view,
            "of-statement/<int:pk>/": self.of_statement_view,
            "<int:pk>/stop/": self.stop_view,
        }
        own = [
            path(
                address, self.admin_site.admin_view(view), name=f"outcomes_asking_{view.__name__.removesuffix('_view')}"
            )
            for address, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def ask_view(self, request, kind, pk):
        """Says what will happen; then asks."""
        thing = self._thing(request, kind, pk)
        if there := Asking.objects.about(thing).open().first():
            # A double click is not somebody else.
            if request.method == "POST" and there.asked_by_id != request.user.pk:
                said = _("Somebody else has asked about this meanwhile. The last day that you chose was not stored.")
                self.message_user(request, said, messages.WARNING)
            return redirect("admin:outcomes_asking_change", there.pk)
        form = AskForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._ask(request, thing, form.cleaned_data["closes_on"])
            except ValidationError as refusal:
                form.add_error(None, refusal)
        prospect, title = Asking.objects.prospect(thing), _("Ask those behind it")
        shown = {"thing": thing, "kind": kind, "parts": parts_of(thing), "form": form, "prospect": prospect}
        return self._page(request, "ask", title, **shown)

    @transaction.atomic
    def _ask(self, request, thing, closes_on):
        asking = Asking.objects.ask(thing, closes_on=closes_on, by=request.user)
        self.log_addition(request, asking, _("Asked"))
        said = _("They are asked on their own pages from now on. In an hour, mails go to those who left an address.")
        self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:outcomes_asking_change", asking.pk)

    def of_statement_view(self, request, pk):
        """What of a statement can be asked about: the whole, or one of its clauses."""
        statement = self._thing(request, "statement", pk)
        clauses = statement.clauses.order_by("position")
        return self._page(request, "of_statement", _("Ask those behind it"), statement=statement, clauses=clauses)

    def stop_view(self, request, pk):
        """Asks once; then the answers are deleted."""
        if not request.user.has_perm("outcomes.delete_asking"):
            raise PermissionDenied
        asking = Asking.objects.with_things().filter(pk=pk).first()
        if request.method != "POST" and asking and asking.is_open:
            return self._page(request, "stop", _("Stop asking?"), asking=asking)
        try:
            self._stop(request, asking or Asking(pk=pk))
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        return redirect("admin:outcomes_asking_changelist")

    @transaction.atomic
    def _stop(self, request, asking):
        asking.stop()
        self.log_change(request, asking, _("Stopped"))
        said = _("Nobody is asked any more, and the answers are deleted. The text can be changed again.")
        self.message_user(request, said, messages.SUCCESS)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What was asked, and when it has closed, what may be told of the answers."""
        asking = self.get_object(request, object_id)
        if asking is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, asking):
            raise PermissionDenied
        if request.method == "POST":
            return self._show(request, asking)
        words = self._words(request, asking)
        found = understood([asking]).get(asking.pk)
        knows = asking.asked.recused_by(request.user).exists()
        text = asking.clause.statement if asking.clause else asking.thing
        shown = {"asking": asking, "told": {"understood": found}, "words": words, "knows": knows}
        shown["form_of_text"] = reverse(f"admin:outcomes_{kind_of(text)}_change", args=[text.pk])
        return self._page(request, "look", str(asking), **shown)

    def _words(self, request, asking):
        """Own words that organizers may read: no code, no answer, no day beside them.

        Whoever has put one of the responses away reads none of them: otherwise, one that is missing would be theirs.
        """
        found = understood([asking]).get(asking.pk)
        is_readable = found is not None and found.tells_words and not asking.asked.recused_by(request.user).exists()
        return asking.asked.with_words() if is_readable else asking.asked.none()

    @transaction.atomic
    def _show(self, request, asking):
        """Let readers see some own words, or no longer."""
        if not request.user.has_perm("outcomes.change_asking"):
            raise PermissionDenied
        # Whoever leaves at this moment waits, or is waited for: nobody's words are shown that may not be read any more.
        list(Asking.objects.filter(pk=asking.pk).locked_in_order())
        words = self._words(request, asking)
        chosen, is_shown = request.POST.get("words", ""), request.POST.get("action") == "show"
        theirs = words.order_by().filter(may_be_public=True, pk=chosen if is_id(chosen) else 0)
        with transaction.atomic():
            is_done = theirs.update(is_shown=is_shown)
            if is_done:
                self.log_change(request, asking, _("Own words shown") if is_shown else _("Own words hidden"))
        if not is_done:
            self.message_user(request, _("These words cannot be shown any more."), messages.ERROR)
        return redirect("admin:outcomes_asking_change", asking.pk)

    def _thing(self, request, kind, pk):
        if not request.user.has_perm("outcomes.add_asking"):
            raise PermissionDenied
        if kind not in _MODELS:
            raise Http404("Nobody can be asked about this.")
        return get_object_or_404(_MODELS[kind], pk=pk)

    def _page(self, request, template, title, **shown):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return render(request, f"admin/outcomes/asking/{template}.html", context | shown)
