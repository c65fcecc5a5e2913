"""Reads the codes of a codebook (QDC) or of a project (QDPX) that another program for REFI-QDA has written."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import IO, BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Bytes, of a file and of what is read of a packed one. A codebook with a hundred long definitions has 100,000.
LARGEST_FILE = 1_000_000
# Codes that can be decided about, and all with those for stances. Each of them is a field of a form, and Django takes
# 1,000 fields.
MOST_CODES = 900
_MOST_WITH_STANCES = 4 * MOST_CODES
_DEEPEST = 30
# NVivo writes "1:0" for the version.
_NAMESPACE = re.compile(r"\{urn:QDA-XML:(?:codebook|project):[0-9][.:][0-9]\}")
_PACKED = b"PK\x03\x04"


@dataclass(frozen=True)
class FileCode:
    """A code as it stands in a file. parent: the place of the one above it in the list of all; None without one."""

    guid: str
    name: str
    description: str
    is_codable: bool
    parent: int | None


def read_codes(file: bytes) -> list[FileCode]:
    """The codes of a file, each behind the one above it. Raises ValidationError with the reason if there are none."""
    if len(file) > LARGEST_FILE:
        raise ValidationError(
            _("The file is larger than 1 MB. A codebook alone is smaller: export it without sources.")
        )
    try:
        if not file.startswith(_PACKED):
            return _codes(io.BytesIO(file))
        with zipfile.ZipFile(io.BytesIO(file)) as packed, _project(packed) as project:
            return _codes(project)
    except KeyError:
        raise ValidationError(_("The packed file has no project.qde in it, so it is not a REFI-QDA project.")) from None
    # A damaged, encrypted or otherwise packed file.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
        raise ValidationError(_("The packed file is damaged, or it is locked with a password.")) from None
    except DefusedXmlException:
        told = _("The file has a document type or entities, which no program writes into a codebook.")
        raise ValidationError(told) from None
    except ParseError as fault:
        if not file.startswith(_PACKED) and not _is_utf8(file):
            raise ValidationError(_not_utf8()) from None
        told = _("The file is damaged, or it is not XML: it cannot be read from line %(number)s on.")
        raise ValidationError(told % {"number": fault.position[0]}) from None
    except (ValueError, LookupError):
        raise ValidationError(_not_utf8()) from None


def _project(packed: zipfile.ZipFile) -> IO[bytes]:
    """The project in a packed file, open. Raises KeyError if there is none, and BadZipFile if it is packed otherwise.

    All programs pack with Deflate. What is packed with bzip2 or LZMA is unpacked in blocks of any size: memory may end.
    """
    entry = packed.getinfo("project.qde")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("Neither stored nor deflated.")
    return packed.open(entry)


def _is_utf8(file: bytes) -> bool:
    try:
        file.decode()
    except UnicodeDecodeError:
        return False
    return True


def _not_utf8() -> str:
    return _("The file is in an encoding that cannot be read; use UTF-8.")


class _Metered:
    """A file that raises ValidationError if more of it is read than a codebook has. A small zip may hold gigabytes."""

    def __init__(self, file: BinaryIO):
        self._file, self._left = file, LARGEST_FILE

    def read(self, size: int) -> bytes:
        block = self._file.read(size)
        self._left -= len(block)
        if self._left < 0:
            raise ValidationError(_("The codebook in the file is larger than 1 MB."))
        return block


def _codes(file) -> list[FileCode]:
    found: list[FileCode] = []
    above: list[int] = []
    for event, element, name in _elements(file):
        if name == "Code" and event == "start":
            if len(found) == _MOST_WITH_STANCES or len(above) == _DEEPEST:
                raise ValidationError(_("The file has too many codes, or too many levels of them."))
            found.append(_code(element, above[-1] if above else None))
            above.append(len(found) - 1)
        elif name == "Code":
            place, said = above.pop(), element.find(f"{_namespace(element)}Description")
            text = "".join(said.itertext()) if said is not None else ""
            found[place] = _code(element, found[place].parent, text)
        elif name == "CodeBook" and event == "end":
            break
    if not found:
        raise ValidationError(_("There are no codes in this file. It has to be a codebook or a project of REFI-QDA."))
    return found


def _elements(file) -> Iterator[tuple[str, Element, str]]:
    for event, element in iterparse(_Metered(file), events=("start", "end"), forbid_dtd=True):
        namespace = _namespace(element)
        yield event, element, element.tag.removeprefix(namespace) if namespace else ""


def _namespace(element: Element) -> str:
    found = _NAMESPACE.match(element.tag)
    return found[0] if found else ""


def _code(element: Element, parent: int | None, description: str = "") -> FileCode:
    guid = element.get("guid", "").strip().strip("{}").lower()
    return FileCode(guid, element.get("name", ""), description, element.get("isCodable") not in ("false", "0"), parent)


def as_plain(codes: list[FileCode]) -> list[dict]:
    """For the form that keeps a file between the preview and the choice. `from_plain` reads it again."""
    return [asdict(each) for each in codes]


def from_plain(plain: list[dict]) -> list[FileCode]:
    return [FileCode(**each) for each in plain]
