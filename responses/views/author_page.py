"""The author's own page. Views of its forms show it again if a form has a fault."""

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from responses.access.keys import copy_id_of, sha256_of
from responses.forms.my_response import NewsForm, ReplyForm, SayForm
from responses.forms.sharing import details_of
from responses.language_statistics import singles_out
from responses.languages.detection import another_language
from responses.models import Contact


def show_author_page(request, response, **mended):
    """Receipt, what became of the response, and all that its author can do.

    mended: `news_form`, `reply_form` or `said`, a form of this page that has a fault in it. What is typed in it goes
    along when its author changes the language of the page.
    """
    prefetch_related_objects([response], "inquiries")
    inquiry = response.open_inquiry
    contact = Contact.objects.filter(response=response).first()
    answers = list(response.answers.select_related("question", "authors_words").prefetch_related("masks"))
    context = {
        "response": response,
        "answers": answers,
        # Only before the review, when a change makes nobody's work useless; and only as a question.
        "likely": another_language("\n".join(each.authors_text for each in answers), response.language)
        if response.is_waiting
        else None,
        "recognizable_by": recognizable_by(response) if response.sharing in response.HIDING_THE_AUTHOR else "",
        "details": details_of(response),
        "versions": response.earlier_versions(for_author=True),
        "inquiry": inquiry,
        "reply_form": ReplyForm(inquiry.pk) if inquiry else None,
        "reply_copy_id": f"reply-{response.code}",
        "is_busy_with_news": "news_form" in mended,
        "contact": contact,
        # The address is shown, so that a slip of the finger is seen; the download of the same link has it too.
        "news_form": NewsForm(initial={"email": contact.email if contact else ""}),
        "link": request.build_absolute_uri(reverse("short_link", args=[response.key])),
        # The lasting link is stored nowhere; this one was made for a signed-in author, and expires.
        "is_account_link": response.key_hash != sha256_of(response.key),
        "copy_id": copy_id_of(response.key),
        "seen": response.fingerprint_of(answers, for_author=True),
    }
    return render(request, "responses/my_response.html", context | mended)


def recognizable_by(response):
    """The language of a response, if it could tell readers who wrote it; otherwise ""."""
    told = singles_out(response.language, response.language_name, conversation=response.conversation)
    return response.written_in if told else ""


def say(request, response, made, *, is_shown=True):
    """Carry out what the author says about `made`, a translation or quotation of their words.

    is_shown: whether the author's page shows it at present. Otherwise the author has read an older one.
    """
    if request.POST.get("action") == "switch":
        return show_author_page(request, response, said=SayForm(made, typed=request.POST.dict()))
    form = SayForm(made, request.POST)
    if not is_shown:
        form.add_error(None, _("This translation has changed since you opened it. Read it again."))
    if form.is_valid() and form.verb:
        try:
            form.say()
            return redirect("my_response", response.key)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return show_author_page(request, response, said=form)
