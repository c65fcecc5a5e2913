"""A codebook from another program: what is in it beside what is stored, and taking over what an organizer chooses."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_http_methods

from outcomes.codebook_import import ChangedMeanwhileError, Difference, as_plain, compare, from_plain, take
from outcomes.exports.codebook_reader import LARGEST_FILE, read_codes
from outcomes.models import Problem
from responses.admin.page_forms import faults_of
from responses.admin.shown_file import ShownFile
from responses.kept_log import saying
from responses.languages.text_diff import word_changes

_RIGHTS = [f"outcomes.{verb}_{kind}" for verb in ("add", "change") for kind in ("problem", "solution")]


class CodebookFileForm(forms.Form):
    """A file, of which a preview is shown first."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A codebook (.qdc) or a small project (.qdpx) from NVivo, MAXQDA, ATLAS.ti, QualCoder or Taguette."
        ),
    )

    def clean_file(self):
        # One byte more than is allowed is read, so that a larger file is refused.
        codes = read_codes(self.cleaned_data["file"].read(LARGEST_FILE + 1))
        compare(codes)
        return codes


@dataclass(frozen=True)
class Row:
    """A code of a file as the preview shows it, with the field to choose it."""

    difference: Difference
    field: forms.BoundField

    @property
    def address(self):
        claim = self.difference.claim
        return reverse(f"admin:outcomes_{claim.kind()}_change", args=[claim.pk])

    @property
    def texts(self):
        """[(what kind of text it is, its words as they read now, its words in the file)]. Words: as `word_changes`."""
        found = []
        for each in self.difference.words:
            changes = word_changes(each.before, each.now)
            before, now = ([part for part in changes if part[0] != kind] for kind in ("new", "gone"))
            found.append((Problem._meta.get_field(each.name).verbose_name, before, now))
        return found


class ChosenForm(forms.Form):
    """What to take over of a file that was shown. The file itself comes back, as a `ShownFile`."""

    codes = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, typed=None, *, codes=None, user):
        """codes: of a file that is shown. Otherwise they are in what was typed; ValidationError if they are not."""
        shown = ShownFile(user, "codebook")
        if codes is None:
            plain, self.seen = shown.read(typed.get("codes", ""))
            codes = from_plain(plain)
        self.file, self.comparison = codes, compare(codes)
        signed = shown.signed(as_plain(codes), self.comparison.fingerprint)
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

    @property
    def new(self):
        return [Row(each, self[f"new-{each.number}"]) for each in self.comparison.new]

    @property
    def changed(self):
        return [Row(each, self[f"changed-{each.number}"]) for each in self.comparison.changed]

    def take(self, user):
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        new = {int(name[4:]): kind for name, kind in chosen.items() if name.startswith("new-")}
        changed = [int(name[8:]) for name in chosen if name.startswith("changed-")]
        return take(self.file, new=new, changed=changed, seen=self.seen, by=user)


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
            chosen = ChosenForm(codes=form.cleaned_data["file"], user=request.user) if form.is_valid() else None
        title = _("Codebook from another program")
        context = {"opts": self.opts, "title": title, "form": form, "chosen": chosen, "errors": faults_of([form])}
        context |= self.admin_site.each_context(request) | {"title": title}
        return render(request, "admin/outcomes/problem/codebook_file.html", context)

    def _chosen(self, request):
        """Take over what was chosen. The preview anew, if it would show something else now; None if all is done."""
        try:
            chosen = ChosenForm(request.POST, user=request.user)
            if chosen.is_valid():
                self._log(request, chosen.take(request.user))
                return None
        except ChangedMeanwhileError as refusal:
            self.message_user(request, refusal.message, messages.WARNING)
            return ChosenForm(codes=chosen.file, user=request.user)
        except ValidationError as refusal:
            # Something that was stored meanwhile is in the way, or the preview was not signed by us.
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return None
        return chosen

    def _log(self, request, taken):
        for each in taken:
            log = self.log_addition if each.is_new else self.log_change
            with override(None):
                texts = ", ".join(str(Problem._meta.get_field(name).verbose_name) for name in each.names)
            log(request, each.claim, saying(_("From a codebook file: %(texts)s"), texts=texts))
        n = len(taken)
        if taken:
            told = ngettext("%(n)s code was taken over.", "%(n)s codes were taken over.", n) % {"n": n}
            self.message_user(request, told, messages.SUCCESS)
        else:
            self.message_user(request, _("Nothing was chosen, so nothing was stored."), messages.WARNING)
