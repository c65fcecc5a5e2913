"""Compiles .po files to .mo without GNU gettext: python -m scripts.compile_messages [file.po ...]

Refuses a catalogue that would break pages of its language, with file, line and reason.
"""

import sys
from pathlib import Path

import polib

from diversity_portal.catalogues import faults


def main(arguments: list[str]) -> int:
    paths = [Path(each) for each in arguments] or [
        each for each in sorted(Path("locale").glob("*/LC_MESSAGES/django.po")) if each.parts[-3] != "qqq"
    ]
    for path in paths:
        if found := faults(path):
            print(*found, sep="\n", file=sys.stderr)
            return 1
        # In one step: half a catalogue, with a newer date than its source, would never be made anew.
        unfinished = path.with_suffix(".mo.unfinished")
        unfinished.write_bytes(polib.pofile(str(path)).to_binary())
        unfinished.replace(path.with_suffix(".mo"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
