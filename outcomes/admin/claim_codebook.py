"""How a problem or solution is coded with: its words now and before, who has signed them off, and its marks."""

from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, override
from django.views.decorators.http import require_POST, require_safe

from outcomes.models import Evidence, Merge, SignOff
from responses.kept_log import saying
from responses.numbers_no_row_has import is_id

from .codebook import WordsThen, claims, former_slugs
from .coding_forms import SplitForm

# Marks on one page, the latest first.
PAGE_LENGTH = 50


def earlier_words(claim) -> list[WordsThen]:
    """Of all its revisions, the latest first."""
    found, later = [], claim
    for revision in claim.revisions.select_related("replaced_by"):
        then = claim.reading(revision.words)
        found.append(WordsThen(then, revision.replaced_at, later.changes_since(revision.words), revision))
        later = then
    return found


def of_claim(right):
    """For a view of one claim, which it is given as it is stored. If that is gone, also in the end: where it went.

    right: "view" or "change".
    """

    def decorate(view):
        @wraps(view)
        def at_desk(self, request, pk):
            if not getattr(self, f"has_{right}_permission")(request):
                raise PermissionDenied
            try:
                return view(self, request, self.model.objects.get(pk=pk))
            except self.model.DoesNotExist:
                return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))

        return at_desk

    return decorate


class KeepsCodebook:
    """For the admin of problems or solutions: a page of how each is coded with, and what is done there."""

    def get_urls(self):
        view, name = self.admin_site.admin_view, f"outcomes_{self.model.kind()}_{{}}".format
        return [
            path("<int:pk>/codebook/", view(require_safe(self.codebook)), name=name("codebook")),
            path("<int:pk>/sign-off/", view(require_POST(self.sign_off)), name=name("sign_off")),
            path("<int:pk>/split/", view(require_POST(self.split)), name=name("split")),
            *super().get_urls(),
        ]

    @of_claim("view")
    def codebook(self, request, claim):
        """What coders read, what they read before, and the marks that were made with it."""
        return self._codebook_page(request, claim)

    @of_claim("change")
    def sign_off(self, request, claim):
        """An organizer says: this is what we code with."""
        try:
            with transaction.atomic():
                signed = SignOff.objects.sign_off(claim, by=request.user, seen=request.POST.get("seen", ""))
                self.log_change(request, claim, saying(gettext_noop("Signed off: revision %(n)d."), n=signed.revision))
        except ValidationError as refusal:
            return self._codebook_page(request, claim, errors=[("words", each) for each in refusal.messages])
        self.message_user(request, _("Signed off. Coders see it beside the words."), messages.SUCCESS)
        return redirect(self.address_of(claim))

    @of_claim("change")
    def split(self, request, claim):
        """Marks that were ticked belong to another problem or solution."""
        form = self._split_form(request, claim)
        if form.is_valid() and self._split(request, claim, form):
            return redirect(self.address_of(claim))
        errors = [(_ANCHORS.get(name, name), each) for name, of in form.errors.items() for each in of]
        return self._codebook_page(request, claim, form, errors=errors)

    @transaction.atomic
    def _split(self, request, claim, form) -> bool:
        done = form.split(claim)
        if done is None:
            return False
        moved, stayed = done
        for mark in moved:
            self.log_change(request, mark, mark.answer.response.without_hidden_words(form.cleaned_data["reason"]))
        n = len(moved)
        into = moved[0].claim
        told = {"n": n, "claim": into.slug}
        with override(None):
            logged = ngettext("%(n)d mark moved to %(claim)s.", "%(n)d marks moved to %(claim)s.", n) % told
            came = ngettext("%(n)d mark came here from %(claim)s.", "%(n)d marks came here from %(claim)s.", n)
        self.log_change(request, claim, logged)
        # The other one has its own history, and perhaps exists only since now.
        self.log_change(request, into, came % {"n": n, "claim": claim.slug})
        said = ngettext("%(n)d mark was moved.", "%(n)d marks were moved.", n) % told
        if stayed:
            why = " ".join(dict.fromkeys(each for _mark, each in stayed))
            left = ngettext("%(n)d mark stayed here. %(why)s", "%(n)d marks stayed here. %(why)s", len(stayed))
            said = f"{said} {left % {'n': len(stayed), 'why': why}}"
        self.message_user(request, said, messages.WARNING if stayed else messages.SUCCESS)
        return True

    def _split_form(self, request, claim):
        ticked = [pk for pk in request.POST.getlist("marks") if is_id(pk)][:PAGE_LENGTH]
        there = _marks(claim, request.user).filter(pk__in=ticked).values_list("pk", flat=True)
        return SplitForm(there, _others(claim), request.POST, is_own=False)

    def _codebook_page(self, request, claim, form=None, *, errors=()):
        if request.method == "POST":
            # Somebody else may have reworded it while this was refused.
            claim = self.model.objects.get(pk=claim.pk)
        may_change = self.has_change_permission(request)
        prefetch_related_objects([claim], "signoffs__signed_by")
        marks = _one_page(request, claim) if may_change else []
        context = {
            **self.admin_site.each_context(request),
            "title": _("In the codebook"),
            "opts": self.opts,
            "claim": claim,
            "errors": errors,
            "may_change": may_change,
            "earlier": earlier_words(claim),
            "former_slugs": former_slugs(claim),
            "merges": [_merged(claim, each) for each in claim.merges.select_related("merged_by")],
            "marks": marks[:PAGE_LENGTH],
            # What was ticked is on this page of them.
            "place": f"?after={after}" if is_id(after := request.GET.get("after", "")) else "",
            "next": marks[PAGE_LENGTH - 1] if len(marks) > PAGE_LENGTH else None,
            "form": form or SplitForm([], _others(claim), is_own=False),
            "ticked": set(request.POST.getlist("marks")),
            "addresses": {name: self.address_of(claim, name) for name in ("change", "sign_off", "split", "merge")},
        }
        return render(request, "admin/outcomes/claim/codebook.html", context)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """To the one that it was merged into, from every address that it had at the desk."""
        pk = unquote(object_id)
        merge = Merge.objects.of(self.model, pk) if is_id(pk) else None
        if request.POST.get("reason", "").strip() or request.POST.get("new_title", "").strip():
            # The desks give back what was typed.
            raise Http404(merge.told if merge else "Deleted.")
        if merge is None:
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        self.message_user(request, merge.told, messages.WARNING)
        return redirect(self.address_of(merge.claim))

    def address_of(self, claim, name="codebook"):
        return reverse(f"admin:outcomes_{claim.kind()}_{name}", args=[claim.pk])


_ANCHORS = {"__all__": "marks", "claim": "id_claim", "new_title": "id_new_title", "reason": "id_reason"}


def _marks(claim, user):
    """What somebody may see of its marks, in answers that are accepted."""
    return claim.evidence.settled().not_recused_by(user).filter(answer__accepted_on__isnull=False).newest_first()


def _one_page(request, claim):
    marks = _marks(claim, request.user)
    after = request.GET.get("after", "")
    before = Evidence.objects.settled().filter(pk=after).first() if is_id(after) else None
    found = (marks.after(before) if before else marks)[: PAGE_LENGTH + 1]
    return found.select_related("answer__response", "answer__question", "problem", "solution", "coder").with_wordings()


def _others(claim):
    return [each for each in claims() if each != claim]


def _merged(claim, merge):
    """(merge, its words, [(number, until when, words)] of its revisions), the words as claims that are not stored."""
    earlier = [
        (each["number"], datetime.fromisoformat(each["at"]), claim.reading(each["words"])) for each in merge.earlier
    ]
    return merge, claim.reading(merge.words), earlier
