"""The organizers' texts in every interface language, and their export and import as gettext catalogues.

These are the questions, regions, terms, statement, problems and solutions: all texts that modeltranslation keeps in a
column per language. Translators get one .po file per language, in which each text has a key as context
("problem.access.title"), the English as msgid and the other language as msgstr.
"""

import dataclasses
import io
from typing import Any

import polib
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.html import format_html
from django.utils.text import normalize_newlines
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from responses.exchange.po_parser import lines_of, parse
from responses.languages import language_of
from responses.languages.codes_in_files import is_meant
from responses.languages.text_matching import copy_key
from responses.models import TextSource
from responses.validators import is_blank, organizers_text

SOURCE = settings.MODELTRANSLATION_DEFAULT_LANGUAGE
OTHERS = [code for code in settings.MODELTRANSLATION_LANGUAGES if code != SOURCE]


@dataclasses.dataclass(frozen=True)
class Text:
    """One text of one row, in all interface languages."""

    row: Any  # of a registered model; each of them has a `text_key`
    field: str
    # {language: the English that its text was made from}, for languages where that is known.
    made_from: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.row.text_key}.{self.field}"

    @property
    def english(self) -> str:
        return self.in_language(SOURCE)

    @property
    def is_line(self) -> bool:
        return isinstance(self.row._meta.get_field(self.field), models.CharField)

    def in_language(self, language: str) -> str:
        return getattr(self.row, build_localized_fieldname(self.field, language)) or ""

    def state(self, language: str) -> str:
        """Whether the text is "missing", "older" than its English, or "current"."""
        if not self.in_language(language):
            return "missing"
        return "current" if self.made_from.get(language, self.english) == self.english else "older"


def worded(row: models.Model, name: str) -> str:
    """An organizers' text in the language of the page. If that is missing, the English, marked as English."""
    text, marks = getattr(row, name), marks_of(row, name)
    if not marks:
        return text
    marked = '<span lang="{lang}" dir="{dir}">{} <small class="instead">({})</small></span>'
    return format_html(marked, text, language_of(SOURCE).autonym, **marks)


def marks_of(row: models.Model, name: str) -> dict[str, str]:
    """The attributes that mark a text as English where its own language is missing; none where it is there.

    For an element that can have no other in it, such as <option>; elsewhere `worded` does it.
    """
    is_there = not getattr(row, name) or getattr(row, build_localized_fieldname(name, get_language() or SOURCE))
    if get_language() == SOURCE or is_there:
        return {}
    return {"lang": SOURCE, "dir": language_of(SOURCE).direction}


def registered() -> list[type[models.Model]]:
    """The models with organizers' texts."""
    return sorted(translator.get_registered_models(abstract=False), key=lambda each: each._meta.label)


def texts() -> list[Text]:
    """All texts that have an English wording, model by model."""
    made_from = _made_from(TextSource.objects.all())
    found = []
    for model in registered():
        # The key of a clause contains its statement.
        related = [each.name for each in model._meta.fields if each.is_relation]
        rows = model._default_manager.all()
        for row in rows.select_related(*related) if related else rows:
            found += _texts(row, made_from)
    return found


def texts_of(rows: list[models.Model]) -> list[list[Text]]:
    """The texts of each of some rows of one model, in one query."""
    made_from = _made_from(TextSource.objects.filter(model__in={row._meta.label_lower for row in rows}))
    return [_texts(row, made_from) for row in rows]


def _made_from(worded) -> dict[tuple, dict[str, str]]:
    found: dict[tuple, dict[str, str]] = {}
    for model, row, name, language, english in worded.values_list("model", "row", "field", "language", "english"):
        found.setdefault((model, row, name), {})[language] = english
    return found


def _fields_of(row: models.Model) -> list[str]:
    """The names of the translated fields, in the order of the model: modeltranslation keeps them in a set."""
    translated = translator.get_options_for_model(type(row)).all_fields
    return [field.name for field in row._meta.fields if field.name in translated]


def _texts(row, made_from) -> list[Text]:
    found = [Text(row, name, made_from.get((row._meta.label_lower, row.pk, name), {})) for name in _fields_of(row)]
    return [text for text in found if text.english]


def note_source(row: models.Model, name: str, language: str, english: str) -> None:
    """Store the English that a text was made from."""
    TextSource.objects.update_or_create(
        model=row._meta.label_lower, row=row.pk, field=name, language=language, defaults={"english": english}
    )


def note_saved(row: models.Model, changed: list[str], before: dict[str, str]) -> None:
    """After an organizer's form is saved, store the English that each text was made from.

    A text that was written in the form was made from the English beside it; any other text from the earlier English.
    changed: the columns that the form changed; before: their earlier values.
    """
    for name in _fields_of(row):
        source = build_localized_fieldname(name, SOURCE)
        old_english = before.get(source) if source in changed else getattr(row, source)
        known = set(
            TextSource.objects.filter(model=row._meta.label_lower, row=row.pk, field=name).values_list(
                "language", flat=True
            )
        )
        for language in OTHERS:
            column = build_localized_fieldname(name, language)
            if column in changed:
                note_source(row, name, language, getattr(row, source) or "")
            elif language not in known and getattr(row, column):
                note_source(row, name, language, old_english or "")


def catalogue(language: str) -> polib.POFile:
    """All texts in one language. One that is older than its English is fuzzy, with the English it was made from."""
    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Project-Id-Version": "diversity-portal outcomes",
        "Language": to_locale(language),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for text in texts():
        entry = polib.POEntry(msgctxt=text.key, msgid=text.english, msgstr=text.in_language(language))
        if text.state(language) == "older":
            entry.flags = ["fuzzy"]
            entry.previous_msgid = text.made_from[language]
        po.append(entry)
    return po


@dataclasses.dataclass
class CatalogueImport:
    """What an import did: keys, with the texts concerned."""

    changed: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)  # key, text before, text now
    same: int = 0
    left: list[tuple[str, str]] = dataclasses.field(default_factory=list)  # key, why nothing was done with it


# Why a text of a file was not imported.
REASONS = {
    "unknown": gettext_lazy("There is no text with this key."),
    "twice": gettext_lazy("The file has this key twice."),
    "english": gettext_lazy("The English text reads otherwise now."),
    "fuzzy": gettext_lazy("It is marked as fuzzy, that is, as doubtful."),
    "obsolete": gettext_lazy("It is marked as obsolete."),
    "plural": gettext_lazy("It has plural forms."),
    "long": gettext_lazy("It is too long."),
    "blank": gettext_lazy("It is blank."),
    "unstorable": gettext_lazy("It has a character that cannot be stored."),
}


def read(file: bytes) -> polib.POFile:
    """A translator's file. Raises ValidationError with the reason if it is not a catalogue in UTF-8."""
    po = polib.POFile(wrapwidth=0)
    for entry in parse(lines_of(io.BytesIO(file))):
        if entry.is_header:
            po.metadata = entry.metadata
        else:
            texts = {name: getattr(entry, name) for name in ("msgctxt", "msgid", "msgstr", "obsolete")}
            flags = ["fuzzy"] if entry.fuzzy else []
            plural = {"msgid_plural": entry.msgid_plural or "", "msgstr_plural": entry.msgstr_plural}
            po.append(polib.POEntry(**texts, **plural, flags=flags, linenum=entry.line))
    if not len(po):
        raise ValidationError(_("There is no text in the file."))
    return po


@transaction.atomic
def import_catalogue(po: polib.POFile, language: str, *, only_missing: bool = False) -> CatalogueImport:
    """Import the texts of a catalogue. Safe to repeat. Texts that cannot be imported are listed with the reason.

    only_missing: fill in texts that nobody has written yet, and change no others. Raises ValidationError if the
    catalogue is in another language, or the texts are not kept in it.
    """
    if language not in OTHERS:
        raise ValidationError(_("The texts are not kept in this language."))
    stated = po.metadata.get("Language", "")
    if stated and not is_meant(language, stated):
        raise ValidationError(_("The file says that it is in another language: %(language)s.") % {"language": stated})
    known = {text.key: text for text in texts()}
    imported = CatalogueImport()
    seen: set[str] = set()
    worded: list[Text] = []
    for entry in po:
        if not entry.msgstr and not any(entry.msgstr_plural.values()):
            continue
        entry.msgid, entry.msgstr = normalize_newlines(entry.msgid), normalize_newlines(entry.msgstr)
        if text := known.get(entry.msgctxt):
            entry.msgstr = organizers_text(entry.msgstr, is_line=text.is_line)
        reason = _why_not(entry, text, language, seen)
        if not entry.obsolete:
            seen.add(entry.msgctxt)
        if text is None or reason:
            if not only_missing:
                imported.left.append((entry.msgctxt or entry.msgid, reason))
            continue
        # Where a text was made from is known, so an empty one was emptied by an organizer.
        if only_missing and (text.in_language(language) or language in text.made_from):
            continue
        before = text.in_language(language)
        if entry.msgstr == before and text.state(language) == "current":
            imported.same += 1
        else:
            imported.changed.append((text.key, before, entry.msgstr))
            setattr(text.row, build_localized_fieldname(text.field, language), entry.msgstr)
        worded.append(text)
    _store(worded, language)
    return imported


def _store(worded: list[Text], language: str) -> None:
    rows: dict[tuple, list] = {}
    for text in worded:
        rows.setdefault((type(text.row), build_localized_fieldname(text.field, language)), []).append(text.row)
    for (model, column), changed in rows.items():
        model._default_manager.bulk_update(changed, [column])
    sources = [
        TextSource(
            model=text.row._meta.label_lower, row=text.row.pk, field=text.field, language=language, english=text.english
        )
        for text in worded
    ]
    TextSource.objects.bulk_create(
        sources,
        update_conflicts=True,
        unique_fields=["model", "row", "field", "language"],
        update_fields=["english"],
    )


def _why_not(entry: polib.POEntry, text: Text | None, language: str, seen: set[str]) -> str:
    if entry.obsolete:
        return "obsolete"
    if text is None:
        return "unknown"
    if entry.msgctxt in seen:
        return "twice"
    if entry.msgid_plural:
        return "plural"
    if copy_key(entry.msgid) != copy_key(text.english):
        return "english"
    if entry.fuzzy:
        return "fuzzy"
    if is_blank(entry.msgstr):
        return "blank"
    if "\x00" in entry.msgstr:
        return "unstorable"
    longest = text.row._meta.get_field(build_localized_fieldname(text.field, language)).max_length
    return "long" if longest and len(entry.msgstr) > longest else ""
