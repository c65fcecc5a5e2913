from . import outcomes, quotations  # noqa: F401  (registers them)
from .coding_desk import AnswerToCodeAdmin, EvidenceAdmin

__all__ = ["AnswerToCodeAdmin", "EvidenceAdmin"]
