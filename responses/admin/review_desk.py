"""The review desk: what waits, oldest first; read, accept, or decline with a reason that the author sees."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from responses.access.keys import sha256_of
from responses.forms.words import WordsField
from responses.models import Answer, Response
from responses.models.answer import LONGEST_ANSWER

from .look_only import LookOnlyAdmin


class StatusFilter(admin.SimpleListFilter):
    """Shows what waits for review, unless another status is chosen."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        others = [choice for choice in Response.Status.choices if choice[0] != Response.Status.SUBMITTED]
        return [*others, ("all", _("All"))]

    def choices(self, changelist):
        waiting = Response.Status.SUBMITTED.label
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": waiting,
        }
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        return queryset.filter(status=self.value()) if self.value() else queryset.awaiting_review()


class SuspicionFilter(admin.SimpleListFilter):
    title = _("suspicion")
    parameter_name = "suspicion"

    def lookups(self, request, model_admin):
        return [("some", _("Suspicious")), ("none", _("Not suspicious"))]

    def queryset(self, request, queryset):
        if self.value() == "some":
            return queryset.suspicious()
        return queryset.filter(suspicions="") if self.value() == "none" else queryset


class DeclineForm(forms.Form):
    seen = forms.CharField(required=False, empty_value=None, widget=forms.HiddenInput)
    reason = WordsField(
        longest=LONGEST_ANSWER,
        label=_("Reason"),
        error_messages={"required": _("Say why: the author reads the reason.")},
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("The author reads it on their page. Write in a language they understand, and say what would help."),
    )


class NoteForm(forms.Form):
    note = WordsField(
        longest=LONGEST_ANSWER,
        required=False,
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("The author reads it on their page, and is told by mail if they left an address."),
    )


@admin.register(Response)
class ResponseAdmin(LookOnlyAdmin):
    # Only its author changes a response. It is withdrawn, never deleted, so that links to it find a tombstone.
    list_display = [
        "code",
        "in_language",
        "submitted_on",
        "answers_given",
        "people",
        "sharing",
        "status",
        "reasons_to_wonder",
        "is_sample",
    ]
    list_filter = [StatusFilter, SuspicionFilter, "sharing", "region", "is_sample"]
    list_select_related = ["region"]
    show_full_result_count = False
    search_fields = ["code", "gathering__code"]
    ordering = ["submitted_on", "pk"]
    actions = ["accept_selected", "decline_selected"]

    def get_queryset(self, request):
        # Counted for the rows on the page only: a join would count for all rows first.
        answers = Answer.objects.filter(response=OuterRef("pk")).order_by().values("response").annotate(n=Count("pk"))
        return super().get_queryset(request).annotate(number_of_answers=Subquery(answers.values("n")))

    @admin.display(description=_("language"), ordering="language")
    def in_language(self, response):
        return response.written_in.label_in(get_language()) if response.language else "—"

    @admin.display(description=_("answers"))
    def answers_given(self, response):
        return response.number_of_answers or 0

    @admin.display(description=_("suspicions"))
    def reasons_to_wonder(self, response):
        return len(response.suspicions.split()) or "—"

    def has_review_permission(self, request):
        return request.user.has_perm("responses.review_response")

    def get_urls(self):
        verbs = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(verb),
                name=f"responses_response_{name}",
            )
            for name, verb in (("accept", require_POST(self.accept)), ("decline", self.decline), ("note", self.note))
        ]
        return verbs + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The response to read, with the verbs that its status allows."""
        response = self.get_object(request, object_id)
        if response is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, response):
            raise PermissionDenied
        return self._read(request, response)

    def _read(self, request, response, decline_form=None, note_form=None):
        answers = list(response.answers.select_related("question"))
        context = {
            **self.admin_site.each_context(request),
            "title": response.code,
            "opts": self.opts,
            "response": response,
            "answers": answers,
            "details": [(self.opts.get_field(name).verbose_name, value) for name, value in response.details.items()],
            "seen": response.fingerprint_of(answers),
            "may_review": self.has_review_permission(request),
            "decline_form": decline_form or DeclineForm(),
            "note_form": note_form or NoteForm(initial={"note": response.note_to_author}),
            "note_seen": sha256_of(response.note_to_author),
            "versions": response.earlier_versions(),
        }
        return render(request, "admin/responses/response/read.html", context)

    def accept(self, request, pk):
        response = self._to_review(request, pk)
        return self._carry_out(request, response, lambda: response.accept(seen=request.POST.get("seen", "")))

    def decline(self, request, pk):
        response = self._to_review(request, pk)
        if request.method != "POST":
            return redirect("admin:responses_response_change", pk)
        form = DeclineForm(request.POST)
        if not form.is_valid():
            return self._read(request, response, decline_form=form)
        return self._carry_out(request, response, lambda: response.decline(**form.cleaned_data))

    def note(self, request, pk):
        """A few words to the author. An empty note removes the earlier one."""
        response = self._to_review(request, pk)
        if request.method != "POST":
            return redirect("admin:responses_response_change", pk)
        form = NoteForm(request.POST)
        if form.is_valid():
            try:
                response.note(form.cleaned_data["note"], seen=request.POST.get("seen"))
                self.message_user(request, _("The author can read it now."), messages.SUCCESS)
                self.log_change(request, response, _("Note to the author"))
                return redirect("admin:responses_response_change", pk)
            except ValidationError as refusal:
                form.add_error("note", refusal)
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        return self._read(request, response, note_form=form)

    def _to_review(self, request, pk):
        if not self.has_review_permission(request):
            raise PermissionDenied
        return get_object_or_404(Response, pk=pk)

    def _carry_out(self, request, response, verb):
        """Do it, write it to the admin's log, and go on to the response that has waited longest."""
        try:
            verb()
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return redirect("admin:responses_response_change", response.pk)
        self.log_change(request, response, response.get_status_display())
        self.message_user(request, f"{response.code}: {response.get_status_display()}", messages.SUCCESS)
        waiting = Response.objects.awaiting_review().order_by("submitted_on", "pk").first()
        if waiting:
            return redirect("admin:responses_response_change", waiting.pk)
        return redirect("admin:responses_response_changelist")

    @admin.action(description=_("Accept the selected responses…"), permissions=["review"])
    def accept_selected(self, request, queryset):
        """Shows what would be published, then accepts what has been shown, so that no unread word is ever public."""
        if "confirmed" not in request.POST:
            shown = [
                (response, answers, response.fingerprint_of(answers))
                for response in queryset.acceptable().prefetch_related("answers__question")
                for answers in [list(response.answers.all())]
            ]
            return self._ask(request, "accept_selected.html", title=_("Accept responses"), shown=shown)
        read = {response.pk: request.POST.get(f"seen-{response.pk}", "") for response in queryset}
        done = self._each(request, queryset.acceptable(), lambda response: response.accept(seen=read[response.pk]))
        said = ngettext("%(done)s response accepted.", "%(done)s responses accepted.", done)
        self._report(request, done, queryset, said)
        return None

    @admin.action(description=_("Decline the selected responses…"), permissions=["review"])
    def decline_selected(self, request, queryset):
        form = DeclineForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            selected = queryset.declinable()
            return self._ask(
                request, "decline_selected.html", title=_("Decline responses"), form=form, selected=selected
            )
        reason = form.cleaned_data["reason"]
        done = self._each(request, queryset.declinable(), lambda response: response.decline(reason))
        said = ngettext("%(done)s response declined.", "%(done)s responses declined.", done)
        self._report(request, done, queryset, said)
        return None

    def _ask(self, request, template, **context):
        """The page between choosing an action and carrying it out."""
        back = reverse("admin:responses_response_changelist")
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "back": back}
        return render(request, f"admin/responses/response/{template}", context)

    def _each(self, request, legal, verb):
        """How many responses it was done to. One that has changed meanwhile is skipped, which is not an error."""
        done = 0
        for response in legal:
            try:
                verb(response)
            except ValidationError:
                continue
            self.log_change(request, response, response.get_status_display())
            done += 1
        return done

    def _report(self, request, done, queryset, said):
        self.message_user(request, said % {"done": done}, messages.SUCCESS if done else messages.WARNING)
        if left := queryset.count() - done:
            said = ngettext(
                "%(left)s response was left as it is: its status does not allow this.",
                "%(left)s responses were left as they are: their status does not allow this.",
                left,
            )
            self.message_user(request, said % {"left": left}, messages.WARNING)
