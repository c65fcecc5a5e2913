from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from outcomes.models import Topic
from responses.admin.organizer_texts import OrganizersTextAdmin


class WordedFilter(admin.SimpleListFilter):
    title = _("problem")
    parameter_name = "worded"

    def lookups(self, request, model_admin):
        return [("yes", _("Worded as a problem")), ("no", _("Only a name"))]

    def queryset(self, request, queryset):
        return queryset.filter(problem__isnull=self.value() == "no") if self.value() in ("yes", "no") else queryset


@admin.register(Topic)
class TopicAdmin(OrganizersTextAdmin):
    list_display = ["name", "source", "problem"]
    list_filter = [WordedFilter]
    list_select_related = ["problem"]
    search_fields = ["name", "slug"]
    # Beside the list is a plus: it opens the form of a problem, which is chosen here as soon as it is worded.
    fields = ["slug", "position", "name", "source", "problem"]
