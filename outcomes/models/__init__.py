from .evidence import AnswerToCode, Evidence
from .problem import Problem, Solution
from .quotation import Quotation
from .statement import Clause, Statement
from .topic import Topic

__all__ = ["AnswerToCode", "Clause", "Evidence", "Problem", "Quotation", "Solution", "Statement", "Topic"]
