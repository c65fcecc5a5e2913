import csv
import subprocess
import sys
from pathlib import Path

import allauth
import django
import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import to_locale

from diversity_portal.catalogues import begin
from diversity_portal.catalogues import plural_forms as forms_of
from responses.languages import languages

# Catalogues with translations that we can use.
_LIBRARIES = [
    *(
        Path(django.__file__).parent / each
        for each in ("conf", "contrib/admin", "contrib/auth", "contrib/contenttypes")
    ),
    Path(allauth.__file__).parent,
]
# By scripts/cldr_tables.py: gettext's plural rules from CLDR.
_PLURAL_RULES = settings.BASE_DIR / "diversity_portal" / "plural_rules.csv"
_USUAL_RULE = "nplurals=2; plural=(n != 1);"


class Command(BaseCommand):
    help = "Adds a language to locale/LINGUAS, with columns for organizers' texts and with catalogues to translate."

    def add_arguments(self, parser):
        parser.add_argument("code", help="A Wikimedia code from the registry, such as ha or pt-br.")
        parser.add_argument(
            "--plural-forms",
            help='gettext\'s plural rule, if that of Django or CLDR is not wanted: "nplurals=2; plural=(n != 1);"',
        )

    def handle(self, *args, code, plural_forms, **options):
        if code not in languages():
            raise CommandError(f"{code} is not a language of the registry.")
        if code in settings.INTERFACE_LANGUAGES:
            raise CommandError(f"The interface speaks {code} already.")
        rule = self._rule(code, plural_forms)
        root = settings.BASE_DIR
        folder = root / "locale" / to_locale(code) / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        total, there = self._interface(root, folder, code, rule)
        self._outcomes(root, folder, code)
        languages_file = root / "locale" / "LINGUAS"
        codes = sorted([*settings.INTERFACE_LANGUAGES, code])
        languages_file.write_text("\n".join(codes) + "\n", encoding="utf-8")
        # Each in its own process, which reads the new list of languages.
        run = [sys.executable, "manage.py"]
        name = f"texts_in_{code.replace('-', '_')}"
        for command in (
            [sys.executable, "-m", "scripts.compile_messages"],
            [*run, "makemigrations", "responses", "outcomes", "--name", name],
        ):
            subprocess.run(command, cwd=root, check=True)  # noqa: S603  (nothing in it was typed but the code)
        self.stdout.write(
            f"{languages()[code].label} is in the interface. What is not translated yet is shown in English.\n"
            f"* {folder.relative_to(root)}/django.po: {total} messages, {there} from Django and django-allauth\n"
            f"* {folder.relative_to(root)}/outcomes.po: the texts of 2017\n"
            "Then: `make run` migrates and loads. CONTRIBUTING.md tells what else is checked."
        )

    def _rule(self, code, given):
        """The given plural rule, else that of Django, of CLDR, or of most languages."""
        if given:
            try:
                forms_of(given)
            except (ValueError, ArithmeticError) as fault:
                raise CommandError(f"--plural-forms: {fault}") from None
            return given
        for library in _LIBRARIES:
            path = library / "locale" / to_locale(code) / "LC_MESSAGES" / "django.po"
            if path.exists() and (rule := polib.pofile(str(path)).metadata.get("Plural-Forms")):
                return rule
        with _PLURAL_RULES.open(encoding="utf-8", newline="") as file:
            known = {row["code"]: row["rule"] for row in csv.DictReader(file)}
        if code not in known:
            self.stdout.write(
                f"CLDR does not know the plural forms of {code}; {_USUAL_RULE!r} is assumed. If it has others, change "
                "Plural-Forms in its django.po before anybody translates."
            )
        return known.get(code, _USUAL_RULE)

    def _interface(self, root, folder, code, rule):
        catalogue = polib.pofile(str(root / "locale" / "en" / "LC_MESSAGES" / "django.po"), wrapwidth=0)
        catalogue.metadata.update({"Plural-Forms": rule, "X-Reviewed-By": ""})
        begin(catalogue, code)
        forms = len(forms_of(rule))
        known = {}
        for library in _LIBRARIES:
            path = library / "locale" / to_locale(code) / "LC_MESSAGES" / "django.po"
            for entry in polib.pofile(str(path)) if path.exists() else ():
                if entry.translated() and not entry.obsolete:
                    known.setdefault((entry.msgctxt, entry.msgid, entry.msgid_plural), entry)
        for entry in catalogue:
            there = known.get((entry.msgctxt, entry.msgid, entry.msgid_plural))
            entry.msgstr = there.msgstr if there else ""
            if entry.msgid_plural:
                filled = there and len(there.msgstr_plural) == forms
                entry.msgstr_plural = there.msgstr_plural if filled else dict.fromkeys(range(forms), "")
        catalogue.save(str(folder / "django.po"))
        return len(catalogue), len(catalogue.translated_entries())

    def _outcomes(self, root, folder, code):
        catalogue = polib.pofile(str(root / "locale" / "en" / "LC_MESSAGES" / "outcomes.po"), wrapwidth=0)
        catalogue.metadata["X-Reviewed-By"] = ""
        begin(catalogue, code)
        catalogue.save(str(folder / "outcomes.po"))
