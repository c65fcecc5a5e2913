"""How often the checks beside a translation are wrong, as the table in docs/translation-checks.md.

.venv/bin/python bench/translation_checks.py
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from tests.complete_translations import LANGUAGES, Measured, measured  # noqa: E402


def row(name, each):
    false, found = 100 * each.false_alarms / each.sentences, 100 * each.found / each.left_out
    there = 100 * each.right_there / each.left_out
    print(f"| {name} | {each.sentences} | {each.false_alarms} ({false:.1f} %)", end="")
    print(f" | {each.left_out} | {found:.0f} % | {there:.0f} % |")


def main():
    print("| language | sentences | false alarms | left out | found | there or beside |")
    print("|---|---|---|---|---|---|")
    total = Measured()
    for language in LANGUAGES:
        both = measured("en", language) + measured(language, "en")
        total += both
        row(f"English and {language}", both)
    for source, target in (("ar", "fr"), ("zh-hans", "sw"), ("sv", "id"), ("fa", "es"), ("hi", "ru")):
        each = measured(source, target)
        total += each
        row(f"{source} into {target}", each)
    row("all", total)


main()
