"""Answers as XLIFF 2.0 (OASIS standard, 2014): http://docs.oasis-open.org/xliff/xliff-core/v2.0/xliff-core-v2.0.html"""

import re
from collections.abc import Iterable, Iterator
from io import TextIOBase
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .po_parser import other_kind
from .units import Languages, Unit

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
# XLIFF 2.1 has the namespace of 2.0, and 2.2 its own. In all of them the core is the same.
_ROOT = re.compile(r"(\{urn:oasis:names:tc:xliff:document:2\.[0-9]\})xliff")
# Segments in other states ("initial", and what tools make up) are not finished. Many tools write no state.
_FINISHED = (None, "translated", "reviewed", "final")
# Characters that XML cannot hold, and the carriage return, which programs would read as a line feed. They are written
# as <cp hex="000B"/>.
_NOT_IN_XML = re.compile("([^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])")
# Halves of surrogate pairs: <cp/> may name them, although they are not characters.
_HALVES = re.compile("[\ud800-\udfff]")
# Bytes for one unit: many times what the longest answer needs. Files are read in blocks of some ten thousand bytes.
_LARGEST_UNIT = 4_000_000
# Marks of a tool within marks.
_DEEPEST = 10


def write(file: TextIOBase, languages: Languages, units: Iterable[Unit]) -> None:
    """Write a file to translate. A unit with a target has an outdated translation, which becomes a note."""
    xml = XMLGenerator(file, encoding="utf-8", short_empty_elements=True)
    xml.startDocument()
    _begin(xml, "xliff", xmlns=NAMESPACE, version="2.0", srcLang=languages.source, trgLang=languages.target)
    _begin(xml, "file", id="answers")
    for unit in units:
        xml.characters("\n")
        _begin(xml, "unit", id=unit.key)
        _begin(xml, "notes")
        for note in unit.context:
            _element(xml, "note", note)
        if unit.target:
            _element(xml, "note", unit.earlier_source, category="earlier-source")
            _element(xml, "note", unit.target, category="earlier-target")
        xml.endElement("notes")
        _begin(xml, "segment")
        _element(xml, "source", unit.source, **{"xml:space": "preserve"})
        xml.endElement("segment")
        xml.endElement("unit")
    xml.characters("\n")
    xml.endElement("file")
    xml.endElement("xliff")
    xml.endDocument()


def _begin(xml: XMLGenerator, name: str, **attributes: str) -> None:
    xml.startElement(name, AttributesImpl(attributes))


def _element(xml: XMLGenerator, name: str, text: str, **attributes: str) -> None:
    _begin(xml, name, **attributes)
    for number, part in enumerate(_NOT_IN_XML.split(text)):
        if number % 2 == 0:
            xml.characters(part)
        elif name == "note":  # a note cannot contain <cp/>
            xml.characters("\ufffd")
        else:
            _begin(xml, "cp", hex=f"{ord(part):04X}")
            xml.endElement("cp")
    xml.endElement(name)


class _Metered:
    """A file that raises ValidationError while it is read, if one of its units is too large."""

    def __init__(self, file):
        self.file, self.since = file, 0

    def read(self, size):
        block = self.file.read(size)
        self.since += len(block)
        if self.since > _LARGEST_UNIT:
            raise ValidationError(_("The file cannot be read as XLIFF 2: one of its parts is too large."))
        return block


def read(file: BinaryIO) -> Iterator[Languages | Unit]:
    """The languages of a file, then its units. Raises ValidationError with the reason if it cannot be read."""
    metered = _Metered(file)
    open_elements: list[Element] = []
    namespace = ""
    try:
        for event, element in iterparse(metered, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                if not open_elements:
                    namespace, languages = _begun(element)
                    yield languages
                open_elements.append(element)
                continue
            open_elements.pop()
            if element.tag == f"{namespace}unit":
                yield _unit(element, namespace)
                metered.since = 0
                # With whatever stood before it: looking for the unit among many others would take ever longer.
                del open_elements[-1][:]
    except DefusedXmlException:
        told = _("The file has a document type or entities, which no file from here has.")
        raise ValidationError([told, other_kind("PO, XLIFF 2")]) from None
    except ParseError as fault:
        line = _("line %(number)s") % {"number": fault.position[0]}
        raise ValidationError(_("The file cannot be read as XLIFF 2: %(reason)s.") % {"reason": line}) from None
    except (ValueError, LookupError, UnicodeError):
        raise ValidationError(_("The file is in an encoding that cannot be read; use UTF-8.")) from None


def _begun(root: Element) -> tuple[str, Languages]:
    """The namespace of a file, as it stands before the names of its elements, and its languages."""
    if not (found := _ROOT.fullmatch(root.tag)):
        raise ValidationError([_("This is XML, but not XLIFF 2."), other_kind("PO, XLIFF 2")])
    return found[1], Languages(source=root.get("srcLang", ""), target=root.get("trgLang", ""))


def _unit(unit: Element, namespace: str) -> Unit:
    """Tools may cut a text into segments, with "ignorable" parts between them, and reorder the targets."""
    sources: list[str] = []
    targets: list[str] = []
    order: list[int] = []
    missing, fault = 0, ""
    for part in unit:
        if (name := _name(part)) not in ("segment", "ignorable"):
            continue
        original, translated = part.find(f"{namespace}source"), part.find(f"{namespace}target")
        try:
            sources.append(_text(original) if original is not None else "")
            targets.append(_text(translated) if translated is not None else sources[-1] if name == "ignorable" else "")
            order.append(int(translated.get("order", len(targets))) if translated is not None else len(targets))
        except ValueError:
            fault = "codes"
            continue
        missing += name == "segment" and not targets[-1]
        if part.get("state") not in _FINISHED and targets[-1]:
            fault = "doubtful"
    segments = sum(_name(part) == "segment" for part in unit)
    if not fault and 0 < missing < segments:
        fault = "partial"
    ordered = [text for _place, text in sorted(zip(order, targets, strict=False), key=lambda each: each[0])]
    source, target = "".join(sources), "" if missing == segments else "".join(ordered)
    if _HALVES.search(source + target):
        fault, source, target = "unstorable", _HALVES.sub("\ufffd", source), _HALVES.sub("\ufffd", target)
    return Unit(key=unit.get("id", ""), source=source, target=target, fault=fault)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: Element, depth: int = 0) -> str:
    """Raises ValueError if the element contains anything but text: answers have no formatting."""
    parts = [element.text or ""]
    for child in element:
        name = _name(child)
        if name == "cp":
            parts.append(chr(int(child.get("hex", ""), 16)))
        elif name in ("mrk", "sm", "em") and depth < _DEEPEST:  # a tool's marks, such as for spelling
            parts.append(_text(child, depth + 1))
        else:
            raise ValueError(name)
        parts.append(child.tail or "")
    return "".join(parts)
