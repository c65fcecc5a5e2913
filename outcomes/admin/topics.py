from django.contrib import admin

from outcomes.models import Topic
from responses.admin.organizer_texts import OrganizersTextAdmin


@admin.register(Topic)
class TopicAdmin(OrganizersTextAdmin):
    list_display = ["name", "source", "problem"]
    list_filter = [("problem", admin.EmptyFieldListFilter)]
    list_select_related = ["problem"]
    search_fields = ["name", "slug"]
    # Beside the list is a plus: it opens the form of a problem, which is chosen here as soon as it is worded.
    fields = ["slug", "position", "name", "source", "problem"]
