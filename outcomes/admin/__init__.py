from . import agreement, claims, exports, marks, organizer_letters, quotations, statements, topics  # noqa: F401  (registers them)
from .coding_desk import AnswerToCodeAdmin

__all__ = ["AnswerToCodeAdmin"]
