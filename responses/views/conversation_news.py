"""News of a conversation by mail, for people without a response."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from responses.access.rate_limits import allowance, wait_message
from responses.forms.conversation_news import ConversationNewsForm
from responses.models import Conversation, Subscription
from responses.models.contact import awaited_of

from .decorators import form_page


@form_page
def conversation_news(request, slug):
    """Leave an address. The page never tells whether it was there already."""
    conversation = get_object_or_404(Conversation, slug=slug)
    context = {"conversation": conversation, "awaited": awaited_of(conversation)}
    if request.method != "POST" or request.POST.get("action") == "switch":
        return _page(request, context, ConversationNewsForm(initial=request.POST.dict()))
    form = ConversationNewsForm(request.POST)
    if not form.is_valid():
        return _page(request, context, form)
    if wait := allowance(request).wait:
        form.add_error(None, wait_message(wait))
        return _page(request, context, form, status=429)
    email = form.cleaned_data["email"]
    context["awaited"] = Subscription.objects.subscribe(conversation, email, get_language())
    return _page(request, context | {"told_to": email}, form)


def _page(request, context, form, status=200):
    return render(request, "responses/conversation_news.html", context | {"news_form": form}, status=status)
