from . import agreement, marks, organizer_letters, outcomes, quotations  # noqa: F401  (registers them)
from .coding_desk import AnswerToCodeAdmin

__all__ = ["AnswerToCodeAdmin"]
