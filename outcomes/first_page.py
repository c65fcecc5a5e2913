"""The first page of the desks: what waits for somebody, and what to do first in a portal that is new."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outcomes.organizer_mail import is_organizer
from outcomes.waiting import waiting_for
from responses.models import Conversation, Response

# {kind: (title, what it is)}
WORDS: dict[str, tuple[Promise, Promise]] = {
    "responses": (_("Answers to review"), _("Nobody but organizers has read them.")),
    "for_nobody": (
        _("Answers that nobody can review"),
        _("Everybody who could review them knows who wrote them. Find another reviewer."),
    ),
    "told_by_readers": (_("Readers have told us something"), _("About an answer that is published.")),
    "reading_requests": (
        _("Translations for reviewers"),
        _("No reviewer reads these answers. Only reviewers see what you write."),
    ),
    "translator_requests": (
        _("They would like to translate"),
        _("Let them in, or say why not."),
    ),
    "translations": (_("Translations to review"), _("Somebody else has translated them.")),
    "to_code": (_("Answers to mark"), _("Accepted, and not yet linked to problems or solutions.")),
    "second_readings": (
        _("Answers to mark a second time"),
        _("Another coder has marked them. Mark them too, without looking at those marks."),
    ),
    "refused_translations": (
        _("Authors say no to a translation"),
        _("Their answer has no other translation into this language yet."),
    ),
    "refused_quotations": (
        _("Authors say no to a quotation"),
        _("Readers do not see it any more. Delete it, or quote other words."),
    ),
    "lost_marks": (_("Marks to look at again"), _("The words that were marked have changed since.")),
    "reworded_marks": (
        _("Marks made under older words"),
        _("The problem or solution was reworded since. Do the marks still belong to it?"),
    ),
    "to_agree_on": (_("Two readings to agree on"), _("Two coders have marked the same answer differently.")),
    "askings": (
        _("Authors have been asked"),
        _("Their last day is over. Publish it, or change the words and ask anew."),
    ),
    "promise": (_("Promised results"), _("Authors were told this day.")),
    "broken_promise": (_("Promised results are late"), _("Publish them, or say why the day moves.")),
}


@dataclass(frozen=True)
class Step:
    """Something to do before the first answer comes."""

    title: Promise
    why: Promise
    is_done: bool
    address: str = ""


def first_page(user) -> dict:
    """For the template: what waits, with its words; the first steps; whether there is anything for this person."""
    may_set_up = user.has_perm("responses.change_conversation")
    return {
        "waiting": [(each, *WORDS[each.kind]) for each in waiting_for(user)],
        "steps": first_steps(user) if may_set_up and not _has_begun() else [],
        "has_desk": is_organizer(user),
        "contact": settings.CONTACT_EMAIL,
    }


def _has_begun() -> bool:
    """Whether an answer of a real person is published."""
    return Response.objects.published().filter(is_sample=False).exists()


def first_steps(user) -> list[Step]:
    conversation = Conversation.objects.current()
    roles = set(Group.objects.filter(user__is_active=True).values_list("name", flat=True))
    has_answers = Response.objects.filter(is_sample=False).exists()
    people = reverse("admin:responses_person_add") if user.has_perm("responses.add_person") else ""
    sender = settings.DEFAULT_FROM_EMAIL
    return [
        Step(
            _("Say what you ask, and until when"),
            _("Title, invitation, last day, and the day by which you promise results."),
            bool(conversation.closes_on and conversation.results_by),
            reverse("admin:responses_conversation_change", args=[conversation.pk]),
        ),
        Step(_("Invite reviewers"), _("Two or more, so that nobody reviews alone."), "Reviewer" in roles, people),
        Step(_("Invite coders"), _("They link what people say to problems and solutions."), "Coder" in roles, people),
        Step(_("Invite translators"), _("For the languages that you expect."), "Translator" in roles, people),
        Step(
            _("Give the portal an address to write from"),
            _("EMAIL_FROM and CONTACT_EMAIL in the settings: see docs/operating.md. Readers see the second one."),
            not sender.endswith("@localhost") and sender != settings.CONTACT_EMAIL,
            reverse("about"),
        ),
        Step(
            _("Look at samples, if you like"),
            _("The command load_samples fills the pages: see README.md. Readers are told that they are samples."),
            Response.objects.filter(is_sample=True).exists(),
        ),
        Step(_("Send the first answer"), _("As anybody would, without signing in."), has_answers, reverse("respond")),
        Step(
            _("Review it"),
            _("Once it is accepted, this list is gone."),
            False,
            reverse("admin:responses_response_changelist"),
        ),
    ]
