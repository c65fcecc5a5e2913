"""Accounts as superusers change them."""

from allauth.mfa.admin import Authenticator
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.forms import CheckboxSelectMultiple
from django.shortcuts import redirect
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from diversity_portal.forms import InvitationForm, PortalUserChangeForm
from diversity_portal.invitations import invite
from diversity_portal.role_log import log_roles
from diversity_portal.role_mail import tell_of_roles
from diversity_portal.roles import ROLES
from responses.admin.recusals import NamesNotRecused
from responses.models import KnownLanguage, OrganizerLetter, Person
from responses.models.person import RoleChange
from responses.names import GONE

User = get_user_model()
GO_ALONG = (KnownLanguage, OrganizerLetter)
admin.site.unregister(User)
admin.site.unregister(Authenticator)  # registered by the import above; its form shows the secrets


@admin.register(User)
class PortalUserAdmin(NamesNotRecused, UserAdmin):
    """Accounts. New ones are invitations; names at Wikimedia and addresses come from the accounts themselves."""

    form = PortalUserChangeForm
    add_form = InvitationForm
    add_form_template = None
    add_fieldsets = ((None, {"fields": ("username", "email")}),)
    list_display = ("username", "wikimedia_name", "email", "is_staff", "is_active")
    fieldsets = (
        (None, {"fields": ("username", "wikimedia_name", "email", "password")}),
        # Rights come with a role: the long list of single ones says nothing to people.
        (_("Permissions"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Important dates"), {"fields": ("last_login", "date_joined")}),
    )
    filter_horizontal = ()
    actions = ["reset_second_factor"]
    readonly_fields = ("wikimedia_name", "email", "last_login", "date_joined")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request) and self.leads_on(request):
            return redirect("admin:responses_person_change", object_id)
        request.roles_to_tell = None
        page = super().change_view(request, object_id, form_url, extra_context)
        # Only what is stored is told: a mail cannot be taken back.
        if request.roles_to_tell:
            self._tell_of_roles(request, *request.roles_to_tell)
        return page

    def leads_on(self, request) -> bool:
        """Desks link each name to the account; whoever may not see accounts finds the person behind it at "People"."""
        return self.has_view_permission(request) or request.user.has_perm("responses.view_person")

    def get_readonly_fields(self, request, obj=None):
        return super().get_readonly_fields(request, obj) if obj else ()

    def get_deleted_objects(self, objs, request):
        """With an account go its letter and languages, which nobody may delete alone, and what was put away.

        Its log stays, without a name.
        """
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        counts = {name: n for name, n in counts.items() if name != LogEntry._meta.verbose_name_plural}
        return _without_log(to_delete), counts, lacking - {each._meta.verbose_name for each in GO_ALONG}, protected

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(username=GONE)

    @admin.display(description=_("name at Wikimedia"), ordering="first_name")
    def wikimedia_name(self, user):
        return user.first_name

    @admin.action(description=_("Take away the second factor (lost device)"), permissions=["change"])
    def reset_second_factor(self, request, queryset):
        lost = Authenticator.objects.filter(user__in=queryset)
        for user in queryset.filter(pk__in=lost.values("user")):
            self.log_change(request, user, [{"changed": {"fields": [gettext_noop("second factor")]}}])
        lost.delete()
        self.message_user(
            request, _("They sign in with the password alone now, and are asked for a new second factor.")
        )

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            invite(obj, request)
            self.message_user(
                request, _("A mail with a link to choose a password is on its way to %(email)s.") % {"email": obj.email}
            )

    def save_related(self, request, form, formsets, change):
        """Roles that are ticked here are written down, and told, like those that organizers give."""
        Person.objects.lock_roles()
        person = Person.objects.get(pk=form.instance.pk)
        before = person.roles
        super().save_related(request, form, formsets, change)
        roles = RoleChange.between(before, person.roles)
        log_roles(request.user, person, roles)
        request.roles_to_tell = (person, roles) if roles else None

    def _tell_of_roles(self, request, person, roles):
        if tell_of_roles(person, roles):
            self.message_user(request, _("Changed, and told by mail."), messages.SUCCESS)
        else:
            said = _("Changed. No mail could be sent, so tell them yourself.")
            self.message_user(request, said, messages.WARNING)

    def formfield_for_manytomany(self, db_field, request, **options):
        if db_field.name == "groups":
            # As boxes: two lists with arrows between them cannot be used by everybody.
            options["widget"] = CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **options)
        if field and db_field.name == "groups":
            told = [(role.name, role.description) for role in ROLES]
            field.help_text = format_html_join("", "<b>{}</b>: {}<br>", told)
        return field


def _without_log(named):
    """Names of rows, and lists of such names, as Django shows them before it deletes: without entries of the log."""
    log = f"{capfirst(LogEntry._meta.verbose_name)}: "
    return [
        _without_log(each) if isinstance(each, list) else each
        for each in named
        if isinstance(each, list) or not str(each).startswith(log)
    ]
