from . import (  # noqa: F401  (registers them)
    agreement,
    askings,
    claims,
    exports,
    marks,
    organizer_letters,
    quotations,
    statements,
    topics,
)
from .coding_desk import AnswerToCodeAdmin

__all__ = ["AnswerToCodeAdmin"]
