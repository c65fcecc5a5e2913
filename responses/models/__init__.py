from .account_link import AccountLink
from .affiliate import Affiliate, Region
from .answer import Answer, Reading
from .contact import Contact, Subscription
from .conversation import Conversation, MovedPromise
from .decision import Decision, Inquiry, Verdict
from .decline_reason import DeclineReason
from .draft import Draft
from .flag import Flag, LikenessBand
from .gathering import Gathering
from .invitee import Invitee
from .machine_draft import MachineDraftOrder, Policy
from .mask import AuthorsText, AuthorsWords, Mask, MaskTakenBack
from .moderation import Moderated, ModerationTally, MonthlyNumber
from .organizer_letter import OrganizerLetter
from .organizer_text import Term, TermWording, TextSource
from .person import Person
from .question import Question
from .rate_limit import RateLimitCount
from .reading_aid import ReadingAid, ReadingRequest
from .recusal import Recusal
from .response import Response
from .review_reservation import ReviewReservation
from .search_text import NamesText, SearchText
from .translation import Translation
from .translator import KnownLanguage, Reservation, Translator
from .translator_request import TranslatorRequest
from .version import Version

__all__ = [
    "AccountLink",
    "Affiliate",
    "Answer",
    "AuthorsText",
    "AuthorsWords",
    "Contact",
    "Conversation",
    "Decision",
    "DeclineReason",
    "Draft",
    "Flag",
    "Gathering",
    "Inquiry",
    "Invitee",
    "KnownLanguage",
    "LikenessBand",
    "MachineDraftOrder",
    "Mask",
    "MaskTakenBack",
    "Moderated",
    "ModerationTally",
    "MonthlyNumber",
    "MovedPromise",
    "NamesText",
    "OrganizerLetter",
    "Person",
    "Policy",
    "Question",
    "RateLimitCount",
    "Reading",
    "ReadingAid",
    "ReadingRequest",
    "Recusal",
    "Region",
    "Reservation",
    "Response",
    "ReviewReservation",
    "SearchText",
    "Subscription",
    "Term",
    "TermWording",
    "TextSource",
    "Translation",
    "Translator",
    "TranslatorRequest",
    "Verdict",
    "Version",
]
