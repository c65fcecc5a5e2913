"""The author's own page and all that can be done from it."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language_from_request

from responses.exchange.data_export import answers_with_translations, author_data
from responses.forms.content_note import typed_in
from responses.forms.my_response import EditForm
from responses.forms.sharing import NewSharingForm, details_of
from responses.forms.words import AboutForm
from responses.models import Question, Translation

from .author_page import recognizable_by, say, show_author_page
from .decorators import by_secret_link, confirm_page, form_page, post_page, private_page


@private_page
@by_secret_link
def my_response(request, response):
    return show_author_page(request, response)


@form_page
@by_secret_link
def my_response_edit(request, response):
    """Change the words, and the language that they are in."""
    if response.is_withdrawn:
        # Perhaps it was open in another tab: the words come back.
        written = {"content_note", *Question.objects.values_list("slug", flat=True)}
        typed = [text for name, text in request.POST.items() if name in written]
        return render(request, "responses/my_response_edit.html", {"response": response, "typed": typed})
    answers = response.answers.select_related("question", "authors_words").prefetch_related("masks")
    stored = {each.question.slug: each.authors_text for each in answers} | response.for_its_author.content
    stored["language"] = request.GET.get("language", response.language)
    stored["language_name"] = response.language_name if stored["language"] == response.language else ""
    if request.method == "POST" and request.POST.get("action") != "switch":
        form = EditForm(request.POST, response=response)
    else:
        form = EditForm(initial=stored | (typed_in(request.POST) if request.POST else {}), response=response)
        form.repeat_questions(lambda: EditForm(request.POST, response=response))
    seen, changed_meanwhile = response.authors_fingerprint, None
    if form.is_valid() and not form.asks():
        try:
            response.edit(form.answers, **form.written_in, content=form.content, seen=request.POST.get("seen", ""))
            return redirect("my_response", response.key)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            changed_meanwhile = answers.all()
    elif form.is_bound:
        # Not stored yet: the author still edits the version that they opened.
        seen = request.POST.get("seen", "")
    return render(
        request,
        "responses/my_response_edit.html",
        {
            "response": response,
            "form": form,
            "about": AboutForm(form),
            "seen": seen,
            "changed_meanwhile": changed_meanwhile,
            "hides_words": any(each.hidden_places for each in answers),
            "copy_id": f"edit-{response.code}",
        },
    )


@form_page
@by_secret_link
def my_response_sharing(request, response):
    """Change who may see what. Hiding takes effect at once; what is shown for the first time is reviewed first."""
    if response.is_withdrawn:
        return redirect("my_response", response.key)
    seen, stored = request.POST.get("seen", "") or response.authors_fingerprint, None
    if request.method == "POST" and request.POST.get("action") != "switch":
        form = NewSharingForm(request.POST)
        if form.is_valid():
            try:
                response.share(seen=seen, **form.details)
                return redirect("my_response", response.key)
            except ValidationError as refusal:
                form.add_error(None, refusal)
                # The next time, its author has seen this.
                seen, stored = response.authors_fingerprint, details_of(response)
    else:
        form = NewSharingForm(initial=request.POST.dict() or NewSharingForm.as_typed(response))
    context = {"response": response, "form": form, "about": AboutForm(form), "seen": seen, "stored": stored}
    context["recognizable_by"] = recognizable_by(response)
    return render(request, "responses/my_response_sharing.html", context)


@confirm_page
@by_secret_link
def my_response_withdraw(request, response):
    if request.method == "POST":
        response.withdraw()
    if response.is_withdrawn:
        return redirect("my_response", response.key)
    return render(request, "responses/my_response_withdraw.html", {"response": response})


@post_page
@by_secret_link
def my_response_versions_delete(request, response):
    """Delete the earlier versions."""
    response.versions.all().delete()
    return redirect("my_response", response.key)


@post_page
@by_secret_link
def my_response_translation(request, response, pk):
    """What an author says about a translation: publish it, correct it, or do not show it."""
    theirs = Translation.objects.filter(answer__response=response).select_related("answer__response")
    # If another one has taken its place, or the answer has changed, what its author has typed comes back.
    has_typed = request.POST.get("text") or request.POST.get("objection")
    made = get_object_or_404(theirs.shown_before() if has_typed else theirs.for_author(), pk=pk)
    return say(request, response, made, is_shown=theirs.for_author().filter(pk=pk).exists())


@private_page
@by_secret_link
def my_response_data(request, response):
    """All that the portal holds about a response, for programs."""
    readable = {"ensure_ascii": False, "indent": 2}
    return _as_file(JsonResponse(author_data(response), json_dumps_params=readable), response, "json")


@private_page
@by_secret_link
def my_response_text(request, response):
    """The same, for people."""
    words = {
        "response": response,
        "details": details_of(response),
        "answers": answers_with_translations(response),
        "versions": response.earlier_versions(for_author=True),
    }
    text = render_to_string("responses/my_response.txt", words, request)
    return _as_file(HttpResponse(text, content_type="text/plain; charset=utf-8"), response, "txt")


def _as_file(page, response, kind):
    page.headers["Content-Disposition"] = f'attachment; filename="response-{response.code}.{kind}"'
    return page


@private_page
def short_link(request, key):
    """The secret link as it is printed on paper. It leads to the page in the reader's language."""
    with translation.override(get_language_from_request(request)):
        return redirect("my_response", key)
