from .evidence import AnswerToCode, Evidence
from .problem import Problem, Solution
from .quotation import Objection, Quotation
from .statement import Clause, Statement

__all__ = ["AnswerToCode", "Clause", "Evidence", "Objection", "Problem", "Quotation", "Solution", "Statement"]
