"""Marks as W3C Web Annotations (Recommendation of 23 February 2017, https://www.w3.org/TR/annotation-model/).

A file of lines, each of which is an annotation by itself: a complete JSON-LD document. One page or collection of all
would be one document, which a program has to hold as a whole before it can read the first mark; so it would be for the
portal's other files too, which have lines for the same reason. Whoever needs a page puts the lines into its `items`.
"""

import uuid
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outcomes.models import Evidence
from responses.languages import language_of
from responses.languages.passages import Passage

from .coders import numbers_of_coders
from .codes import claim_guid
from .file import ExportFile
from .formats import json_line
from .marked_texts import MarkedText, marked_texts, permanent_address
from .refi_xml import guid_of

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write_annotations() -> Iterator[bytes]:
    numbers = numbers_of_coders(Evidence.objects.to_export())
    # Other ones in each file, as in the project.
    coders: dict[int | None, dict] = {
        key: {"id": uuid.uuid4().urn, "type": "Person", "name": f"Coder {n}"} for key, n in numbers.items()
    }
    for text in marked_texts():
        for mark, passage in text.marks:
            yield json_line(_annotation(text, mark, passage, coders.get(mark.coder_id)))


def _annotation(text: MarkedText, mark: Evidence, passage: Passage, coder: dict | None) -> dict:
    """One mark. coder: None if the account is gone."""
    return {
        "@context": _CONTEXT,
        "id": f"urn:uuid:{guid_of('selection', mark.pk)}",
        "type": "Annotation",
        "motivation": "classifying",
        **({"creator": coder} if coder else {}),
        # The day, not the moment.
        "created": f"{timezone.localdate(mark.created_at):%Y-%m-%d}T00:00:00Z",
        "body": [
            {"type": "SpecificResource", "source": _address(mark.claim), "purpose": "classifying"},
            {"type": "TextualBody", "value": mark.stance, "format": "text/plain", "purpose": "tagging"},
        ],
        "target": {
            "type": "SpecificResource",
            "source": {
                "id": text.address,
                "type": "Text",
                "language": text.language,
                "textDirection": language_of(text.language).direction,
                "rights": _LICENCES[text.answer.response.licence],
            },
            # In code points, the end exclusive (4.2.5). Both say where it is in the answer, in the language above.
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": passage.quote,
                    "prefix": passage.before,
                    "suffix": passage.after,
                },
                {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
            ],
        },
    }


_LICENCES = {
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def _address(claim) -> str:
    """Its page. As long as it has none, the identifier that its code has in the codebook."""
    return permanent_address(claim) if claim.is_published else f"urn:uuid:{claim_guid(claim.kind(), claim.pk)}"


ANNOTATIONS = ExportFile(
    "annotations.jsonl",
    _("Marks (Web Annotation)"),
    _("Each mark with its passage and its place, for programs that read W3C Web Annotations, and for your own."),
    "application/jsonl; charset=utf-8",
    write_annotations,
)
