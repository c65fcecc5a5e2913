"""Writes docs/roles.md: what each role may do, in the words of the desks: python -m scripts.document_roles

From `diversity_portal/roles.py` and `diversity_portal/desk_names.py`. Run it after changing either; a test compares.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diversity_portal.settings")
WRITTEN = Path("docs") / "roles.md"
# What rights are called that are more than seeing, adding, changing and deleting rows.
VERBS = {
    "view": "see",
    "add": "add",
    "change": "change",
    "delete": "delete",
    "review": "review",
    "moderate": "change and take back those of others",
    "translate": "translate for reviewers",
}
ABOUT = """\
# Roles

What somebody may do follows from their roles. Organizers give and take them at the desk "People"; superusers can do
everything. `python -m scripts.document_roles` writes this page from `diversity_portal/roles.py`.

Whoever is a reviewer, coder or organizer is staff, and is asked for a second factor where the public can reach the
portal. Authors and hosts need no account: their secret links open their own pages.
"""


def pages() -> str:
    """The whole text."""
    from diversity_portal.roles import ROLES

    return "\n".join([ABOUT, *(_section(role) for role in ROLES)])


def _section(role) -> str:
    lines = [f"## {role.title}", "", str(role.description), "", "| At | may |", "|---|---|"]
    return "\n".join([*lines, *(f"| {place} | {', '.join(verbs)} |" for place, verbs in _rights(role)), ""])


def _rights(role) -> Iterator[tuple[str, list[str]]]:
    """(name of a list, [verbs]) in the order of the desks; what has no list of its own comes last, by its name."""
    from django.apps import apps

    from diversity_portal.desk_names import PLACES

    granted: dict[str, list[str]] = {}
    for right in sorted(set(role.rights)):
        app, codename = right.split(".")
        verb, _, name = codename.partition("_")
        # The one right that is named after what is translated, and not after a table.
        model = apps.get_model(app, "readingrequest" if codename == "translate_unread" else name)
        granted.setdefault(model._meta.label, []).append(verb)
    order = [*PLACES, *sorted(granted.keys() - PLACES.keys())]
    for label in order:
        if label in granted:
            place = PLACES.get(label)
            name = str(place.name) if place else _capital(apps.get_model(label)._meta.verbose_name_plural)
            yield name, [VERBS[verb] for verb in VERBS if verb in granted[label]]


def _capital(name) -> str:
    return f"{str(name)[0].upper()}{str(name)[1:]}"


def main() -> int:
    django.setup()
    WRITTEN.write_text(pages(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
