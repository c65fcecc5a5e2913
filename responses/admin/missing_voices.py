"""Whose voices are missing in a conversation: who was invited, who has answered, and the letter that invites next."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from responses.exchange.invitation_letter import invitation_letter, letter_language
from responses.exchange.invitees_file import COLUMNS, invitees_csv, plan_invitees, store_invitees
from responses.forms.invite import InviteLanguagesForm, WhoForm
from responses.languages import Language, choices, language_of
from responses.missing_voices import longest_ago_first, missing_voices, unread_languages, voices_by_language
from responses.models import Conversation, Invitee, Response
from responses.models.conversation import has_begun

from .invite_selected import invited_message
from .look_only import OwnLookups
from .roster_files import RosterFile, TakesFile
from .stored_meanwhile import OrganizersForm, StoredMeanwhile
from .typed import TypedByOrganizers


class InviteeForm(OrganizersForm):
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=lambda: [("", "—"), *choices(get_language())],
    )

    def clean_invited_on(self):
        return _has_come(self.cleaned_data["invited_on"])

    def clean_reminded_on(self):
        return _has_come(self.cleaned_data["reminded_on"])


def _has_come(day):
    if day and not has_begun(day):
        raise ValidationError(_("This day has not come yet."))
    return day


class InviteesFile(RosterFile):
    """Who was invited to one conversation."""

    columns = COLUMNS

    def __init__(self, conversation, user=None):
        self.conversation, self.user = conversation, user
        self.name, self.back = f"invited-{conversation.slug}", address_of(conversation)
        self.title = _("Who was invited, from a file")

    def written(self):
        return invitees_csv(self.conversation)

    def plan(self, data):
        return plan_invitees(self.conversation, data)

    def store(self, data, seen):
        return store_invitees(self.conversation, data, seen=seen, by=self.user)


def address_of(conversation) -> str:
    """The page of the missing voices in a conversation."""
    return reverse("admin:missing_voices", args=[conversation.slug])


@admin.register(Invitee)
class InviteeAdmin(TakesFile, OwnLookups, StoredMeanwhile, TypedByOrganizers, admin.ModelAdmin):
    """Its list is a page for each conversation, which shows who has answered as well."""

    form = InviteeForm
    fields = ["conversation", "affiliate", "region", "language", "invited_on", "reminded_on", "note"]

    def get_urls(self):
        pages = {
            "": (self.missing_voices, require_safe),
            "invite/": (self.invite, require_http_methods(["POST"])),
            "letter/": (self.letter, require_safe),
            "languages/": (self.invite_languages, require_http_methods(["GET", "HEAD", "POST"])),
            "file/": (self.file, require_http_methods(["GET", "HEAD", "POST"])),
            "invited.csv": (self.csv, require_safe),
        }
        own = [
            path(
                f"of/<slug:slug>/{end}",
                self.admin_site.admin_view(methods(view)),
                name="missing_voices" if not end else f"missing_voices_{view.__name__}",
            )
            for end, (view, methods) in pages.items()
        ]
        return own + super().get_urls()

    def get_changeform_initial_data(self, request):
        return {"conversation": Conversation.objects.current()}

    def save_model(self, request, obj, form, change):
        if not change:
            obj.invited_by = request.user
        super().save_model(request, obj, form, change)

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect(address_of(Conversation.objects.current()))

    def _response_post_save(self, request, obj):
        return redirect(address_of(obj.conversation))

    def _of(self, request, slug, *, may_invite=False):
        """The conversation. Raises PermissionDenied for whoever may not see, or not note, who was invited to it."""
        may = self.has_add_permission(request) and self.has_change_permission(request)
        if not self.has_view_permission(request) or (may_invite and not may):
            raise PermissionDenied
        return get_object_or_404(Conversation, slug=slug)

    def _page(self, request, name, conversation, title, **context):
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        context |= {"conversation": conversation, "here": address_of(conversation)}
        context["may_invite"] = self.has_add_permission(request) and self.has_change_permission(request)
        return render(request, f"admin/responses/invitee/{name}.html", context)

    def missing_voices(self, request, slug):
        conversation = self._of(request, slug)
        by_language = voices_by_language(conversation)
        tables = missing_voices(conversation, by_language)
        return self._page(
            request,
            "missing_voices",
            conversation,
            conversation.title,
            tables=tables,
            gaps=longest_ago_first(row for table in tables for row in table.gaps),
            were_invited=any(table.invited for table in tables),
            unread=unread_languages(by_language),
            has_samples=Response.objects.filter(conversation=conversation, is_sample=True).exists(),
            conversations=Conversation.objects.newest_first(),
        )

    def invite(self, request, slug):
        """Note that one of them was invited today. Pressing the button once more changes nothing."""
        conversation, form = self._of(request, slug, may_invite=True), WhoForm(request.POST)
        if form.is_valid():
            invited = Invitee.objects.invite(conversation, by=request.user, **form.invited)
            self.message_user(request, invited_message(invited), messages.SUCCESS)
        else:
            self.message_user(request, _("Nothing was noted: this is not on the list any more."), messages.ERROR)
        return redirect(address_of(conversation))

    def letter(self, request, slug):
        """The next invitation to one of them, in their language if it is one of the interface."""
        conversation, form = self._of(request, slug), WhoForm(request.GET)
        if not form.is_valid():
            raise Http404("Nobody of this kind is on the roster.")
        codes = _read_by(form.named)
        likely = letter_language(*codes)
        chosen = asked if (asked := request.GET.get("in")) in dict(settings.LANGUAGES) else likely
        context = {"named": form.named, "who": form.cleaned_data, "read": list(map(language_of, codes))}
        context |= {"choices": [language_of(code) for code, _name in settings.LANGUAGES], "chosen": chosen}
        context |= {"is_near": bool(codes) and likely not in codes, "likely": language_of(likely)}
        context["letter"] = self._letter(request, conversation, form, chosen, also=_to_name(codes, chosen))
        return self._page(request, "letter", conversation, _("The next invitation"), **context)

    def _letter(self, request, conversation, form, chosen, *, also):
        origin = request.build_absolute_uri("/").rstrip("/")
        name = form.named.name if form.cleaned_data["kind"] == "affiliate" else ""
        return invitation_letter(conversation, origin, chosen, name=name, also=also)

    def invite_languages(self, request, slug):
        """Choose languages whose people were invited."""
        conversation = self._of(request, slug, may_invite=True)
        form = InviteLanguagesForm(request.POST or None, initial={"conversation": conversation})
        if not form.is_valid():
            return self._page(request, "invite_languages", conversation, _("Which languages were invited?"), form=form)
        told = form.cleaned_data
        invited = Invitee.objects.invite(
            told["conversation"], languages=form.codes, by=request.user, on=told["invited_on"], note=told["note"]
        )
        self.message_user(request, invited_message(invited), messages.SUCCESS)
        return redirect(address_of(told["conversation"]))

    def file(self, request, slug):
        return self.upload_file(request, InviteesFile(self._of(request, slug), request.user))

    def csv(self, request, slug):
        return self.download_file(request, InviteesFile(self._of(request, slug)))


def _read_by(named) -> list[str]:
    """The codes of the languages that somebody on the roster reads, as far as it is known."""
    if isinstance(named, Language):
        return [named.code]
    return getattr(named, "languages", "").split()


def _to_name(codes, chosen) -> str:
    """The language that the letter names as one to write in: the first that is not that of the letter."""
    others = [code for code in codes if code != chosen]
    unlike = [code for code in others if code not in dict(settings.LANGUAGES)]
    return next(iter(unlike or (others if len(codes) == 1 else [])), "")
