"""Conversations, from their first day to the results, and the questions that they ask."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from responses.forms.my_response import EditForm
from responses.forms.respond import ResponseForm
from responses.models import Conversation, MovedPromise, Question
from responses.models.content_note import ContentKind
from responses.models.sharing import Sharing

from .look_only import LookOnlyAdmin
from .organizer_texts import OrganizersTextAdmin, OrganizersTextInline
from .stored_meanwhile import OrganizersForm
from .typed import typed_by_organizers

# A question gives its slug as name and id to a field. On the pages with that field, these are those of something else:
# other fields, choices, parts of the page, and what is sent along or kept by scripts. A test collects them all.
_TAKEN = {
    NON_FIELD_ERRORS,
    *ResponseForm.base_fields,
    *EditForm.base_fields,
    *(f"sharing-{each}" for each in Sharing.values),
    *(f"content_kinds-{each}" for each in ContentKind.values),
    *("language_name", "submission", "opened", "seen", "asked", "action", "website", "source_text"),
    "csrfmiddlewaretoken",
    *("main", "respond", "edit", "inquiry", "faults", "keep-words", "few-write-in", "affiliates", "terms"),
    *("copy-choice", "copy-offer", "copy-offer-label", "line-down", "no-copy", "no-copy-hint"),
}
# The ids of a field's faults and of its hint end like this.
_ENDS_OF_IDS = ("_error", "_helptext")


class QuestionForm(OrganizersForm):
    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if slug in _TAKEN or slug.endswith(_ENDS_OF_IDS):
            raise ValidationError(_("The form needs this name for something else. Choose another slug."))
        return slug


@admin.register(Question)
class QuestionAdmin(LookOnlyAdmin, OrganizersTextAdmin):
    """Questions. None is deleted: one that is not asked any more still has its answers."""

    verbs = {"add", "change"}
    form = QuestionForm
    list_display = ["prompt", "position"]
    search_fields = ["prompt"]

    def get_readonly_fields(self, request, obj=None):
        # The name of a field on the form, and in the drafts of people who have begun to write.
        return ["slug"] if obj else []


class ConversationForm(OrganizersForm):
    NO_MOVE = _("The promised day does not move, so this reason would be shown nowhere. Empty this field.")

    reason = typed_by_organizers(
        forms.CharField(
            label=_("Why the promised day moves"),
            help_text=_("In English. Only if results were promised already; shown beside the new day."),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    )

    def clean(self):
        super().clean()
        if self.has_error(NON_FIELD_ERRORS):
            return self.cleaned_data
        conversation = self.stored or self.instance
        if self.stored:
            days = {name: self.cleaned_data[name] for name in Conversation.DAYS if name in self.cleaned_data}
            if len(days) == len(Conversation.DAYS):
                self._ask(None, conversation.check_days, **days)
            if "questions" in self.cleaned_data:
                self._ask("questions", conversation.check_questions, self.cleaned_data["questions"])
        if {"results_by", "reason"} <= self.cleaned_data.keys():
            moves = conversation.moves_promise(self.cleaned_data["results_by"])
            if moves != bool(self.cleaned_data["reason"]):
                self.add_error("reason", Conversation.SAY_WHY if moves else self.NO_MOVE)
        return self.cleaned_data

    def _compare(self, now):
        super()._compare(now)
        if self.has_error("results_by", "stored") and (moved := self.stored.moved_today):
            stored_now = _("Stored now: %(value)s") % {"value": moved.reason}
            self.add_error("reason", ValidationError(stored_now, code="stored"))

    def _ask(self, field, rule, *args, **options):
        try:
            rule(*args, **options)
        except ValidationError as refusal:
            self.add_error(field, refusal)


class MovedPromiseInline(OrganizersTextInline):
    """The reasons can be corrected and translated; that the day was moved stays."""

    model = MovedPromise
    readonly_fields = ["results_by", "moved_on"]
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(Conversation)
class ConversationAdmin(OrganizersTextAdmin):
    form = ConversationForm
    list_display = ["title", "opens_on", "closes_on", "results_by", "results_on", "stage", "is_current"]
    search_fields = ["title", "slug"]
    inlines = [MovedPromiseInline]
    actions = ["make_current"]

    def get_readonly_fields(self, request, obj=None):
        # Its page is public from the first saving, and others link to it.
        return ["slug"] if obj else []

    def formfield_for_manytomany(self, db_field, request, **options):
        # The few questions, as boxes: two lists with arrows between them cannot be used by everybody.
        return super().formfield_for_manytomany(db_field, request, widget=forms.CheckboxSelectMultiple, **options)

    @admin.display(description=_("stage"))
    def stage(self, conversation):
        return conversation.stage.label

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.is_current)

    def get_actions(self, request, action_location=admin.ActionLocation.CHANGE_LIST):
        # They are deleted one by one: each time, it is asked under a lock whether it is current.
        actions = super().get_actions(request, action_location)
        return {name: each for name, each in actions.items() if name != "delete_selected"}

    def delete_model(self, request, obj):
        # Somebody else may have made it current a moment ago, or deleted it.
        now = Conversation.objects.select_for_update().filter(pk=obj.pk).first()
        if now and now.is_current:
            raise PermissionDenied
        super().delete_model(request, obj)

    def store(self, request, row, form):
        row.store(reason=form.cleaned_data["reason"])

    @admin.action(description=_("Make it the current conversation"), permissions=["change"])
    def make_current(self, request, queryset):
        """Asks first: letters go out, which nobody can call back."""
        if len(chosen := list(queryset)) != 1:
            self.message_user(request, _("Choose one conversation."), messages.ERROR)
            return None
        [conversation], current = chosen, Conversation.objects.current()
        if conversation == current:
            already = _("“%(title)s” is already the current conversation.") % {"title": current.title}
            self.message_user(request, already, messages.INFO)
            return None
        # Another organizer may have made another one current since the question was asked: then it is asked anew.
        is_confirmed = request.POST.get("instead_of") == str(current.pk)
        try:
            if not is_confirmed:
                conversation.check_can_become_current(list(Conversation.objects.all()))
                return self._ask_whether_to_make_current(request, conversation, current)
            with transaction.atomic():
                conversation.make_current()
                self.log_change(request, conversation, _("Made current"))
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return None
        self.message_user(request, _("The respond page now serves “%(title)s”.") % {"title": conversation.title})
        return None

    def _ask_whether_to_make_current(self, request, conversation, current):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Make it current?")}
        context |= {"conversation": conversation, "current": current}
        return render(request, "admin/responses/conversation/make_current.html", context)
