from django.shortcuts import render
from django.views.decorators.http import require_safe

from outcomes.models import Statement
from responses.models import Conversation
from responses.totals import totals


@require_safe
def home(request):
    """The invitation, the statement in brief, what has been said so far."""
    conversation = Conversation.objects.current()
    return render(
        request,
        "outcomes/home.html",
        {
            "conversation": conversation,
            "questions": conversation.questions.all(),
            "statement": Statement.objects.published().newest_first().first(),
            "totals": totals(),
        },
    )
