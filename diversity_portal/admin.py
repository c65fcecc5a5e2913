from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.http import Http404
from django.utils.html import format_html_join

from diversity_portal.roles import ROLES

admin.site.unregister(get_user_model())


@admin.register(get_user_model())
class PortalUserAdmin(UserAdmin):
    """Django's own form for users, which also tells what each role may do."""

    def formfield_for_manytomany(self, db_field, request, **options):
        field = super().formfield_for_manytomany(db_field, request, **options)
        if field and db_field.name == "groups":
            told = [(role.name, role.description) for role in ROLES]
            field.help_text = format_html_join("", "<b>{}</b>: {}<br>", told)
        return field


def view_on_site(request, content_type_id, object_id):
    """Leads from a row in the admin to its page. Django does so for all staff; here it takes the right to see the row.

    Otherwise it would tell anybody with a staff account the codes of responses that they may not see.
    """
    found = ContentType.objects.filter(pk=content_type_id).first() if content_type_id.isdecimal() else None
    model = found and found.model_class()
    if not (admin.site.is_registered(model) and admin.site.get_model_admin(model).has_view_permission(request)):
        raise Http404("No such row, or not for you.")
    return shortcut(request, content_type_id, object_id)
