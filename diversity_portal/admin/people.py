"""Where organizers say who may do what: people, their roles, and invitations. Accounts themselves are superusers'."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diversity_portal.forms import NameField
from diversity_portal.invitations import let_in, waits_for_its_owner
from diversity_portal.role_log import log_roles
from diversity_portal.role_mail import tell_of_roles
from diversity_portal.roles import ROLES
from diversity_portal.user_names import RULE, check_name
from responses.admin.capped_paginator import CappedPaginator
from responses.admin.look_only import OwnLookups
from responses.admin.page_forms import faults_of
from responses.email_address import as_meant, check_address
from responses.forms.words import WordsField
from responses.languages import language_of
from responses.models import Person
from responses.models.translator_request import LONGEST_REQUEST
from responses.role_names import RoleName

DESK = "admin:responses_person"


class RolesField(forms.MultipleChoiceField):
    """One box for each role, with what it is for."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options):
        super().__init__(label=_("Roles"), choices=self.offered, **options)

    @staticmethod
    def offered():
        return [(role.name, format_html("<b>{}</b>: {}", role.title, role.description)) for role in ROLES]

    def clean(self, value):
        return [RoleName(each) for each in super().clean(value)]


class RolesForm(forms.Form):
    """The roles of one person. What was ticked or unticked is changed; what somebody else changes meanwhile stays."""

    roles = RolesField(required=False)
    # The roles that the page showed.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    sure = forms.BooleanField(
        required=False, label=_("I give up my own role as an organizer, and cannot give it back to myself")
    )

    def __init__(self, data=None, *, person, user):
        super().__init__(data, initial={"roles": person.roles, "seen": ",".join(person.roles)})
        if person.pk != user.pk or RoleName.ORGANIZER not in person.roles:
            del self.fields["sure"]

    def clean(self):
        self.before = {each for each in RoleName if each in self.cleaned_data.get("seen", "").split(",")}
        if "sure" in self.fields and RoleName.ORGANIZER in self.take and not self.cleaned_data["sure"]:
            self.add_error("sure", _("Tick this as well, if you do not want to be an organizer any more."))
        return self.cleaned_data

    @property
    def give(self):
        return set(self.cleaned_data.get("roles", ())) - self.before

    @property
    def take(self):
        return self.before - set(self.cleaned_data.get("roles", ()))


class InviteForm(forms.Form):
    email = forms.CharField(label=_("Email address"), help_text=_("A mail goes there. It is not shown here again."))
    username = NameField(label=_("Name"), required=False, validators=[check_name], max_length=150)
    roles = RolesField(error_messages={"required": _("Choose at least one role.")})
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
    words = WordsField(
        longest=LONGEST_REQUEST,
        required=False,
        label=_("A few words"),
        help_text=_("They stand in the mail, and are kept nowhere else."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["username"].help_text = format_html(
            "{} {}", _("The user name, if this person has no account yet. It is shown to readers."), RULE
        )

    def clean_email(self):
        email = as_meant(self.cleaned_data["email"])
        check_address(email)
        return email


class RoleFilter(admin.SimpleListFilter):
    title, parameter_name = _("role"), "role"

    def lookups(self, request, model_admin):
        return RoleName.choices

    def queryset(self, request, queryset):
        return queryset.with_role(self.value()) if self.value() else queryset


@admin.register(Person)
class PersonAdmin(OwnLookups, admin.ModelAdmin):
    list_display = ["shown_name", "wikimedia_name", "shown_roles", "languages", "last_seen"]
    list_filter = [RoleFilter]
    search_fields = ["username", "first_name"]
    search_help_text = _("A part of the name, here or at Wikimedia.")
    ordering = ["username"]
    sortable_by: tuple[str, ...] = ()
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = list_max_show_all = 50
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).changeable_by(request.user)

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.result_list = changelist.result_list.prefetch_related("groups", "known_languages")
        return changelist

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("name"))
    def shown_name(self, person):
        return person.get_username()

    @admin.display(description=_("name at Wikimedia"))
    def wikimedia_name(self, person):
        return person.first_name

    @admin.display(description=_("roles"))
    def shown_roles(self, person):
        return ", ".join(str(each.label) for each in person.roles)

    @admin.display(description=_("languages"))
    def languages(self, person):
        known = [language_of(each.language) for each in person.known_languages.all()]
        return format_html_join(", ", '<bdi lang="{}">{}</bdi>', ((each.code, each.autonym) for each in known))

    @admin.display(description=_("last signed in"))
    def last_seen(self, person):
        # The day alone: nobody needs to know at what time somebody works.
        return person.last_login and timezone.localdate(person.last_login)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What is known of a person, and a box for each role."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        person = self.get_object(request, object_id)
        if person is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        form = RolesForm(request.POST if request.method == "POST" else None, person=person, user=request.user)
        if form.is_valid() and self._change(request, person, form):
            may_go_on = Person.objects.get(pk=request.user.pk).has_perm("responses.change_person")
            return redirect(f"{DESK}_changelist" if may_go_on else "admin:index")
        context = {"person": person, "form": form, "languages": self.languages(person), "title": str(person)}
        context["last_seen"] = self.last_seen(person)
        return self._page(request, "roles", context)

    def _change(self, request, person, form) -> bool:
        """Whether it was done. If not, the form says why."""
        try:
            with transaction.atomic():
                change = person.change_roles(give=form.give, take=form.take, by=request.user)
                log_roles(request.user, person, change)
        except ValidationError as refusal:
            form.add_error("roles", refusal)
            return False
        if not change:
            self.message_user(request, _("Nothing was changed."))
        # Whoever was invited and has not come reads there that it was taken back.
        elif tell_of_roles(person, change, to=person.email if waits_for_its_owner(person) else ""):
            self.message_user(request, _("Changed, and told by mail."), messages.SUCCESS)
        else:
            said = _("Changed. No mail could be sent, so tell them yourself.")
            self.message_user(request, said, messages.WARNING)
        return True

    def add_view(self, request, form_url="", extra_context=None):
        """Invite somebody by mail. Whoever has an account with this address gets the roles there."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else None
        form = InviteForm(asked, initial={"language": get_language()})
        if form.is_valid() and self._invite(request, form):
            return redirect(f"{DESK}_changelist")
        return self._page(request, "invite", {"form": form, "title": _("Invite somebody")})

    def _invite(self, request, form) -> bool:
        """Whether it was done. If not, the form says why."""
        try:
            let_in(request=request, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return False
        self.message_user(request, _("A mail is on its way."), messages.SUCCESS)
        return True

    def _page(self, request, name, context):
        context = {**self.admin_site.each_context(request), "opts": self.opts} | context
        context["errors"] = faults_of([context["form"]])
        return render(request, f"admin/responses/person/{name}.html", context)
