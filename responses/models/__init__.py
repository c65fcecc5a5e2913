from .account_link import AccountLink
from .affiliate import Affiliate, Region
from .answer import Answer, Reading
from .contact import Contact, Subscription
from .conversation import Conversation, MovedPromise
from .draft import Draft
from .gathering import Gathering
from .machine_draft import MachineDraftOrder, Policy
from .organizer_letter import OrganizerLetter
from .organizer_text import Term, TermWording, TextSource
from .question import Question
from .rate_limit import RateLimitCount
from .recusal import Recusal
from .response import Response
from .search_text import SearchText
from .translation import Translation
from .translator import KnownLanguage, Reservation, Translator
from .version import Version

__all__ = [
    "AccountLink",
    "Affiliate",
    "Answer",
    "Contact",
    "Conversation",
    "Draft",
    "Gathering",
    "KnownLanguage",
    "MachineDraftOrder",
    "MovedPromise",
    "OrganizerLetter",
    "Policy",
    "Question",
    "RateLimitCount",
    "Reading",
    "Recusal",
    "Region",
    "Reservation",
    "Response",
    "SearchText",
    "Subscription",
    "Term",
    "TermWording",
    "TextSource",
    "Translation",
    "Translator",
    "Version",
]
