"""The desk for the statement: a new version, as readers will see it, what it changes, and its publication."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from outcomes.models import Asking, OvertakenError, Quotation, Statement
from outcomes.statement_changes import changes
from outcomes.views.statement import for_page, with_clauses
from responses.admin.page_forms import faults_of
from responses.languages import language_of
from responses.organizer_texts import OTHERS, SOURCE

from .statement_forms import BeginForm, BehindForm, CarryOverForm, PublishForm

FORM = require_http_methods(["GET", "HEAD", "POST"])


class StatementDesk:
    """For the admin of the statement: an address for each thing that is done with a version as a whole."""

    change_form_template = "admin/outcomes/statement/change_form.html"

    def get_urls(self):
        views = {
            "begin": FORM(self.begin),
            "preview": require_http_methods(["GET", "HEAD"])(self.preview),
            "compare": require_http_methods(["GET", "HEAD"])(self.compare),
            "publish": FORM(self.publish),
            "behind": FORM(self.behind),
            "carry_over": FORM(self.carry_over),
            "take_back": require_POST(self.take_back),
            "follow": require_POST(self.follow),
        }
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"outcomes_statement_{name}")
            for name, view in views.items()
        ]
        return own + super().get_urls()

    def begin(self, request, pk):
        """Asks for the name of a new version, and makes it as a copy of this one."""
        earlier = self._version(request, pk)
        form = BeginForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                draft = Statement.objects.begin(earlier, form.cleaned_data["version"], by=request.user)
            except ValidationError as refusal:
                form.add_error("version", refusal)
            else:
                self.message_user(request, _("The new version is a draft: only organizers see it."), messages.SUCCESS)
                return redirect("admin:outcomes_statement_change", draft.pk)
        return self._page(request, "begin", earlier, _("Begin a new version"), form=form)

    def preview(self, request, pk):
        """The page of a version as readers will see it, in any language of the interface. It is never public."""
        draft = self._version(request, pk)
        if draft.is_published:
            return redirect(draft)
        language = request.GET.get("language") or get_language()
        if language not in (SOURCE, *OTHERS):
            language = SOURCE
        with override(language):
            quotations = Quotation.objects.ready().not_recused_by(request.user)
            shown = for_page(with_clauses(Statement.objects.filter(pk=pk), quotations).get())
            shown["responses_behind"] = shown["responses_behind"].not_recused_by(request.user)
            shown["languages"] = [language_of(code) for code in (SOURCE, *OTHERS)]
            page = render(request, "admin/outcomes/statement/preview.html", shown)
        page.headers["X-Robots-Tag"] = "noindex"
        return page

    def compare(self, request, pk):
        """A version beside the one that it was made from, or beside any other that is published."""
        version = self._version(request, pk)
        others = Statement.objects.published().exclude(pk=pk).newest_first()
        chosen = request.GET.get("with", "")
        other = get_object_or_404(others, version=chosen) if chosen else version.made_from or others.first()
        shown = {"others": others, "other": other}
        if other:
            # The later one is on the side of the later ones.
            is_earlier = version.is_published and version.published_at < other.published_at
            pair = (version, other) if is_earlier else (other, version)
            shown["changes"] = changes(*pair, get_language())
        return self._page(request, "compare", version, _("Compare clause by clause"), **shown)

    def publish(self, request, pk):
        """Says what is still missing, and publishes a draft: now, or at a moment that is chosen here."""
        draft = self._version(request, pk)
        if draft.is_fixed:
            return redirect("admin:outcomes_statement_change", pk)
        form = PublishForm(request.POST if request.method == "POST" else None)
        overtaken = None
        if form.is_valid():
            try:
                draft.publish(at=form.moment, by=request.user)
            except OvertakenError as refusal:
                overtaken = refusal.latest
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                planned = _("Its day is set. Until then, only organizers see it.")
                said = _("It is published.") if draft.is_published else planned
                self.message_user(request, said, messages.SUCCESS)
                return redirect("admin:outcomes_statement_change", pk)
        shown = {"form": form, "overtaken": overtaken, "lacks": [] if form.is_bound else _lacks(draft)}
        return self._page(request, "publish", draft, _("Publish this version"), **shown)

    def take_back(self, request, pk):
        """A planned publication does not happen. Pressing the button too late changes nothing."""
        version = self._version(request, pk)
        return self._done(request, pk, _("It is a draft again."), lambda: version.take_back(by=request.user))

    def follow(self, request, pk):
        """The draft is made from the version that was published meanwhile, which its organizer has compared."""
        draft = self._version(request, pk)
        latest = get_object_or_404(Statement.objects.published(), version=request.POST.get("latest", ""))
        said = _("It is made from version %(version)s now.") % {"version": latest}
        return self._done(request, pk, said, lambda: draft.follow(latest, by=request.user))

    def behind(self, request, pk):
        """Which problems, solutions and responses led to a version."""
        with transaction.atomic():
            version = self._version(request, pk)
            form = BehindForm(request.POST if request.method == "POST" else None, instance=version, user=request.user)
            if form.is_valid():
                form.save()
                self.log_change(request, version, _("What led to it was changed"))
                self.message_user(request, _("What led to it is stored."), messages.SUCCESS)
                return redirect("admin:outcomes_statement_change", pk)
        return self._page(request, "behind", version, _("What led to it"), form=form)

    def carry_over(self, request, pk):
        """Quotations beside the clauses of the earlier version: those that are ticked are quoted here too."""
        version = self._version(request, pk)
        left = Quotation.objects.left_behind_by(version).not_recused_by(request.user)
        left = left.select_related("clause", "evidence__answer__response", "evidence__translation")
        left = left.order_by("clause__position", "quoted_at", "pk")
        form = CarryOverForm(request.POST if request.method == "POST" else None, left_behind=left)
        if form.is_valid():
            self._carry_over(request, version, form.cleaned_data["quotations"])
            return redirect("admin:outcomes_statement_carry_over", pk)
        new = {each.earlier_id: each for each in version.clauses.select_related("earlier")}
        # Without those of clauses that follow others meanwhile.
        shown = [(each, new[each.clause_id]) for each in left if each.clause_id in new]
        shown = [(each, clause, each.clause.says() == clause.says()) for each, clause in shown]
        return self._page(request, "carry_over", version, _("Quotations of the earlier version"), form=form, left=shown)

    def _carry_over(self, request, version, chosen):
        clauses = {each.earlier_id: each for each in version.clauses.select_related("statement")}
        carried = 0
        for each in chosen:
            try:
                with transaction.atomic():
                    self.log_addition(request, each.carry_over(clauses.get(each.clause_id), by=request.user), "")
                    carried += 1
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        if carried:
            said = ngettext("%(n)s author is asked.", "%(n)s authors are asked.", carried) % {"n": carried}
            self.message_user(request, said, messages.SUCCESS)

    def _version(self, request, pk):
        version = get_object_or_404(Statement.objects.select_related("made_from"), pk=pk)
        if not self.has_change_permission(request, version):
            raise PermissionDenied
        return version

    def _done(self, request, pk, said, verb):
        try:
            verb()
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        else:
            self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:outcomes_statement_change", pk)

    def _page(self, request, name, version, title, **shown):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "version": version}
        context["errors"] = faults_of([shown["form"]]) if "form" in shown else []
        return render(request, f"admin/outcomes/statement/{name}.html", context | shown)


def _lacks(draft):
    """What stands in the way of publishing it now."""
    lacks, now = [], timezone.now()
    for check in (lambda: draft.check_ready(now), lambda: Asking.objects.check_publishable(draft, now)):
        try:
            check()
        except ValidationError as refusal:
            lacks += refusal.messages
    return lacks
