"""Conversations: which there are, where each stands, and what was promised."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from responses.models import Conversation, Response
from responses.models.contact import awaited_of
from responses.totals import totals


@require_safe
def conversations(request):
    """All conversations, the newest first."""
    published = Response.objects.published()
    said = published.filter(is_sample=False).numbers_by_conversation()
    samples = published.filter(is_sample=True).numbers_by_conversation()
    every = Conversation.objects.newest_first()
    entries = [(each, said.get(each.pk, 0), samples.get(each.pk, 0)) for each in every]
    return render(request, "responses/conversations.html", {"entries": entries})


@require_safe
def conversation(request, slug):
    """One conversation, with its questions and what was promised."""
    found = get_object_or_404(Conversation, slug=slug)
    context = standing(found) | {"questions": found.questions.all()}
    return render(request, "responses/conversation.html", context)


def standing(conversation):
    """Where a conversation stands, for a template: what can be read of it, what is to come, which are next to it."""
    counted = totals(conversation)
    return {
        "conversation": conversation,
        "moves": conversation.moves,
        "totals": counted,
        "published": counted.responses,
        "samples": counted.samples,
        "awaited": awaited_of(conversation),
        "next": conversation.next,
        "previous": conversation.previous,
    }
