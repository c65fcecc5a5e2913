from .coding import AnswerToCode, CodedValue, Coding, JointDecision
from .evidence import Evidence
from .export import Export
from .merge import Merge
from .place import Place
from .problem import Problem
from .quotation import Objection, Quotation
from .revision import FormerSlug, Revision, SignOff
from .shared_sample import CodingPlan, SharedAnswer
from .solution import Solution
from .statement import Clause, OvertakenError, Statement
from .topic import Topic

__all__ = [
    "AnswerToCode",
    "Clause",
    "CodedValue",
    "Coding",
    "CodingPlan",
    "Evidence",
    "Export",
    "FormerSlug",
    "JointDecision",
    "Merge",
    "Objection",
    "OvertakenError",
    "Place",
    "Problem",
    "Quotation",
    "Revision",
    "SharedAnswer",
    "SignOff",
    "Solution",
    "Statement",
    "Topic",
]
