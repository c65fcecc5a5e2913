"""“I know this person”: what an organizer has put away is at none of their desks, and somebody else takes it."""

from functools import wraps

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.text import capfirst, normalize_newlines
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from responses.access.reviewers import reviewers
from responses.models import Recusal, Response

from .long_list import LongList
from .look_only import LookOnlyAdmin

CHANGED_BY_AUTHOR = _("The author of this answer has changed or withdrawn it.")
NOT_THEIRS = _("Your account does not have this task any more.")


class NotRecused:
    """For the admin of any row that belongs to a response: it has no row of a response that the user has put away."""

    def get_queryset(self, request):
        return super().get_queryset(request).not_recused_by(request.user)


class NamesNotRecused:
    """For rows that responses hang on: the page that asks before it deletes one names no response that was put away.

    Nor does it say what the owner of an account has put away: whoever deletes it may be the author.
    """

    def codes_not_named(self, request) -> set[str]:
        return Recusal.objects.codes_of(request.user)

    def get_deleted_objects(self, objs, request):
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        codes = self.codes_not_named(request)
        counts.pop(Recusal._meta.verbose_name_plural, None)
        lacking.discard(Recusal._meta.verbose_name)
        return _without(codes, _without_recusals(to_delete)), counts, lacking, _without(codes, protected)


def _without_recusals(named):
    # As the admin names a row, with a link or without.
    recusal = f"{capfirst(Recusal._meta.verbose_name)}: "
    return [
        _without_recusals(each) if isinstance(each, list) else each
        for each in named
        if isinstance(each, list) or not str(each).startswith(recusal)
    ]


def _without(codes, named):
    """Names of rows, and lists of such names, with a dash for each that has one of these codes in it."""
    # Not left out: if nothing seemed to be in the way of deleting, it would be tried, and fail.
    return [
        _without(codes, each) if isinstance(each, list) else "—" if any(code in str(each) for code in codes) else each
        for each in named
    ]


def gives_words_back(view):
    """For an address of a row at a desk: if the row is there no more, what was typed comes back with the reason."""

    @wraps(view)
    def guarded(desk, request, pk):
        try:
            return view(desk, request, pk)
        except Http404:
            if page := desk.words_back(request, desk.has_put_away(request, pk)):
                return page
            raise

    return guarded


def by_button(view):
    """For an address of a verb: whoever opens it by a link, or once more, gets the page of the row."""

    @wraps(view)
    def pressed(desk, request, pk):
        if request.method != "POST":
            return redirect(f"{desk._desk}_change", pk)
        return gives_words_back(view)(desk, request, pk)

    return pressed


class Recuses(NotRecused):
    """For a desk: an address where the response of a row is put away, after it was asked once."""

    # Those in which somebody may have typed words of their own before they saw whom they know.
    forms_of_desk: tuple[type[forms.BaseForm], ...] = ()

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.recuse))
        name = f"{self.opts.app_label}_{self.opts.model_name}_recuse"
        return [path("<int:pk>/recuse/", view, name=name), *super().get_urls()]

    def typed_words(self, request):
        """{name of a field: words} of what was typed at the desk, for the page that gives it back."""
        fields = {name: field for form in self.forms_of_desk for name, field in form.base_fields.items()}
        names = [name for name, each in fields.items() if isinstance(each.widget, (forms.TextInput, forms.Textarea))]
        # A browser sends other line ends than are stored.
        return {name: normalize_newlines(request.POST[name]) for name in names if request.POST.get(name, "").strip()}

    def has_put_away(self, request, pk):
        try:
            return self.model.objects.recused_by(request.user).filter(pk=pk).exists()
        except ValueError:
            return False

    def words_back(self, request, is_put_away, why_gone=CHANGED_BY_AUTHOR):
        """The page that gives back what was typed about a row that is not at the desk; None if nothing was typed.

        why_gone: the reason, if it was not put away.
        """
        return self.gone(request, is_put_away, why_gone) if self.typed_words(request) else None

    def gone(self, request, is_put_away, why_gone=CHANGED_BY_AUTHOR, *, status=409):
        """The same, also if nothing was typed."""
        reason = _("You have put this response away, because you know who wrote it.") if is_put_away else why_gone
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        context["title"] = _("Not stored") if request.method == "POST" else _("No longer at this desk")
        context |= {"typed": self.typed_words(request), "reason": reason, "list": reverse(f"{self._desk}_changelist")}
        context["preserved_filters"] = self.get_preserved_filters(request)
        return render(request, "admin/recused.html", context, status=status)

    def not_theirs(self, request):
        """For somebody whose rights were taken away while they typed: the page that gives their words back.

        Raises PermissionDenied if nothing was typed.
        """
        if self.typed_words(request):
            return self.gone(request, False, NOT_THEIRS, status=403)
        raise PermissionDenied

    @property
    def _desk(self):
        return f"admin:{self.opts.app_label}_{self.opts.model_name}"

    @gives_words_back
    def recuse(self, request, pk):
        """Shows what it means, with all that was typed at the desk; when that is confirmed, goes on to the next."""
        confirmed = request.method == "POST" and "confirmed" in request.POST
        # Confirming twice is allowed: a double click is not an error.
        row = get_object_or_404(self.model.objects if confirmed else self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        typed, desk = self.typed_words(request), self._desk
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("I know this person")}
        context |= {"typed": typed, "list": reverse(f"{desk}_changelist")}
        context["preserved_filters"] = self.get_preserved_filters(request)
        if not confirmed:
            context |= {"back": reverse(f"{desk}_change", args=[pk]), "here": reverse(f"{desk}_recuse", args=[pk])}
            return render(request, "admin/recuse.html", context)
        try:
            Recusal.objects.recuse(request.user, row if isinstance(row, Response) else row.response)
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        else:
            self.message_user(request, _("It is put away. Somebody else takes it."), messages.SUCCESS)
        return render(request, "admin/recused.html", context) if typed else self.next_one(request, row)

    def next_one(self, request, present=None):
        """Where somebody goes on when they are done with the present one."""
        return redirect(f"{self._desk}_changelist")


class RecusesFromReview(Recuses):
    """The review desk says how many wait for others, so that nobody takes the desk for empty."""

    def changelist_view(self, request, extra_context=None):
        waiting = Response.objects.awaiting_review()
        told = {"may_review": self.has_review_permission(request)}
        told["for_others"] = waiting.recused_by(request.user).count()
        if request.user.has_perm("responses.view_recusal"):
            told["for_nobody"] = waiting.without_reader(reviewers()).count()
        return super().changelist_view(request, told | (extra_context or {}))


@admin.register(Recusal)
class RecusalAdmin(NotRecused, LongList, LookOnlyAdmin):
    """Who has put away what. Deleting a row undoes it; nobody sees their own, so that somebody else has to do that."""

    verbs = {"delete"}

    list_display = ["response", "user", "recused_on", "is_waiting"]
    list_prefetch_related = ("response", "user")
    ordering = ["-recused_on", "pk"]
    list_per_page = list_max_show_all = 10

    def get_queryset(self, request):
        # An organizer who is the author must not learn who knows them.
        theirs = Response.objects.filter(user=request.user).values("pk")
        return super().get_queryset(request).exclude(response__in=theirs)

    @admin.display(description=_("Waiting for review"), boolean=True)
    def is_waiting(self, recusal):
        return recusal.response.is_waiting
