"""A list of the roster as a file: downloaded, changed elsewhere, shown, and stored once somebody has confirmed it."""

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from responses.forms.invite import ShownFile, TableFileForm

from .page_forms import faults_of


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
        form, plan, signed = TableFileForm(request.POST or None, request.FILES or None), None, ""
        if form.is_valid():
            try:
                plan = file.plan(form.cleaned_data["file"])
                signed = shown.signed(form.cleaned_data["file"], plan.fingerprint)
            except ValidationError as refusal:
                form.add_error("file", refusal)
        return self._file_page(request, file, form, plan, signed)

    def _confirmed(self, request, file, shown):
        form = TableFileForm()
        try:
            data, seen = shown.read(request.POST["_content"])
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return self._file_page(request, file, form, None, "")
        try:
            with transaction.atomic():
                plan = file.store(data, seen)
                self._log(request, plan)
        except (ValidationError, IntegrityError) as refusal:
            # Somebody may have added the same at this very moment: now the plan has it.
            said = getattr(refusal, "messages", [_("Somebody else has changed the roster just now. Look at it again.")])
            messages.error(request, " ".join(said))
            plan = file.plan(data)
            return self._file_page(request, file, form, plan, shown.signed(data, plan.fingerprint))
        stored = len(plan.stored)
        messages.success(request, ngettext("%(n)s row stored.", "%(n)s rows stored.", stored) % {"n": stored})
        return redirect(file.back)

    def _log(self, request, plan):
        for flag, changes in ((ADDITION, plan.new), (CHANGE, plan.changed)):
            rows = [each.row for each in changes]
            LogEntry.objects.log_actions(request.user.pk, rows, flag, _("From a file")) if rows else None

    def _file_page(self, request, file, form, plan, signed):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": file.title, "file": file}
        context |= {"form": form, "plan": plan, "signed": signed, "errors": faults_of([form])}
        return render(request, "admin/responses/roster_file.html", context)
