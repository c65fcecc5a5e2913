"""Doing something to many rows at once: only to as many as the page that asks first can name."""

from django.contrib import admin, messages
from django.contrib.admin import actions
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

# As many rows as one page of a list shows. Two fields for each stay below the number of fields that Django reads.
MOST_AT_ONCE = admin.ModelAdmin.list_per_page


@admin.action(description=actions.delete_selected.short_description, permissions=["delete"])
def delete_selected(modeladmin, request, queryset):
    """Django's own action. Beyond the limit it would ask first, and then be unable to read the answer."""
    if (chosen := queryset.count()) > MOST_AT_ONCE:
        said = _("%(n)s rows are too many to delete at once. Select %(most)s at most.")
        modeladmin.message_user(request, said % {"n": chosen, "most": MOST_AT_ONCE}, messages.ERROR)
        return None
    try:
        with transaction.atomic():
            return actions.delete_selected(modeladmin, request, queryset)
    except (IntegrityError, ProtectedError):
        # Somebody begins to use one of them at this moment. Now the page that asks first says what is in the way.
        return actions.delete_selected(modeladmin, request, queryset)


admin.site.add_action(delete_selected)
