from .coding import AnswerToCode, CodedValue, Coding, JointDecision
from .evidence import Evidence
from .place import Place
from .problem import FormerSlug, Problem, Revision, Solution
from .quotation import Objection, Quotation
from .shared_sample import CodingPlan, SharedAnswer
from .statement import Clause, Statement
from .topic import Topic

__all__ = [
    "AnswerToCode",
    "Clause",
    "CodedValue",
    "Coding",
    "CodingPlan",
    "Evidence",
    "FormerSlug",
    "JointDecision",
    "Objection",
    "Place",
    "Problem",
    "Quotation",
    "Revision",
    "SharedAnswer",
    "Solution",
    "Statement",
    "Topic",
]
