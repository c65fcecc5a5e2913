"""What a reader gets of one answer: a reviewed, current translation into their language, else the original."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from responses.models import Answer, Translation


@dataclass(frozen=True)
class Reading:
    answer: "Answer"
    translation: "Translation | None" = None

    @property
    def text(self) -> str:
        return self.translation.text if self.translation else self.answer.text

    @property
    def language(self) -> str:
        return self.translation.language if self.translation else self.answer.response.language
