"""The text of an invitation in each interface language, for its host to copy."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from responses.languages import Language, language_of
from responses.models import Gathering


@dataclass(frozen=True)
class Invitation:
    language: Language
    message: str  # for a chat or a mail
    talk_page: str  # wikitext


def invitations(gathering: Gathering, questions, origin: str) -> list[Invitation]:
    """The invitation in each interface language.

    questions: those of its conversation. origin: of the portal, such as "https://portal.example.org".
    """
    return [_invitation(gathering, questions, origin, code) for code, _name in settings.LANGUAGES]


def _invitation(gathering, questions, origin, code):
    with translation.override(code):
        words = {"gathering": gathering, "address": origin + reverse("gathering", args=[gathering.code])}
        words["until_when"] = until_when(gathering.conversation)
        words |= {"conversation": gathering.conversation.title, "prompts": [each.prompt for each in questions]}
        message = render_to_string("responses/invitation.txt", words)
        # What people typed is shown as it is, not as wikitext.
        words |= {name: _plain(getattr(gathering, name)) for name in ("title", "place", "host_note")}
        words |= {"conversation": _plain(words["conversation"]), "prompts": list(map(_plain, words["prompts"]))}
        talk_page = render_to_string("responses/invitation.wiki", words)
    # As plain strings: Django marks what a template has rendered as safe HTML, but it contains a host's words.
    return Invitation(language_of(code), str(message).strip() + "\n", str(talk_page).strip() + "\n")


def until_when(conversation):
    """Until when people can answer and by when results are promised, if anybody knows; without markup."""
    if conversation.has_begun and not conversation.closes_on:
        return ""
    return render_to_string("responses/_conversation_days.html", {"conversation": conversation}).strip()


def _plain(text):
    """Wikitext that shows the text as it is. Inside <nowiki> only its own end and entities mean anything."""
    return f"<nowiki>{text.replace('&', '&amp;').replace('<', '&lt;')}</nowiki>" if text else ""
