"""Compiles .po files to .mo without GNU gettext: python scripts/compile_messages.py [file.po ...]

Refuses a catalogue that Python cannot load or whose plural rule fails, with file and reason: such a file would
otherwise break every page of its language.
"""

import gettext
import io
import sys
from pathlib import Path

import polib


def compile_catalogue(path: Path) -> None:
    catalogue = polib.pofile(str(path)).to_binary()
    loaded = gettext.GNUTranslations(io.BytesIO(catalogue))
    for number in range(200):
        loaded.ngettext("%(n)s response", "%(n)s responses", number)
    path.with_suffix(".mo").write_bytes(catalogue)


def main(arguments: list[str]) -> int:
    paths = [Path(each) for each in arguments] or sorted(Path("locale").glob("*/LC_MESSAGES/django.po"))
    for path in paths:
        try:
            compile_catalogue(path)
        except Exception as fault:  # whatever is wrong with it, the next line says which file it is
            print(f"{path}: {type(fault).__name__}: {fault}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
