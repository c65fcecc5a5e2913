from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
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
