"""XML as REFI-QDA has it (QDA-XML 1.0, https://www.qdasoftware.org): elements, identifiers, what XML cannot hold."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings

CODEBOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def guid_of(*parts: str | int) -> str:
    """The identifier of a thing of this portal: the same in every file, so that programs know it again."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join([settings.PORTAL_ORIGIN, *map(str, parts)])))


def in_xml(text: str) -> str:
    """A text without the characters that XML 1.0 cannot hold, and with the line ends that XML has."""
    return _NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


class Xml:
    """Writes elements, one after the other, into a file of text."""

    def __init__(self, file: Any):
        self._generator = XMLGenerator(file, encoding="utf-8", short_empty_elements=True)

    def start(self) -> None:
        self._generator.startDocument()

    @contextmanager
    def element(self, name: str, /, **attributes: str) -> Iterator[None]:
        given = {key: in_xml(value) for key, value in attributes.items() if value}
        self._generator.startElement(name, AttributesImpl(given))
        yield
        self._generator.endElement(name)

    def empty(self, name: str, /, **attributes: str) -> None:
        with self.element(name, **attributes):
            pass

    def text(self, name: str, text: str) -> None:
        with self.element(name):
            self._generator.characters(in_xml(text))
