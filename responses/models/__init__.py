from .affiliate import Affiliate, Region
from .answer import Answer
from .contact import Contact
from .gathering import Gathering
from .question import Question
from .response import Response
from .translation import Translation

__all__ = ["Affiliate", "Answer", "Contact", "Gathering", "Question", "Region", "Response", "Translation"]
