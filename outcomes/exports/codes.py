"""Problems and solutions as the codes of programs for qualitative research."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import override
from modeltranslation.utils import build_localized_fieldname

from outcomes.models import Problem, Solution
from outcomes.models.stance import STANCE_LABELS, Stance
from responses.languages.text_matching import name_key
from responses.organizer_texts import SOURCE

from .refi_xml import Xml, guid_of

# As the public pages colour them.
_COLOURS = {
    "problem": "#54595D",
    "solution": "#3366CC",
    Stance.SUPPORTS: "#177860",
    Stance.QUALIFIES: "#886425",
    Stance.CONTRADICTS: "#BF3C2C",
}
GROUPS = {"problem": "Problems", "solution": "Solutions"}
# In the description of a code, each at the beginning of a line, before what the text says.
HEADINGS = {"use_when": "Use when", "not_when": "Do not use when"}
_HEADING = re.compile(rf"^[ \t]*({'|'.join(HEADINGS.values())}):", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Code:
    """A code with those under it. description: in plain text."""

    guid: str
    name: str
    description: str = ""
    is_codable: bool = True
    colour: str = ""
    codes: list["Code"] = field(default_factory=list)

    def write(self, xml: Xml) -> None:
        is_codable = "true" if self.is_codable else "false"
        with xml.element("Code", guid=self.guid, name=self.name, isCodable=is_codable, color=self.colour):
            if self.description:
                xml.text("Description", self.description)
            for each in self.codes:
                each.write(xml)


def english(claim, name: str) -> str:
    """A text of a claim in the language of the codebook."""
    return getattr(claim, build_localized_fieldname(name, SOURCE)) or ""


def claims() -> list[Any]:
    """All of them, also those that are not published: coders use these too."""
    return [*Problem.objects.all(), *Solution.objects.all()]


def codes(claims: list[Any]) -> list[Code]:
    """The two groups, each with the codes of its claims.

    Under each claim there is a code for each stance, and a mark has this one code. A mark with two codes, one for the
    claim and one for the stance, would say less: where two claims are marked on the same words, nobody could tell which
    stance belongs to which. NVivo, MAXQDA and ATLAS.ti count a code together with those under it, so the claim as a
    whole is still one number. The name of the claim is in the names of these three too, because QualCoder and ATLAS.ti
    know codes by their names, and take no second "Agrees".
    """
    named = names(claims)
    return [
        Code(
            guid_of(kind),
            title,
            is_codable=False,
            codes=[_code(each, named[each.key]) for each in claims if each.kind() == kind],
        )
        for kind, title in GROUPS.items()
    ]


def _code(claim, name: str) -> Code:
    kind = claim.kind()
    stances = [
        Code(stance_guid(kind, claim.pk, stance), f"{name}: {label}", colour=_COLOURS[stance])
        for stance, label in stance_labels(kind).items()
    ]
    return Code(claim_guid(kind, claim.pk), name, described(claim), True, _COLOURS[kind], stances)


def claim_guid(kind: str, pk: int) -> str:
    return guid_of(kind, pk)


def stance_guid(kind: str, pk: int, stance: str) -> str:
    return guid_of(kind, pk, stance)


def stance_labels(kind: str) -> dict[Stance, str]:
    """{stance: what it is called beside claims of a kind}, in the language of the codebook."""
    with override(SOURCE):
        return {stance: str(label) for stance, label in STANCE_LABELS[kind].items()}


def names(claims: list[Any]) -> dict[str, str]:
    """{key of a claim: the name of its code}. It is the title; of several with one title, with the slug behind it."""
    titles = {each.key: english(each, "title") or each.slug for each in claims}
    times = Counter(name_key(title) for title in titles.values())
    return {
        each.key: title if times[name_key(title)] == 1 else f"{title} ({each.kind()} {each.slug})"
        for each in claims
        if (title := titles[each.key])
    }


def described(claim) -> str:
    """What a code means, with the rules for coders under headings."""
    texts = {name: english(claim, name).strip() for name in ("description", *HEADINGS)}
    return "\n\n".join(
        f"{HEADINGS[name]}: {text}" if name in HEADINGS else text for name, text in texts.items() if text
    )


def texts_in(description: str) -> dict[str, str]:
    """The texts of a claim in the description of a code: {"description": …, "use_when": …, "not_when": …}.

    What has no heading is the description. A heading that is not there is not in the dictionary.
    """
    first, *rest = _HEADING.split(description)
    found = {"description": first.strip()}
    by_heading = {heading.lower(): name for name, heading in HEADINGS.items()}
    for heading, text in zip(rest[::2], rest[1::2], strict=True):
        name = by_heading[heading.lower()]
        found[name] = "\n\n".join(filter(None, [found.get(name, ""), text.strip()]))
    return found
