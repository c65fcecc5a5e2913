# /// script
# dependencies = ["babel>=2.17"]
# ///
"""Writes what CLDR knows of the registry's languages and the portal cannot do without.

    npm pack cldr-core && tar xzf cldr-core-*.tgz
    uv run scripts/cldr_tables.py package/supplemental

* diversity_portal/plural_rules.csv: gettext's plural rule of each language, for `manage.py add_language`.
* responses/languages/other_codes.csv: what CLDR takes other codes for: aliases ("ara" is "ar"), and codes without the
  script that the registry has in them ("sr" is "sr-cyrl", "zh-tw" is "zh-hant").

The portal itself needs neither Babel nor CLDR's files.
"""

import csv
import json
import sys
from pathlib import Path

from babel.plural import PluralRule, to_gettext

ROOT = Path(__file__).parent.parent
LANGUAGES = ROOT / "responses" / "languages"


def plural_rules(supplemental, codes):
    """{code: "nplurals=2; plural=(n != 1);"} of the languages that CLDR knows, in whatever script they are written."""
    known = json.loads((supplemental / "plurals.json").read_text())["supplemental"]["plurals-type-cardinal"]
    rules = {}
    for code in codes:
        if (rule := known.get(code) or known.get(code.partition("-")[0])) is not None:
            forms = {name.removeprefix("pluralRule-count-"): text.partition("@")[0] for name, text in rule.items()}
            forms.pop("other")
            # Counts are whole numbers: forms for fractions alone ("v != 0") and compact ones (1M) are left out.
            forms = {name: _of_whole_numbers(text) for name, text in forms.items()}
            forms = {name: text for name, text in forms.items() if text}
            if all(PluralRule(forms)(n) != "other" for n in range(1001)):
                # In Russian, "other" is for fractions; the last form of whole numbers takes its place.
                del forms[max(forms, key=["zero", "one", "two", "few", "many"].index)]
            rules[code] = to_gettext(PluralRule(forms))
    return rules


def _of_whole_numbers(text):
    """A CLDR rule for whole numbers, which have no fraction and no exponent; "" if none meets it."""
    alternatives = []
    for alternative in text.strip().split(" or "):
        conditions = []
        for condition in alternative.split(" and "):
            operand, rest = condition.strip()[0], condition.strip()[1:]
            if operand in "ni":
                conditions.append(f"n{rest}")
            elif PluralRule({"one": f"n{rest}"})(0) != "one":
                break
        else:
            alternatives.append(" and ".join(conditions) or "n % 1 = 0")
    return " or ".join(alternatives)


def other_codes(supplemental, codes):
    """{code that is not in the registry, or names no script: code of the registry}"""
    data = json.loads((supplemental / "likelySubtags.json").read_text())["supplemental"]["likelySubtags"]
    found = {}
    for stated, likely in data.items():
        (language, *rest), script = stated.lower().split("-"), likely.lower().split("-")[1]
        names_no_script = not rest or (len(rest) == 1 and len(rest[0]) != 4)
        if names_no_script and stated.lower() not in codes and f"{language}-{script}" in codes:
            found[stated.lower()] = f"{language}-{script}"
    # The registry has regions of Chinese, of which each is written in one script. Nobody reads a page of "zh-cn".
    for code in codes:
        language, _hyphen, region = code.partition("-")
        script = data.get(_cldr_code(code), data.get(language, "--")).split("-")[1].lower()
        if language == "zh" and len(region) == 2:
            found[code] = f"{language}-{script}"
    aliases = json.loads((supplemental / "aliases.json").read_text())["supplemental"]["metadata"]["alias"][
        "languageAlias"
    ]
    for alias, row in aliases.items():
        code, meant = alias.lower(), row["_replacement"].lower()
        if code not in codes and "-" not in code:
            if meant in codes:
                found[code] = meant
            elif meant in found:
                found[code] = found[meant]
        elif code in codes and meant not in codes and "-" not in meant:
            found[meant] = code
    return found


def _cldr_code(code):
    """As CLDR writes it: "zh-TW"."""
    language, _hyphen, region = code.partition("-")
    return f"{language}-{region.upper()}"


def write(path, names, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(names)
        table.writerows(sorted(rows.items()))


def main(supplemental):
    with (LANGUAGES / "languages.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    write(ROOT / "diversity_portal" / "plural_rules.csv", ["code", "rule"], plural_rules(supplemental, codes))
    write(LANGUAGES / "other_codes.csv", ["code", "meant"], other_codes(supplemental, codes))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
