from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language_from_request

from responses.forms.my_response import EditForm

from .author_page import show_author_page
from .decorators import by_secret_link, confirm_page, form_page, post_page, private_page


@private_page
@by_secret_link
def my_response(request, response):
    return show_author_page(request, response)


@form_page
@by_secret_link
def my_response_edit(request, response):
    """Change the words, and the language that they are in."""
    stored = dict(response.answers.values_list("question__slug", "text"))
    stored["language"] = request.GET.get("language", response.language)
    if request.method == "POST" and request.POST.get("action") != "switch":
        form = EditForm(request.POST)
    else:
        form = EditForm(initial=stored | request.POST.dict())
    seen, changed_meanwhile = response.fingerprint, None
    if form.is_valid():
        try:
            language = form.cleaned_data["language"] or response.language
            response.edit(form.answers, language=language, seen=request.POST.get("seen", ""))
            return redirect("my_response", response.key)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            changed_meanwhile = response.answers.select_related("question")
    elif form.is_bound:
        # Not stored yet: the author still edits the version that they opened.
        seen = request.POST.get("seen", "")
    return render(
        request,
        "responses/my_response_edit.html",
        {"response": response, "form": form, "seen": seen, "changed_meanwhile": changed_meanwhile},
    )


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


@private_page
def short_link(request, key):
    """The secret link as it is printed on paper. It leads to the page in the reader's language."""
    with translation.override(get_language_from_request(request)):
        return redirect("my_response", key)
