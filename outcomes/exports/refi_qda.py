"""The codebook (QDC) and the whole project (QDPX) for programs that read REFI-QDA: NVivo, MAXQDA, ATLAS.ti, QualCoder.

QDA-XML 1.0 of 18 March 2019. Its schema is Project.xsd; positions in texts are counted in code points, from 0, and the
end is exclusive.
"""

import io
import uuid
import zipfile
from collections.abc import Iterator
from itertools import chain
from tempfile import TemporaryFile
from typing import TextIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outcomes.models import Evidence

from .coders import numbers_of_coders
from .codes import Code, claims, codes, stance_guid
from .file import ExportFile
from .marked_texts import MarkedText, marked_texts
from .refi_xml import CODEBOOK, PROJECT, Xml, guid_of

# Bytes that are collected before they are sent.
_PIECE = 64 * 1024


def write_codebook() -> Iterator[bytes]:
    file = io.StringIO()
    xml = Xml(file)
    xml.start()
    with xml.element("CodeBook", xmlns=CODEBOOK, origin=settings.PORTAL_ORIGIN):
        _codes(xml, codes(claims()))
    yield file.getvalue().encode()


def _codes(xml: Xml, roots: list[Code]) -> None:
    with xml.element("Codes"):
        for each in roots:
            each.write(xml)


class _Pipe(io.RawIOBase):
    """What a zip file is written into: gives out what was written so far, and keeps nothing of it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._size = 0

    def write(self, piece) -> int:
        self._pieces.append(bytes(piece))
        self._size += len(piece)
        return len(piece)

    def taken(self, at_least: int = _PIECE) -> Iterator[bytes]:
        if self._size >= at_least and self._pieces:
            yield b"".join(self._pieces)
            self._pieces, self._size = [], 0


def write_project() -> Iterator[bytes]:
    """The texts go into the file as they are read; what is said about them is kept on disk, and follows at the end.

    So the positions belong to the very texts that are in the file, whatever people change meanwhile. None of these
    words are on disk. What grows with their number is the list at the end of every zip file: about 1 kB a text.
    """
    pipe = _Pipe()
    with (
        TemporaryFile("w+", encoding="utf-8", newline="") as project,
        zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for text in _project(project):
            packed.writestr(_entry(f"Sources/{_guid(text)}.txt"), _in_file(text.text))
            yield from pipe.taken()
        project.seek(0)
        with packed.open(_entry("project.qde"), "w") as entry:
            while piece := project.read(_PIECE):
                entry.write(piece.encode())
                yield from pipe.taken()
    yield from pipe.taken(at_least=0)


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry that anybody may read when it is unpacked, and that tells no moment."""
    entry = zipfile.ZipInfo(name, (*timezone.localdate().timetuple()[:3], 0, 0, 0))
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


def _in_file(text: str) -> bytes:
    """Readers take away the mark of byte order at the beginning of a file: then all positions would be wrong by one."""
    return ("\u2060" + text[1:] if text.startswith("\ufeff") else text).encode()


def _guid(text: MarkedText) -> str:
    return guid_of("responses", text.key)


def _project(file: TextIO) -> Iterator[MarkedText]:
    """Write the project into a file. Gives each text of which it tells, to be written elsewhere."""
    coders = _Coders()
    known = claims()
    keys = {each.key for each in known}
    xml = Xml(file)
    xml.start()
    today = _day(timezone.localdate())
    with xml.element(
        "Project", xmlns=PROJECT, name="Diversity conversation", origin=settings.PORTAL_ORIGIN, creationDateTime=today
    ):
        coders.write(xml)
        with xml.element("CodeBook"):
            _codes(xml, codes(known))
        texts = marked_texts()
        # The schema has no list without a source.
        if first := next(texts, None):
            with xml.element("Sources"):
                for text in chain([first], texts):
                    _source(xml, text, coders, keys)
                    yield text


def _day(day) -> str:
    return f"{day:%Y-%m-%d}T00:00:00Z"


class _Coders:
    """Who has marked something: numbers instead of names, and identifiers that are other ones in each file.

    So no program takes the coder of one file for a user that it knows. It hides nobody from whoever has two files: the
    marks keep their identifiers, and each has one coder.
    """

    def __init__(self) -> None:
        marks = Evidence.objects.to_export()
        self._guids: dict[int | None, tuple[str, str]] = {
            key: (f"Coder {n}", str(uuid.uuid4())) for key, n in numbers_of_coders(marks).items()
        }
        # Programs leave out what nobody has marked.
        if marks.filter(coder=None).exists():
            self._guids[None] = ("A former coder", str(uuid.uuid4()))

    def write(self, xml: Xml) -> None:
        if self._guids:
            with xml.element("Users"):
                for name, guid in self._guids.values():
                    xml.empty("User", guid=guid, name=name)

    def knows(self, mark: Evidence) -> bool:
        return mark.coder_id in self._guids

    def guid_of(self, mark: Evidence) -> str:
        return self._guids[mark.coder_id][1]


def _source(xml: Xml, text: MarkedText, coders: _Coders, keys: set[str]) -> None:
    answer, guid = text.answer, _guid(text)
    name = f"{answer.response.code} · {answer.question.slug} · {text.language}"
    with xml.element("TextSource", guid=guid, name=name, plainTextPath=f"internal://{guid}.txt"):
        said = [text.address, answer.response.licence, answer.prompt_text]
        if text.translation:
            said.append(f"Translation; the answer itself is in: {answer.response.language}")
        xml.text("Description", "\n".join(said))
        for mark, passage in text.marks:
            # Its claim, or its coder, may be newer than what stands above.
            if mark.claim.key in keys and coders.knows(mark):
                _selection(xml, mark, passage, coders.guid_of(mark))


def _selection(xml: Xml, mark: Evidence, passage, coder: str) -> None:
    # The words themselves are nowhere here: they stand in the text.
    made = {"creatingUser": coder, "creationDateTime": _day(timezone.localdate(mark.created_at))}
    place = {"startPosition": str(passage.start), "endPosition": str(passage.end)}
    kind, pk = mark.claim.kind(), mark.claim.pk
    with (
        xml.element("PlainTextSelection", guid=guid_of("selection", mark.pk), **place, **made),
        xml.element("Coding", guid=guid_of("coding", mark.pk), **made),
    ):
        xml.empty("CodeRef", targetGUID=stance_guid(kind, pk, mark.stance))


QDC = ExportFile(
    "codebook.qdc",
    _("Codebook (REFI-QDA)"),
    _("All problems and solutions with their definitions, for NVivo, MAXQDA, ATLAS.ti, QualCoder and Taguette."),
    "application/xml",
    write_codebook,
)
QDPX = ExportFile(
    "project.qdpx",
    _("Project (REFI-QDA)"),
    _("All published answers with the marks in them and the codebook, for NVivo, MAXQDA, ATLAS.ti and QualCoder."),
    "application/zip",
    write_project,
)
