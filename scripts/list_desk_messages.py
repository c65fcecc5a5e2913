"""Lists the messages that only desks use and that are English so far: python -m scripts.list_desk_messages

They stand in locale/desk-messages.json. Organizers can work with English; everybody else cannot be asked to, so a
message that a public page, a form or a mail uses may never be there: tests hold that. Run after
scripts/collect-messages, whose "#:" comments say where a message is used.
"""

import json
import sys
from pathlib import Path

import polib

LOCALE = Path("locale")
LISTED = LOCALE / "desk-messages.json"
# Where only organizers, reviewers and coders come, and the labels of models, which the administration shows.
_AT_DESKS = (
    "/admin/",
    "/models/",
    "diversity_portal/desk_names.py",
    "diversity_portal/invitations.py",
    "diversity_portal/role_log.py",
    "outcomes/exports/",
    "outcomes/first_page.py",
    "/forms/review.py",
    "/forms/invite.py",
    "/exchange/affiliates_file.py",
    "/exchange/csv_tables.py",
    "/exchange/invitees_file.py",
    "/exchange/roster_changes.py",
    "outcomes/codebook_import.py",
    "responses/desk_log.py",
    "responses/names.py",
    "responses/missing_voices.py",
)


def is_at_desks(entry: polib.POEntry) -> bool:
    return all(any(place in f"/{path}" for place in _AT_DESKS) for path, _line in entry.occurrences)


def main() -> int:
    untranslated, elsewhere = set(), set()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        if path.parts[1] not in ("en", "qqq"):
            entries = [each for each in polib.pofile(str(path)) if not each.translated()]
            untranslated |= {each.msgid for each in entries}
            elsewhere |= {each.msgid for each in entries if not is_at_desks(each)}
    LISTED.write_text(json.dumps(sorted(untranslated - elsewhere), ensure_ascii=False, indent=1) + "\n", "utf-8")
    for each in sorted(elsewhere):
        print(f"Not only at desks, to be translated: {each}", file=sys.stderr)
    return len(elsewhere) > 0


if __name__ == "__main__":
    sys.exit(main())
