"""What a reader gets of one answer: a reviewed, current translation into their language, else the original.

Where organizers allow it, a machine's draft stands below an original that nobody has translated; it never replaces it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from responses.models import Answer, Translation


@dataclass(frozen=True)
class Reading:
    answer: "Answer"
    translation: "Translation | None" = None
    draft: "Translation | None" = None

    @property
    def text(self) -> str:
        return self.translation.text if self.translation else self.answer.text

    @property
    def whole(self) -> tuple[str, str]:
        """The text and the original."""
        return self.text, self.answer.text

    @property
    def beginnings(self) -> tuple[str, str]:
        """Of the text and of the original, as much as a list shows; each ends between two words."""
        return _beginning(self.text), _beginning(self.answer.text)

    @property
    def is_long(self) -> bool:
        return self.beginnings != self.whole

    @property
    def language(self) -> str:
        return self.translation.language if self.translation else self.answer.response.language


# Characters of one answer in a list of many: a few paragraphs.
_BEGINNING = 1_500


def _beginning(text: str) -> str:
    if len(text) <= _BEGINNING:
        return text
    head = text[:_BEGINNING]
    at_a_space = head[: max(head.rfind(" "), head.rfind("\n"))]
    # Scripts that write no spaces are cut where the length says.
    return (at_a_space if len(at_a_space) > _BEGINNING // 2 else head) + " …"
