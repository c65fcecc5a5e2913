"""A codebook from another program: what is in it beside what is stored, and taking over what an organizer chooses."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_http_methods

from outcomes.codebook_import import (
    ChangedMeanwhileError,
    Comparison,
    Difference,
    RefusedError,
    compare,
    take,
)
from outcomes.exports.codebook_reader import LARGEST_FILE, as_plain, from_plain, read_codes
from outcomes.models import Problem
from responses.admin.page_forms import faults_of
from responses.admin.shown_file import ShownFile
from responses.kept_log import saying
from responses.languages.text_diff import TextChange
from responses.organizer_texts import SOURCE

_RIGHTS = [f"outcomes.{verb}_{kind}" for verb in ("add", "change") for kind in ("problem", "solution")]


class CodebookFileForm(forms.Form):
    """A file, of which a preview is shown first."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A codebook (.qdc) or a small project (.qdpx) from NVivo, MAXQDA, ATLAS.ti, QualCoder or Taguette."
        ),
        error_messages={"required": _("Choose a file.")},
    )

    def clean_file(self):
        # One byte more than is allowed is read, so that a larger file is refused.
        codes = read_codes(self.cleaned_data["file"].read(LARGEST_FILE + 1))
        return codes, compare(codes)


@dataclass(frozen=True)
class Row:
    """A code of a file as the preview shows it, with the field to choose it."""

    difference: Difference
    field: forms.BoundField
    # How many of them the preview shows.
    of: int

    @property
    def address(self):
        claim = self.difference.claim
        return reverse(f"admin:outcomes_{claim.kind()}_change", args=[claim.pk])

    @property
    def texts(self):
        """[(what kind of text it is, its words as they read now and in the file)]."""
        return [
            (
                Problem._meta.get_field(each.name).verbose_name,
                TextChange.between(SOURCE, each.before, each.now, of=self.of),
            )
            for each in self.difference.words
        ]


class ChosenForm(forms.Form):
    """What to take over of a file that was shown. The file itself comes back, as a `ShownFile`."""

    codes = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, file, comparison: Comparison, typed=None, *, user, seen="", kept=None):
        """seen: the fingerprint of the preview that was shown. kept: what was chosen in one that was shown before."""
        self.file, self.comparison, self.seen, self.user = file, comparison, seen, user
        signed = _shown_to(user).signed(as_plain(file), comparison.fingerprint)
        super().__init__(typed, initial={"codes": signed}, auto_id="%s")
        for each in self.comparison.new:
            self.fields[f"new-{each.number}"] = forms.ChoiceField(
                label=each.name,
                choices=[("", _("Leave it out")), ("problem", _("A new problem")), ("solution", _("A new solution"))],
                initial=each.kind,
                required=False,
                widget=forms.Select(attrs={"aria-labelledby": f"name-{each.number}"}),
            )
        for each in self.comparison.changed:
            self.fields[f"changed-{each.number}"] = forms.BooleanField(
                label=_("Take these words"),
                required=False,
                widget=forms.CheckboxInput(attrs={"aria-describedby": f"name-{each.number}"}),
            )
        for name, value in (kept or {}).items():
            self.fields[name].initial = value

    @property
    def length(self) -> int:
        return len(self.comparison.new) + len(self.comparison.changed)

    @property
    def new(self):
        return [Row(each, self[f"new-{each.number}"], self.length) for each in self.comparison.new]

    @property
    def changed(self):
        return [Row(each, self[f"changed-{each.number}"], self.length) for each in self.comparison.changed]

    def take(self):
        """What was taken over. Of what cannot be, the reasons are among the errors."""
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        new = {int(name[4:]): kind for name, kind in chosen.items() if name.startswith("new-")}
        changed = [int(name[8:]) for name in chosen if name.startswith("changed-")]
        try:
            taken = take(self.file, new=new, changed=changed, seen=self.seen, by=self.user)
        except RefusedError as refusal:
            for number, why in refusal.refused.items():
                self.add_error(f"changed-{number}", why)
            return []
        if not taken:
            self.add_error(None, _("Nothing is chosen yet."))
        return taken

    def anew(self):
        """As the preview looks now. What was chosen stays where it still shows the same."""
        comparison = compare(self.file)
        seen = set(self.seen.split())
        rows = [("new", each) for each in comparison.new] + [("changed", each) for each in comparison.changed]
        same = {f"{name}-{each.number}" for name, each in rows if each.fingerprint in seen}
        kept = {name: self.data.get(name) for name in same}
        return ChosenForm(self.file, comparison, user=self.user, kept=kept)


def _shown_to(user):
    return ShownFile(user, "codebook")


class LeadsToCodebookFiles:
    """For the list of problems, and for that of solutions: a link to the page, for whoever may use it."""

    change_list_template = "admin/outcomes/claims.html"

    def changelist_view(self, request, extra_context=None):
        told = {"may_take_codebook_files": request.user.has_perms(_RIGHTS)}
        return super().changelist_view(request, told | (extra_context or {}))


class TakesCodebookFiles:
    """For the admin of problems: an address where codebooks of other programs are uploaded, for solutions too."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.codebook_file))
        return [path("codebook-file/", view, name="outcomes_problem_codebook_file"), *super().get_urls()]

    def codebook_file(self, request):
        if not request.user.has_perms(_RIGHTS):
            raise PermissionDenied
        form, chosen = CodebookFileForm(), None
        if request.method == "POST" and "codes" in request.POST:
            chosen = self._chosen(request)
            if chosen is None:
                return redirect("admin:outcomes_problem_codebook_file")
        elif request.method == "POST":
            form = CodebookFileForm(request.POST, request.FILES)
            chosen = ChosenForm(*form.cleaned_data["file"], user=request.user) if form.is_valid() else None
        title, errors = _("Codebook from another program"), faults_of([chosen or form])
        context = {"opts": self.opts, "title": title, "form": form, "chosen": chosen, "errors": errors}
        context |= self.admin_site.each_context(request) | {"title": title}
        return render(request, "admin/outcomes/problem/codebook_file.html", context)

    def _chosen(self, request):
        """Take over what was chosen. The preview if something is in the way; None if all is done, or cannot be."""
        try:
            plain, seen = _shown_to(request.user).read(request.POST.get("codes", ""))
            file = from_plain(plain)
            chosen = ChosenForm(file, compare(file), request.POST, user=request.user, seen=seen)
            return self._taken(request, chosen)
        except ValidationError as refusal:
            # Something that was stored meanwhile is in the way, or the preview was not signed by us.
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return None

    def _taken(self, request, chosen):
        try:
            taken = self._take(request, chosen) if chosen.is_valid() else []
        except ChangedMeanwhileError as refusal:
            self.message_user(request, refusal.message, messages.WARNING)
            return chosen.anew()
        if not taken:
            return chosen
        n = len(taken)
        told = ngettext("%(n)s code was taken over.", "%(n)s codes were taken over.", n) % {"n": n}
        self.message_user(request, told, messages.SUCCESS)
        return None

    @transaction.atomic
    def _take(self, request, chosen):
        taken = chosen.take()
        self._log(request, taken)
        return taken

    def _log(self, request, taken):
        for each in taken:
            log = self.log_addition if each.is_new else self.log_change
            with override(None):
                texts = ", ".join(str(Problem._meta.get_field(name).verbose_name) for name in each.names)
            log(request, each.claim, saying(_("From a codebook file: %(texts)s"), texts=texts))
