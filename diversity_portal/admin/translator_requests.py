"""Where organizers answer people who would like to translate. They see no addresses: the portal writes for them."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from diversity_portal.forms import NameField
from diversity_portal.invitations import free_name, let_in, with_address
from diversity_portal.role_mail import is_sent
from diversity_portal.typed_words import typed_words
from diversity_portal.user_names import RULE, check_name
from responses.admin.capped_paginator import CappedPaginator
from responses.admin.look_only import LookOnlyAdmin
from responses.admin.page_forms import faults_of
from responses.forms.words import WordsField
from responses.languages import language_of
from responses.languages.typed_names import typed_languages
from responses.models import KnownLanguage, Person, TranslatorRequest
from responses.models.translator_request import LONGEST_REQUEST
from responses.role_names import RoleName

NAME = "responses_translatorrequest"


class _AnswerForm(forms.Form):
    """seen: the `fingerprint` of the request that the page showed."""

    use_required_attribute = False
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, row, initial=None, **options):
        super().__init__(data, initial={"seen": row.fingerprint} | (initial or {}), **options)
        self.row = row

    def clean(self):
        if self.cleaned_data.get("seen") != self.row.fingerprint:
            # What is answered from now on is what the page shows now.
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.row.fingerprint
            raise ValidationError(_("This request was sent again in other words meanwhile. Read it once more."))
        return super().clean()


class LetInForm(_AnswerForm):
    """username: for an account that is made for whoever has none yet."""

    username = NameField(label=_("User name"), help_text=RULE, validators=[check_name], max_length=150)
    words = WordsField(
        longest=LONGEST_REQUEST,
        required=False,
        label=_("A few words"),
        help_text=_("They stand in the mail, and are kept nowhere else."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data=None, *, row):
        self.account = row.account_id and Person.objects.get(pk=row.account_id)
        has_account = self.account or with_address(row.email)
        initial = {} if has_account else {"username": free_name(row.name)}
        super().__init__(data, row=row, prefix="in", initial=initial)
        if has_account:
            del self.fields["username"]


class DeclineRequestForm(_AnswerForm):
    reason = WordsField(
        longest=LONGEST_REQUEST,
        label=_("Why not"),
        help_text=_("It stands in the mail, and is kept nowhere else. Write it in the language of the form."),
        error_messages={"required": _("Write a few words: they are all that the person gets.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@admin.register(TranslatorRequest)
class TranslatorRequestAdmin(LookOnlyAdmin):
    verbs = {"change"}
    list_display = ["shown_name", "asked_on", "shown_reads", "shown_writes"]
    ordering = ["asked_on", "pk"]
    sortable_by: tuple[str, ...] = ()
    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = list_max_show_all = 50
    actions = None
    list_display_links = ["shown_name"]
    when_empty = _("Nobody is waiting for an answer. People ask on the page “Help to translate”.")

    @admin.display(description=_("name"))
    def shown_name(self, row):
        return format_html("<bdi>{}</bdi>", row.name)

    @admin.display(description=_("reads"))
    def shown_reads(self, row):
        return format_html("<bdi>{}</bdi>", row.reads)

    @admin.display(description=_("writes"))
    def shown_writes(self, row):
        return format_html("<bdi>{}</bdi>", row.writes)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What somebody told us, and two answers to it."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        if row is None:
            if typed_words(request):
                # The desks give them back.
                raise Http404("Somebody has answered it, or it has expired.")
            self.message_user(request, _("Somebody has answered this request, or it has expired."), messages.WARNING)
            return redirect(f"admin:{NAME}_changelist")
        action = request.POST.get("action") if request.method == "POST" else ""
        letting_in = LetInForm(request.POST if action == "let_in" else None, row=row)
        declining = DeclineRequestForm(request.POST if action == "decline" else None, row=row)
        if (letting_in.is_valid() and self._let_in(request, row, letting_in)) or (
            declining.is_valid() and self._decline(request, row, declining)
        ):
            return redirect(f"admin:{NAME}_changelist")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": str(row), "row": row}
        context |= {"letting_in": letting_in, "declining": declining, "account": letting_in.account}
        context |= {"spoken": language_of(row.language), "errors": faults_of([letting_in, declining])}
        return render(request, "admin/responses/translatorrequest/read.html", context)

    def _let_in(self, request, row, form) -> bool:
        """Whether it was done. If not, the form says why."""
        told = {"username": form.cleaned_data.get("username", ""), "words": form.cleaned_data["words"]}
        told |= {"email": row.email, "language": row.language, "account": form.account}
        known = _known(row)
        try:
            person = let_in(roles=[RoleName.TRANSLATOR], request=request, instead_of=row, **told)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return False
        for code, (reads, writes) in known.items():
            if not KnownLanguage.objects.filter(user=person, language=code).exists():
                KnownLanguage.objects.know(person, code, reads=reads, writes=writes)
        self.message_user(request, _("They are a translator now. A mail is on its way."), messages.SUCCESS)
        return True

    def _decline(self, request, row, form) -> bool:
        """The request is gone, and its answer is on its way; or neither."""
        try:
            with transaction.atomic():
                self.log_change(request, row, gettext_noop("Declined"))
                if not TranslatorRequest.objects.take(row):
                    raise ValidationError(_("Somebody else has just answered this request."))
                if not _tell_declined(row, form.cleaned_data["reason"]):
                    raise ValidationError(_("The mail could not be sent, so nothing was changed. Try again later."))
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return False
        self.message_user(request, _("Declined. A mail is on its way."), messages.SUCCESS)
        return True


def _known(row) -> dict[str, tuple[bool, bool]]:
    """{code of a language: (somebody reads it, writes it)}, as far as what they typed was recognized."""
    reads, writes = (typed_languages(typed, row.language)[0] for typed in (row.reads, row.writes))
    return {code: (code in reads, code in writes) for code in dict.fromkeys([*reads, *writes])}


def _tell_declined(row, reason) -> bool:
    with translation.override(row.language):
        told = {"day": row.asked_on, "words": reason, "contact": settings.CONTACT_EMAIL}
        text = render_to_string("diversity_portal/request_declined.txt", told)
        return is_sent(EmailMessage(gettext("Your request to translate"), text, to=[row.email]))
