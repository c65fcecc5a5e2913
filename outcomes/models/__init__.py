from .asked import Asked
from .asking import Asking
from .coding import AnswerToCode, CodedValue, Coding, JointDecision
from .evidence import Evidence
from .place import Place
from .problem import Problem
from .quotation import Objection, Quotation
from .revision import FormerSlug, Revision
from .shared_sample import CodingPlan, SharedAnswer
from .solution import Solution
from .statement import Clause, Statement
from .topic import Topic

__all__ = [
    "AnswerToCode",
    "Asked",
    "Asking",
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
