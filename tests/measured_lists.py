"""Every list of the desks, as the admin has them registered: with each choice of each filter, and with searches."""

from django.contrib import admin
from django.urls import reverse
from django.utils.http import urlencode

from tests.portal_with_many import RARE

# What is typed into a filter that offers no choices.
TYPED = {"affiliate": RARE["affiliate"], "gathering": RARE["gathering"]}
SEARCHES = ["neno", RARE["word"], RARE["name"], RARE["affiliate"], "f000000001", "nothing"]


def addresses(client):
    """Of all lists that whoever is signed in may see."""
    for model in admin.site._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        page = client.get(address)
        if page.status_code != 200:
            continue
        yield address
        if changelist := (page.context or {}).get("cl"):
            for query in _queries(changelist):
                yield f"{address}{query}"


def _queries(changelist):
    for each in changelist.filter_specs:
        for choice in each.choices(changelist):
            if "query_string" in choice:
                yield choice["query_string"]
            else:
                name = each.parameter_name
                yield "?" + urlencode({name: choice["value"] or TYPED.get(name, "")})
    if changelist.search_fields:
        for words in SEARCHES:
            yield f"?q={words}"
