"""A list of the roster as a file: downloaded, changed elsewhere, shown, and stored once somebody has confirmed it."""

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from responses.exchange.csv_tables import decoded
from responses.forms.invite import TableFileForm

from .page_forms import faults_of
from .shown_file import ShownFile


class RosterFile:
    """What the pages of one file need to know."""

    name: str  # of the file, without its ending; no other list has it
    title: str
    columns: list[str]
    back: str  # the address of the list

    def written(self) -> bytes:
        raise NotImplementedError

    def plan(self, data: bytes):
        raise NotImplementedError

    def store(self, data: bytes, seen: str):
        raise NotImplementedError


class TakesFile:
    """For an admin: the two pages of a `RosterFile`. Whoever may add and change rows may read a file in."""

    def download_file(self, request, file):
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = HttpResponse(file.written(), content_type="text/csv; charset=utf-8")
        page["Content-Disposition"] = f'attachment; filename="{file.name}.csv"'
        return page

    def upload_file(self, request, file):
        """Choose a file; look at what it would change; confirm."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        shown = ShownFile(request.user, file.name)
        if request.method == "POST" and "_content" in request.POST:
            return self._confirmed(request, file, shown)
        form, plan = TableFileForm(request.POST or None, request.FILES or None), None
        if not request.FILES and (page := self._shown_again(request, file, form, shown)):
            return page
        if form.is_valid():
            try:
                data = form.cleaned_data["file"]
                plan = file.plan(data)
                return self._file_page(request, file, form, plan, shown.signed(decoded(data), plan.fingerprint))
            except ValidationError as refusal:
                form.add_error("file", refusal)
        return self._file_page(request, file, form)

    def _shown_again(self, request, file, form, shown):
        """If nothing was chosen in place of a file that is shown already: the same again, still to be stored."""
        try:
            text, _seen = shown.read(request.POST.get("_shown", ""))
            plan = file.plan(text.encode())
        except ValidationError:
            return None
        return self._file_page(request, file, form, plan, shown.signed(text, plan.fingerprint))

    def _confirmed(self, request, file, shown):
        try:
            text, seen = shown.read(request.POST["_content"])
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return self._file_page(request, file, TableFileForm())
        try:
            stored = self._stored(request, file, text.encode(), seen)
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            plan = file.plan(text.encode())
            return self._file_page(request, file, TableFileForm(), plan, shown.signed(text, plan.fingerprint))
        told = ngettext("%(n)s row stored.", "%(n)s rows stored.", stored) % {"n": stored}
        self.message_user(request, told, messages.SUCCESS)
        return redirect(file.back)

    @transaction.atomic
    def _stored(self, request, file, data, seen) -> int:
        """Store the file, and log it. How many rows; ValidationError if it cannot be stored any more."""
        try:
            with transaction.atomic():
                plan = file.store(data, seen)
        except IntegrityError:
            # Somebody has added the same at this very moment: now a plan would have it.
            raise ValidationError(_("Somebody else has changed the roster just now. Look at it again.")) from None
        self._log(request, plan)
        return len(plan.stored)

    def _log(self, request, plan):
        said = gettext_noop("From a file")
        for flag, changes in ((ADDITION, plan.new), (CHANGE, plan.changed)):
            LogEntry.objects.log_actions(request.user.pk, [each.row for each in changes], flag, said)

    def _file_page(self, request, file, form, plan=None, signed=""):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": file.title, "file": file}
        context |= {"form": form, "plan": plan, "signed": signed, "errors": faults_of([form])}
        return render(request, "admin/responses/roster_file.html", context)
