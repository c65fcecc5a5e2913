# /// script
# dependencies = ["babel>=2.19", "iso639-lang>=2.6"]
# ///
"""Brings the names of the registry up to date: sign languages, other names, names in the interface languages.

    uv run scripts/name_languages.py

Writes responses/languages/languages.csv (the sign languages of ISO 639-3, and the column of other names) and
names.csv beside it (what CLDR calls the languages in each language of locale/LINGUAS). Names are facts from CLDR
(by Babel) and ISO 639-3 (by iso639-lang); what these do not have is in the two tables below. The portal itself needs
neither package.
"""

import csv
import re
import unicodedata
from pathlib import Path

import iso639
from babel import Locale

ROOT = Path(__file__).parents[1]
REGISTRY = ROOT / "responses/languages/languages.csv"
NAMES = REGISTRY.with_name("names.csv")
COLUMNS = ["code", "autonym", "english_name", "script", "direction", "other_names"]

# What people also call a language, where neither source says so.
ALSO = {
    "aeb": "Derja", "am": "Amharigna|Amarigna", "arq": "Darija", "ary": "Darija", "az": "Azeri", "bcl": "Bicolano",
    "be": "Byelorussian|Belorussian", "ca": "Valencian", "ceb": "Bisaya|Visayan", "ckb": "Sorani", "diq": "Zaza",
    "dv": "Maldivian", "fa": "Farsi|Parsi|Iranian Persian", "ff": "Fulah|Fulani|Pulaar|Peul", "fil": "Pilipino",
    "fy": "Frisian", "gsw": "Swiss German", "he": "Ivrit", "hif": "Fijian Hindi", "ja": "Nihongo", "kab": "Berber",
    "ki": "Gikuyu", "ku": "Kurmanji", "lg": "Luganda", "ms": "Bahasa Malaysia|Malaysian", "my": "Myanmar",
    "nan": "Hokkien|Taiwanese|Southern Min", "nb": "Bokmål", "nds": "Low Saxon|Plattdeutsch", "nl": "Flemish",
    "nso": "Sepedi", "ny": "Chichewa|Chewa|Nyanja", "om": "Afaan Oromo|Afan Oromo|Oromiffa", "pa": "Panjabi",
    "pnb": "Shahmukhi", "prs": "Dari|Afghan Persian", "ps": "Pashtu|Pushtu|Pukhto", "rif": "Berber", "rn": "Kirundi",
    "rw": "Ruanda", "shi": "Berber", "si": "Singhalese", "so": "Af-Soomaali", "ss": "siSwati", "st": "Sotho",
    "sw": "Suaheli", "ti": "Tigrigna", "tl": "Pilipino", "tn": "Setswana", "ts": "Xitsonga", "tzm": "Berber",
    "ug": "Uighur|Uygur", "ve": "Tshivenda", "wuu": "Shanghainese", "yue": "Yue Chinese", "zgh": "Amazigh|Berber",
    "zh": "Mandarin|Mandarin Chinese|Putonghua|Guoyu|Hanyu|Zhongwen|普通话|普通話|国语|國語|汉语|漢語",
    "ase": "ASL", "asf": "Australian Sign Language", "asq": "ÖGS", "bfi": "BSL", "bzs": "Libras", "csl": "CSL",
    "dse": "NGT|Sign Language of the Netherlands", "fcs": "LSQ", "fse": "FinSL", "fsl": "LSF", "gsg": "DGS",
    "ils": "International Sign Language|International Signs|Gestuno", "ins": "Indo-Pakistani Sign Language|ISL",
    "inl": "Bisindo", "ise": "LIS", "isg": "ISL", "isr": "ISL", "jsl": "JSL", "kvk": "KSL", "mfs": "LSM", "nzs": "NZSL",
    "pks": "Indo-Pakistani Sign Language", "pso": "PJM", "psr": "LGP", "rsl": "РЖЯ", "sfb": "LSFB", "sgg": "DSGS",
    "ssp": "LSE", "ssr": "LSF-SR", "swl": "STS", "tsm": "TİD", "vgt": "VGT", "xki": "KSL",
}  # fmt: skip

# The names that signers use, where they are not English. The others go by their English names.
SIGNED = {
    "aed": "Lengua de señas argentina", "asf": "Auslan", "asp": "لغة الإشارة الجزائرية",
    "asq": "Österreichische Gebärdensprache", "bqn": "Български жестов език", "bzs": "Língua brasileira de sinais",
    "csc": "Llengua de signes catalana", "cse": "Český znakový jazyk", "csf": "Lengua de señas cubana",
    "csg": "Lengua de señas chilena", "csl": "中国手语", "csn": "Lengua de señas colombiana",
    "csq": "Hrvatski znakovni jezik", "dse": "Nederlandse Gebarentaal", "dsl": "Dansk tegnsprog",
    "eso": "Eesti viipekeel", "esl": "لغة الإشارة المصرية", "fcs": "Langue des signes québécoise",
    "fse": "Suomalainen viittomakieli", "fsl": "Langue des signes française", "fss": "Finlandssvenskt teckenspråk",
    "gsg": "Deutsche Gebärdensprache", "gss": "Ελληνική νοηματική γλώσσα", "hks": "香港手語", "hsh": "Magyar jelnyelv",
    "icl": "Íslenskt táknmál", "inl": "Bahasa Isyarat Indonesia", "ins": "भारतीय सांकेतिक भाषा",
    "ise": "Lingua dei segni italiana", "isr": "שפת הסימנים הישראלית", "jos": "لغة الإشارة الأردنية", "jsl": "日本手話",
    "kvk": "한국 수어", "lbs": "لغة الإشارة الليبية", "lls": "Lietuvių gestų kalba", "lsl": "Latviešu zīmju valoda",
    "mfs": "Lengua de señas mexicana", "nsl": "Norsk tegnspråk", "prl": "Lengua de señas peruana",
    "psc": "زبان اشارهٔ ایرانی", "pso": "Polski język migowy", "psr": "Língua gestual portuguesa",
    "rms": "Limbajul semnelor românesc", "rsl": "Русский жестовый язык", "sdl": "لغة الإشارة السعودية",
    "sfb": "Langue des signes de Belgique francophone", "sgg": "Deutschschweizer Gebärdensprache",
    "slf": "Lingua dei segni della Svizzera italiana", "ssp": "Lengua de signos española",
    "ssr": "Langue des signes suisse romande", "svk": "Slovenský posunkový jazyk", "swl": "Svenskt teckenspråk",
    "tse": "لغة الإشارة التونسية", "tsm": "Türk İşaret Dili", "tss": "臺灣手語", "ukl": "Українська жестова мова",
    "vgt": "Vlaamse Gebarentaal", "vsl": "Lengua de señas venezolana", "xms": "لغة الإشارة المغربية",
}  # fmt: skip
# English names of their own, where the sources give one name to two languages, or an unusual one.
ENGLISH = {
    "be-tarask": "Belarusian (Taraškievica)", "csf": "Cuban Sign Language", "csq": "Croatian Sign Language",
    "de-formal": "German (formal)", "es-formal": "Spanish (formal)", "esl": "Egyptian Sign Language",
    "hu-formal": "Hungarian (formal)", "mo": "Moldovan", "nan-latn-pehoeji": "Min Nan Chinese (Pe̍h-ōe-jī)",
    "nan-latn-tailo": "Min Nan Chinese (Tâi-lô)", "nl-informal": "Dutch (informal)",
    "nn-hognorsk": "Norwegian Nynorsk (Høgnorsk)", "rm-puter": "Romansh (Putèr)", "rm-rumgr": "Romansh (Grischun)",
    "rm-surmiran": "Romansh (Surmiran)", "rm-sursilv": "Romansh (Sursilvan)", "rm-sutsilv": "Romansh (Sutsilvan)",
    "rm-vallader": "Romansh (Vallader)", "sfb": "French Belgian Sign Language", "sh": "Serbo-Croatian",
    "sh-cyrl": "Serbo-Croatian (Cyrillic)", "sh-latn": "Serbo-Croatian (Latin)", "svk": "Slovak Sign Language",
    "vgt": "Flemish Sign Language",
}  # fmt: skip
_SIGN = re.compile(r"\b[Ss]ign(s|ed)?\b|Gebarentaal|Auslan|langue des signes", re.IGNORECASE)


def main() -> None:
    with REGISTRY.open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    for language in iso639.iter_langs():
        if _SIGN.search(language.name) and language.type() == "Living" and language.pt3 not in rows:
            english = ENGLISH.get(language.pt3) or _plain(language.name)
            rows[language.pt3] = {
                "code": language.pt3,
                "autonym": SIGNED.get(language.pt3, english),
                "english_name": english,
                "script": "Sgnw",
                "direction": "ltr",
            }
    for code, english in ENGLISH.items():
        rows[code]["english_name"] = english
    # A name that one language goes by is not another name of a second one, and neither is a code.
    taken = {_fold(each) for row in rows.values() for each in (row["code"], row["autonym"], row["english_name"])}
    for code, row in rows.items():
        row["other_names"] = "|".join(_others(code, row, rows, taken))
    _write(REGISTRY, COLUMNS, (rows[code] for code in sorted(rows)))

    codes = [code for code in (ROOT / "locale/LINGUAS").read_text(encoding="utf-8").split() if code != "en"]
    named = []
    for code in sorted(rows):
        names = {each: _in_language(code, rows[code], each) for each in codes}
        if any(names.values()):
            named.append({"code": code, **names})
    _write(NAMES, ["code", *codes], named)


def _write(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _fold(text):
    letters = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(re.sub(r"\W", " ", "".join(each for each in letters if not unicodedata.combining(each))).split())


def _plain(name):
    """Without what ISO adds to tell two apart: "Swahili (macrolanguage)"."""
    return re.sub(r" \([^)]*\)$", "", name)


def _others(code, row, rows, taken):
    """Other names, each once. Those of a language that is there once for each script are names of all of them."""
    base = code.partition("-")[0]
    own = code if code == base or base in rows else base
    found = ALSO.get(own, "").split("|")
    try:
        language = iso639.Lang(own)
    except (iso639.exceptions.InvalidLanguageValue, iso639.exceptions.DeprecatedLanguageValue):
        pass
    else:
        # "Creole, Haitian" stands beside "Haitian Creole".
        found += [_plain(name) for name in (language.name, *language.other_names()) if "," not in name]
    if own == base != code:
        found.append(re.sub(r" \([^)]*\)$", "", row["english_name"]))
    seen = {"", *taken}
    return [name for name in found if _fold(name) not in seen and not seen.add(_fold(name))]


def _in_language(code, row, interface):
    """What CLDR calls a language; "" if it does not know it, or means another one by this code."""
    names = Locale.parse(interface, sep="-") if interface != "zh-hans" else Locale("zh", script="Hans")
    base, *rest = code.split("-")
    if any(not re.fullmatch("[a-z]{2}|[a-z]{4}|419", each) for each in rest):
        return ""
    name = names.languages.get("_".join([base, *map(_subtag, rest)]), "")
    if not name and base in names.languages:
        parts = [(names.scripts if len(each) == 4 else names.territories).get(_subtag(each)) for each in rest]
        if all(parts):
            name = f"{names.languages[base]} ({', '.join(parts)})"
    known = map(_fold, [row["english_name"], _plain(row["english_name"]), *row["other_names"].split("|")])
    return name if _fold(Locale("en").languages.get(base, "")) in known else ""


def _subtag(part):
    return part.title() if len(part) == 4 else part.upper()


if __name__ == "__main__":
    main()
