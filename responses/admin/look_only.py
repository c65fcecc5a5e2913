from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path


class OwnLookups:
    """Allows only those look-ups in the address of a list that its filters make.

    Any other could reveal the values of a column that the list does not show, or fail because it makes no sense.
    """

    def get_changeform_initial_data(self, request):
        """No address fills in a form: what it says may be no value of the field."""
        return {}

    def lookup_allowed(self, lookup, value, request):
        return lookup in {name for each in self.list_filter for name in self._parameters(each, request)}

    def _parameters(self, list_filter, request):
        """The parameters of a filter in `list_filter`: a class, a path of fields, or a path with a class."""
        if not isinstance(list_filter, (str, tuple)):
            return [list_filter.parameter_name]
        path, make = list_filter if isinstance(list_filter, tuple) else (list_filter, admin.FieldListFilter.create)
        field = get_fields_from_path(self.model, path)[-1]
        return make(field, request, {}, self.model, self, path).expected_parameters()


class LookOnlyAdmin(OwnLookups, admin.ModelAdmin):
    """Rows to look at. `verbs` names what permissions may allow beyond that: any of "add", "change" and "delete"."""

    verbs: frozenset[str] = frozenset()

    def has_add_permission(self, request):
        return "add" in self.verbs and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        return "change" in self.verbs and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return "delete" in self.verbs and super().has_delete_permission(request, obj)
