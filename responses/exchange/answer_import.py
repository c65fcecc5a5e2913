"""Imports translations from a file. Safe to repeat; what a person has written at the portal is never overwritten."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from responses.access.keys import sha256_of
from responses.languages import UNLISTED
from responses.languages.codes_in_files import is_meant, meant_in_file
from responses.languages.text_matching import copy_key
from responses.models import Answer, Mask, Recusal, Reservation, Translation
from responses.models.answer import LONGEST_TRANSLATION
from responses.validators import check_storable, is_blank

from . import po, xliff
from .units import Languages, Unit

# What became of a unit. The first two are not reported one by one; all but those of STORED are left in the file.
OUTCOMES = {
    "taken": gettext_lazy("Stored; it waits for somebody else to review it."),
    "same": gettext_lazy("It was there already."),
    "older": gettext_lazy("Stored, but outdated: the author has changed the answer meanwhile."),
    "beside": gettext_lazy("Stored beside the translation that somebody else has made meanwhile."),
    "newer_here": gettext_lazy(
        "Left in the file: the author has changed the answer meanwhile, and there is a newer translation here."
    ),
    "objected": gettext_lazy("Left in the file: the author of the answer has objected to this very translation."),
    "machine": gettext_lazy("Left in the file: it is the machine’s draft, word for word, which you can review here."),
    "other_original": gettext_lazy("Left in the file: the original in the file is not what the author wrote."),
    "copied": gettext_lazy("Left in the file: it is the same as the original."),
    "changed_here": gettext_lazy("Left in the file: you have written another translation at the portal meanwhile."),
    "unknown": gettext_lazy("Left in the file: there is no such answer, or it is not public at the moment."),
    "recused": gettext_lazy("Left in the file: you know who wrote the answer, and have put it away."),
    "own_language": gettext_lazy("Left in the file: the answer is in this language already."),
    "twice": gettext_lazy("Left in the file: it is there twice."),
    "doubtful": gettext_lazy("Left in the file: it is marked as fuzzy, that is, as doubtful."),
    "obsolete": gettext_lazy("Left in the file: it is marked as obsolete."),
    "partial": gettext_lazy("Left in the file: a part of it is not translated yet."),
    "codes": gettext_lazy("Left in the file: there is formatting in it."),
    "plural": gettext_lazy("Left in the file: it has plural forms."),
    "blank": gettext_lazy("Left in the file: it is blank."),
    "long": gettext_lazy("Left in the file: it is too long."),
    "unstorable": gettext_lazy("Left in the file: it has a character that cannot be stored."),
}
QUIET = ("taken", "same")
STORED = ("taken", "beside", "older")
_KEY = re.compile(r"([a-z2-9]{4,12})\.([-\w]{1,50})", re.ASCII)
# What is stored in one transaction, and held in memory: so many units, or so many characters.
_UNITS_AT_ONCE = 200
_CHARACTERS_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class ImportedUnit:
    """One unit of a file, and what became of it: a key of OUTCOMES."""

    unit: Unit
    outcome: str


def check(file: BinaryIO, expected: str = "") -> tuple[Languages, int]:
    """Read a whole file without storing anything: its languages, and the number of translated units.

    expected: the language that it should be in, which decides if the code in the file may mean several. The language of
    the originals is for people; "" if the file does not name one that is known. Raises ValidationError with the reason
    if the file cannot be read.
    """
    units = _read(file)
    stated = next(units)
    number = sum(bool(unit.target) for unit in units)
    if not stated.target.strip():
        raise ValidationError(_("The file does not say which languages it is in."))
    if not (targets := meant_in_file(stated.target)):
        name = "".join(sign for sign in stated.target[:50] if sign.isprintable())
        raise ValidationError(
            _("The language that the file names is not known here: %(language)s.") % {"language": name}
        )
    target = expected if expected and is_meant(expected, stated.target) else targets[0]
    source = UNLISTED if stated.source == UNLISTED else next(iter(meant_in_file(stated.source)), "")
    return Languages(source, target), number


def import_answers(file: BinaryIO, translator, *, expected: str = "", copies: bool = False) -> Iterator[ImportedUnit]:
    """Store the translations of a file as suggestions of a translator, and say what became of each.

    expected: as in `check`. copies: store texts too that are the same as the original, such as a name. The whole file
    is read once before anything is stored, so a damaged file changes nothing. Only the keys of the units are kept in
    memory.
    """
    languages, _number = check(file, expected)
    units = _read(file)
    next(units)
    seen: set[str] = set()
    for batch in _batches(unit for unit in units if unit.target or unit.fault):
        yield from _store(batch, languages.target, translator, seen, copies)


def _batches(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    batch, size = [], 0
    for unit in units:
        batch.append(unit)
        size += len(unit.source) + len(unit.target)
        if len(batch) == _UNITS_AT_ONCE or size > _CHARACTERS_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read(file: BinaryIO):
    file.seek(0)
    beginning = file.read(200).lstrip(b"\xef\xbb\xbf \t\r\n")
    file.seek(0)
    # UTF-16 begins with its own two bytes.
    is_xml = beginning.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<"))
    return xliff.read(file) if is_xml else po.read(file)


@transaction.atomic
def _store(batch, language, translator, seen, copies) -> list[ImportedUnit]:
    # Answers end their lines with LF; tools on Windows write CRLF.
    batch = [
        replace(unit, source=normalize_newlines(unit.source), target=normalize_newlines(unit.target)) for unit in batch
    ]
    keys = {unit.key: _code_and_slug(unit.key) for unit in batch}
    codes = {code for code, _slug in keys.values()}
    # Somebody who suggests or withdraws at the same time waits, as in `suggest`.
    answers = {
        (answer.response.code, answer.question.slug): answer
        for answer in Answer.objects.select_for_update(of=("self",))
        .filter(pk__in=Answer.objects.published().filter(response__code__in=codes).values("pk"))
        .select_related("response", "question")
        .prefetch_related("response__versions", Prefetch("translations", Translation.objects.filter(language=language)))
        # Two imports at once lock answers in the same order; otherwise each could wait for the other.
        .order_by("pk")
    }
    # Asked only now: whoever hides words locks the answers too.
    masked = set(Mask.objects.filter(answer__response__code__in=codes).values_list("answer__response", flat=True))
    put_away = Recusal.objects.filter(response__code__in=codes).codes_of(translator)
    live: dict[int, list[Translation]] = {}
    there = Translation.objects.live().by_people().filter(answer__in=answers.values(), language=language)
    for each in there.order_by("created_at", "pk"):
        live.setdefault(each.answer_id, []).append(each)
    of_these = Translation.objects.filter(answer__in=answers.values(), language=language)
    refused = set(of_these.objected().values_list("answer", "text"))
    drafted = set(of_these.machine_drafts().live().values_list("answer", "text"))
    imported: list[ImportedUnit] = []
    new: list[Translation] = []
    changed: list[Translation] = []
    for unit in batch:
        answer = answers.get(keys[unit.key])
        outcome = _why_not(unit, answer, language, seen)
        if answer is not None and answer.response.code in put_away:
            outcome = "recused"
        seen.add(unit.key)
        if answer is not None and not outcome:
            if (answer.pk, unit.target) in refused:
                outcome = "objected"
            elif (answer.pk, unit.target) in drafted:
                outcome = "machine"
            else:
                shown = unit
                if answer.response.pk in masked:
                    # Words that are hidden in any answer of the response are not to come back in a translation of
                    # another one.
                    shown = replace(unit, target=answer.response.without_hidden_words(unit.target))
                outcome = _keep(shown, answer, live.get(answer.pk, []), language, translator, copies, new, changed)
        imported.append(ImportedUnit(unit, outcome))
    Translation.objects.bulk_create(new)
    Translation.objects.bulk_update(changed, ["text", "source_text", "created_at", "imported_hash"])
    Translation.objects.filter(answer__in=[each.answer for each in new + changed], language=language).keep_waiting()
    done = Reservation.objects.filter(user=translator, language=language)
    done.filter(answer__translations__in=new + changed).delete()
    return imported


def _code_and_slug(key: str) -> tuple[str, str]:
    """The code of the response and the slug of the question; ("", "") if the key is not one of ours."""
    found = _KEY.fullmatch(key)
    return (found[1], found[2]) if found else ("", "")


def _why_not(unit, answer, language, seen) -> str:
    if unit.fault:
        return unit.fault
    if answer is None:
        return "unknown"
    if unit.key in seen:
        return "twice"
    if answer.response.language == language:
        return "own_language"
    if is_blank(unit.target):
        return "blank"
    if max(len(unit.target), len(unit.source)) > LONGEST_TRANSLATION:
        return "long"
    try:
        check_storable(unit.target + unit.source)
    except ValidationError:
        return "unstorable"
    return ""


def _keep(unit, answer, live, language, translator, copies, new, changed) -> str:
    text, original = unit.target, answer.as_it_read(unit.source)
    if original is None:
        return "other_original"
    if any((each.text, each.source_text) == (text, original) for each in live):
        return "same"
    if copy_key(text) == copy_key(original) and not copies:
        return "copied"
    mine = next((each for each in live if each.translator_id == translator.pk and not each.is_reviewed), None)
    if mine and mine.was_changed_since_import:
        return "changed_here"
    current = [each for each in live if each.source_text == answer.text]
    if original != answer.text and current:
        return "newer_here"
    if mine is None:
        mine = Translation(answer=answer, language=language, translator=translator)
        new.append(mine)
    else:
        changed.append(mine)
    mine.text, mine.source_text = text, original
    mine.created_at, mine.imported_hash = timezone.now(), sha256_of(text)
    if original != answer.text:
        return "older"
    return "beside" if any(each.translator_id != translator.pk for each in current) else "taken"
