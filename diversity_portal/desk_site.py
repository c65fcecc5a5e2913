"""The site of the organizers' desks: what waits comes first, then all lists, grouped and named by the work."""

from functools import partial, wraps

from django.contrib.admin import AdminSite
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import AdminReadonlyField
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from diversity_portal.desk_names import GROUPS, MORE, PLACES
from diversity_portal.typed_words import typed_words
from outcomes.first_page import first_page

_link_to = AdminReadonlyField.get_admin_url


def _link_if_it_opens(field, remote_field, row):
    """Django links each row that a form names, also for somebody who is refused there."""
    may_open = getattr(field.form, "may_open", None)
    return _link_to(field, remote_field, row) if may_open and may_open(remote_field.model) else str(row)


AdminReadonlyField.get_admin_url = _link_if_it_opens  # type: ignore[method-assign]


class DeskSite(AdminSite):
    def admin_view(self, view, cacheable=False):
        """As Django has it; but words come back to whoever was signed out, lost a right or writes about what is gone.

        A filter that a list does not have leads to the list without it, as a value does that a filter does not have.
        """
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def keeping_words(request, *args, **kwargs):
            typed = typed_words(request) if request.method == "POST" else {}
            if typed and not self.has_permission(request):
                return _words_back(request, typed)
            try:
                return self._readable(request, guarded(request, *args, **kwargs))
            except DisallowedModelAdminLookup:
                return redirect(f"{request.path}?{ERROR_FLAG}=1")
            except PermissionDenied:
                if not typed:
                    raise
                return _words_back(request, typed)
            except Http404:
                if not typed:
                    raise
                return _words_back(request, typed, is_gone=True)

        return keeping_words

    def _readable(self, request, page):
        """The page of a form, named as its row is stored, with links that its reader may open."""
        shown = getattr(page, "context_data", None) or {}
        row, form = shown.get("original"), getattr(shown.get("adminform"), "form", None)
        if form is None:
            return page
        form.may_open = partial(self.may_open, request)
        # A form that is refused has put what was typed into its row.
        is_refused = row is not None and form.is_bound and type(row) in self._registry
        if is_refused and (stored := self.get_model_admin(type(row)).get_object(request, str(row.pk))):
            shown |= {"original": stored, "subtitle": str(stored)}
        return page

    def may_open(self, request, model) -> bool:
        """Whether the pages of rows of a model show something to whoever asks."""
        desk = self._registry.get(model)
        return desk is not None and getattr(desk, "leads_on", desk.has_view_permission)(request)

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


def _words_back(request, typed, *, is_gone=False):
    context = {"typed": typed, "is_gone": is_gone}
    return render(request, "admin/not_permitted.html", context, status=404 if is_gone else 403)
