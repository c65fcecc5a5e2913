"""Reads PO files as GNU gettext does (its po-lex.c and po-gram.y), an entry at a time.

polib is not used here. It opens a file if the text is the name of one, ends lines wherever Python does (U+2028,
U+0085), accepts a text without its closing quotation mark, and takes escapes of bytes ("\\330\\247") for words. Its
keywords say where an entry begins and ends: empty lines mean nothing, in gettext as here.
"""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Characters between the quotation marks of one text. The longest translation may come as escapes of its bytes, of four
# signs each.
_LARGEST_TEXT = 1_200_000
_BLANK = " \t\r\f\v"
_TOKEN = re.compile(
    rf"[{_BLANK}]*(?:(?P<word>[a-z_]+)(?:[{_BLANK}]*\[[{_BLANK}]*(?P<form>[0-9]{{1,3}})[{_BLANK}]*\])?"
    r'|"(?P<text>[^"\\]*(?:\\.[^"\\]*)*)"|(?P<comment>#.*))',
    re.DOTALL,
)
_BYTES = re.compile("[\udc80-\udcff]")
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]+)|(.))", re.DOTALL)
_MEANT = {"n": "\n", "t": "\t", "b": "\b", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "\\": "\\", '"': '"'}


@dataclass(slots=True)
class Entry:
    """One message of a catalogue, or its header: the message without a context whose msgid is empty."""

    line: int  # of its first keyword
    msgctxt: str | None = None
    msgid: str = ""
    msgid_plural: str | None = None
    msgstr: str = ""  # "" if it has plural forms
    msgstr_plural: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False
    obsolete: bool = False

    @property
    def is_header(self) -> bool:
        return self.msgctxt is None and not self.msgid and not self.obsolete

    @property
    def is_translated(self) -> bool:
        return bool(self.msgstr or any(self.msgstr_plural.values()))

    @property
    def metadata(self) -> dict[str, str]:
        """What a header says: {"Language": "pt_BR"}."""
        fields = (line.partition(":") for line in self.msgstr.split("\n") if line.strip())
        return {name.strip(): value.strip() for name, _colon, value in fields}


# How packed files, documents of office programs and compiled catalogues begin.
_OTHER_KINDS: tuple[bytes, ...] = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf")
_OTHER_KINDS += (
    b"Rar!",
    b"\x28\xb5\x2f\xfd",
    b"\xde\x12\x04\x95",
    b"\x95\x04\x12\xde",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"{\\rtf",
)


def other_kind(wanted: str) -> ValidationError:
    """What to do with a file of another kind than those that can be read. wanted: the names of these."""
    told = _("This file is packed, or of another kind. Unpack it, or let your program write one of these: %(kinds)s.")
    return ValidationError(told % {"kinds": wanted})


def lines_of(file: BinaryIO, wanted: str = "PO") -> Iterator[str]:
    """The lines of a file, without their ends: those of Unix, of Windows or of old Macs.

    wanted: the names of the kinds of files that can be read in its place. Raises ValidationError if it is no text, is
    not in UTF-8, or has a line without an end.
    """
    begun = file.tell()
    if file.read(8).startswith(_OTHER_KINDS):
        raise other_kind(wanted)
    file.seek(begun)
    lines = io.TextIOWrapper(file, encoding="utf-8-sig")
    number = 0
    try:
        while line := lines.readline(_LARGEST_TEXT):
            number += 1
            if len(line) == _LARGEST_TEXT:
                raise _too_long(number)
            yield line.removesuffix("\n")
    except UnicodeDecodeError:
        raise ValidationError(_("The file is not in UTF-8.")) from None
    finally:
        # Otherwise the wrapper would close a file that is not ours. Detaching from a closed file raises ValueError.
        with suppress(ValueError):
            lines.detach()


def parse(lines: Iterable[str]) -> Iterator[Entry]:
    """The entries of a PO file, whose lines come without their ends.

    Raises ValidationError with the number of the line if gettext could not read them either.
    """
    draft, fuzzy, number = None, False, 0
    for number, kind, value, form, obsolete in _tokens(lines):
        if kind == "fault":
            # A program has cut the text, perhaps at a character that it takes for the end of a line.
            raise _unreadable(number, draft.key if draft else "")
        if (
            draft
            and draft.is_complete
            and (kind == "comment" or value in ("domain", "msgctxt", "msgid"))
            and kind != "text"
        ):
            if draft.is_message:
                yield draft.entry()
            draft = None
        if kind == "comment":
            if draft:
                raise _unreadable(number)
            # Newer versions of gettext write flags after "#=" too, very old ones after "#!".
            fuzzy |= value[1:2] in (",", "=", "!") and "fuzzy" in re.split(r"[\s,]+", value[2:])
            continue
        if draft is None:
            draft, fuzzy = _Draft(number, fuzzy, obsolete), False
        if obsolete != draft.obsolete:
            raise _unreadable(number)
        if kind == "text":
            draft.add(value, number)
        else:
            draft.begin(value, form, number)
    if draft and not draft.is_complete:
        raise _unreadable(number)
    if draft and draft.is_message:
        yield draft.entry()


def _tokens(lines: Iterable[str]) -> Iterator[tuple[int, str, str, str | None, bool]]:
    """(number of the line, kind, what it says, number of the plural form, whether it stands after "#~")

    The kinds are "word", "text", "comment", and "fault" for what is none of these, with which it ends.
    """
    for number, line in enumerate(lines, start=1):
        line = line.strip(_BLANK)
        if line.startswith("#~|"):  # what an obsolete message read before
            continue
        obsolete = line.startswith("#~")
        at = 2 if obsolete else 0
        while at < len(line):
            if not (token := _TOKEN.match(line, at)):
                yield number, "fault", "", None, obsolete
                return
            at = token.end()
            for kind in ("word", "text", "comment"):
                if token[kind] is not None:
                    yield number, kind, token[kind], token["form"], obsolete


class _Draft:
    """An entry that is being read."""

    def __init__(self, line: int, fuzzy: bool, obsolete: bool):
        self.line, self.fuzzy, self.obsolete, self.size = line, fuzzy, obsolete, 0
        # {keyword: texts}, where that of a plural form is "msgstr[1]".
        self.parts: dict[str, list[str]] = {}
        self.open = ""

    @property
    def is_complete(self) -> bool:
        return self.open.startswith(("msgstr", "domain")) and bool(self.parts[self.open])

    @property
    def key(self) -> str:
        return "".join(self.parts.get("msgctxt", []))[:70]

    @property
    def is_message(self) -> bool:
        return self.open != "domain"

    def begin(self, word: str, form: str | None, number: int) -> None:
        """A keyword, with the number of a plural form or without. Raises ValidationError where none may stand."""
        follows = {
            "domain": not self.open,
            "msgctxt": not self.open,
            "msgid": self.open in ("", "msgctxt"),
            "msgid_plural": self.open == "msgid",
            "msgstr": self.open == "msgid" if form is None else self.open.startswith(("msgid_plural", "msgstr[")),
        }
        name = word if form is None else f"{word}[{int(form)}]"
        waits = bool(self.open) and not self.parts[self.open]
        if waits or not follows.get(word) or name in self.parts or (form is not None and word != "msgstr"):
            raise _unreadable(number)
        self.open = name
        self.parts[name] = []

    def add(self, text: str, number: int) -> None:
        self.size += len(text)
        if not self.open:
            raise _unreadable(number)
        if self.size > _LARGEST_TEXT:
            raise _too_long(number)
        self.parts[self.open].append(_unescaped(text, number) if "\\" in text else text)

    def entry(self) -> Entry:
        texts = {name: self._text(parts) for name, parts in self.parts.items()}
        forms = {int(name[7:-1]): text for name, text in texts.items() if name.startswith("msgstr[")}
        simple = {name: text for name, text in texts.items() if not name.startswith("msgstr[")}
        return Entry(line=self.line, fuzzy=self.fuzzy, obsolete=self.obsolete, msgstr_plural=forms, **simple)

    def _text(self, parts: list[str]) -> str:
        text = "".join(parts)
        if _BYTES.search(text):
            try:
                return text.encode("utf-8", "surrogateescape").decode("utf-8")
            except UnicodeDecodeError:
                raise _unreadable(self.line) from None
        return text


def _unescaped(text: str, number: int) -> str:
    """A byte of 128 and above becomes half a surrogate pair until the text is complete: others may follow it."""

    def sign(escape):
        octal, hexadecimal, letter = escape.groups()
        if letter is not None:
            if letter not in _MEANT:
                raise _unreadable(number)
            return _MEANT[letter]
        byte = int(octal, 8) if octal else int(hexadecimal, 16)
        if byte > 0xFF:
            raise _unreadable(number)
        return chr(byte if byte < 0x80 else 0xDC00 + byte)

    return _ESCAPE.sub(sign, text)


def _unreadable(number, key=""):
    line = _("line %(number)s") % {"number": number}
    if key:
        line = f"{line} ({''.join(sign for sign in key if sign.isprintable())})"
    return ValidationError(_("The file cannot be read as PO: %(reason)s.") % {"reason": line})


def _too_long(number):
    return ValidationError(_("Line %(number)s: this text is too long.") % {"number": number})
