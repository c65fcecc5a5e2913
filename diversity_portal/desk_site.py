"""The site of the organizers' desks: what waits comes first, then all lists, grouped and named by the work."""

from django.contrib.admin import AdminSite
from django.urls import reverse

from diversity_portal.desk_names import GROUPS, MORE, PLACES
from outcomes.first_page import first_page


class DeskSite(AdminSite):
    def get_app_list(self, request, app_label=None):
        """The lists that somebody may see, in groups in place of apps: the first page and the menu have them so.

        The page of one app is Django's own.
        """
        if app_label:
            return super().get_app_list(request, app_label)
        groups: dict[str, list] = {slug: [] for slug in GROUPS}
        for app in self._build_app_dict(request).values():
            for model in app["models"]:
                place = PLACES.get(model["model"]._meta.label)
                groups[place.group if place else MORE].append(model | _said(place))
        home = reverse("admin:index", current_app=self.name)
        return [
            {
                "name": title,
                "app_label": slug,
                "app_url": f"{home}#{slug}",
                "has_module_perms": True,
                "models": sorted(groups[slug], key=lambda each: (each["order"], each["name"])),
            }
            for slug, title in GROUPS.items()
            if groups[slug]
        ]

    def index(self, request, extra_context=None):
        return super().index(request, first_page(request.user) | (extra_context or {}))


def _said(place) -> dict:
    if place is None:
        return {"order": 0, "purpose": "", "public_url": ""}
    order = list(PLACES.values()).index(place)
    public = reverse(place.page) if place.page else ""
    return {"name": place.name, "order": order, "purpose": place.purpose, "public_url": public}
