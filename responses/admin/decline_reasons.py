"""The reasons for declining, which organizers word before anybody needs them."""

from django.contrib import admin

from responses.models import DeclineReason

from .organizer_texts import OrganizersTextAdmin


@admin.register(DeclineReason)
class DeclineReasonAdmin(OrganizersTextAdmin):
    """One that a response was declined for is not deleted, only offered no more."""

    list_display = ["title", "position", "is_offered"]
    list_filter = ["is_offered"]
    search_fields = ["title", "slug"]

    def get_readonly_fields(self, request, obj=None):
        # Files for authors and translators have it.
        return ["slug"] if obj else []

    def get_actions(self, request, action_location=admin.ActionLocation.CHANGE_LIST):
        # They are deleted one by one: each time, it is asked under a lock whether it is used.
        actions = super().get_actions(request, action_location)
        return {name: each for name, each in actions.items() if name != "delete_selected"}

    def delete_model(self, request, obj):
        # A reviewer may be declining a response for it at this moment.
        list(DeclineReason.objects.select_for_update().filter(pk=obj.pk))
        super().delete_model(request, obj)
