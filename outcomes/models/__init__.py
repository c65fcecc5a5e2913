from .evidence import AnswerToCode, Evidence
from .problem import Problem, Solution
from .statement import Clause, Statement

__all__ = ["AnswerToCode", "Clause", "Evidence", "Problem", "Solution", "Statement"]
