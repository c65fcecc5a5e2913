from .account_link import AccountLink
from .affiliate import Affiliate, Region
from .answer import Answer, Reading
from .contact import Contact
from .draft import Draft
from .gathering import Gathering
from .machine_draft import MachineDraftOrder, Policy
from .organizer_text import Term, TermWording, TextSource
from .question import Question
from .rate_limit import RateLimitCount
from .response import Response, Version
from .search_text import SearchText
from .translation import Translation
from .translator import KnownLanguage, Reservation, Translator

__all__ = [
    "AccountLink",
    "Affiliate",
    "Answer",
    "Contact",
    "Draft",
    "Gathering",
    "KnownLanguage",
    "MachineDraftOrder",
    "Policy",
    "Question",
    "RateLimitCount",
    "Reading",
    "Region",
    "Reservation",
    "Response",
    "SearchText",
    "Term",
    "TermWording",
    "TextSource",
    "Translation",
    "Translator",
    "Version",
]
