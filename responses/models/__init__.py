from .account_link import AccountLink
from .affiliate import Affiliate, Region
from .answer import Answer
from .contact import Contact
from .draft import Draft
from .gathering import Gathering
from .glossary import Term, TermWording
from .machine_draft import MachineDraftOrder
from .network import NetworkCount
from .policy import Policy
from .question import Question
from .response import Response
from .search_text import SearchText
from .translation import Translation
from .translator import Claim, KnownLanguage, Translator
from .version import Version
from .worded_from import WordedFrom

__all__ = [
    "AccountLink",
    "Affiliate",
    "Answer",
    "Claim",
    "Contact",
    "Draft",
    "Gathering",
    "KnownLanguage",
    "MachineDraftOrder",
    "NetworkCount",
    "Policy",
    "Question",
    "Region",
    "Response",
    "SearchText",
    "Term",
    "TermWording",
    "Translation",
    "Translator",
    "Version",
    "WordedFrom",
]
