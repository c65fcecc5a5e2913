"""What an author replies to a question of the organizers, on their own page."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect

from responses.forms.my_response import ReplyForm

from .author_page import show_author_page
from .decorators import by_secret_link, post_page


@post_page
@by_secret_link
def my_response_reply(request, response, pk):
    if request.POST.get("action") == "switch":
        return show_author_page(request, response, reply_form=ReplyForm(pk, initial=request.POST.dict()))
    form = ReplyForm(pk, request.POST)
    if form.is_valid():
        try:
            response.reply(form.cleaned_data["reply"], to=pk)
            return redirect("my_response", response.key)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return show_author_page(request, response, reply_form=form)
