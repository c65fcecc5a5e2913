from .evidence import AnswerToCode, Evidence
from .problem import FormerSlug, Problem, Revision, Solution
from .quotation import Objection, Quotation
from .statement import Clause, Statement
from .topic import Topic

__all__ = [
    "AnswerToCode",
    "Clause",
    "Evidence",
    "FormerSlug",
    "Objection",
    "Problem",
    "Quotation",
    "Revision",
    "Solution",
    "Statement",
    "Topic",
]
