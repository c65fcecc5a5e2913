"""Did we understand you? What an author answers, on a page of their own."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from outcomes.forms.asked import AskedForm
from outcomes.news import asked_back
from responses.views.decorators import by_secret_link, form_page


@form_page
@by_secret_link
def my_response_asked(request, response, pk):
    asked = asked_back(response).filter(asking__id=pk).first()
    if asked is None:
        return _gone(request, response)
    seen = request.POST.get("seen", "")
    stored = {"own_words": asked.authors_words, "may_be_public": asked.may_be_public}
    if request.method == "POST" and request.POST.get("action") != "switch":
        form = AskedForm(asked, request.POST)
        if form.is_valid():
            try:
                form.carry_out()
                return redirect("my_response_asked", response.key, pk)
            except ValidationError as refusal:
                # As it reads now.
                asked, seen = asked_back(response).filter(pk=asked.pk).first(), ""
                if asked is None:
                    return _gone(request, response)
                form.add_error(None, refusal)
    else:
        form, seen = AskedForm(asked, initial=request.POST.dict() or stored), ""
    # What is shown as its answer is stored.
    asked.refresh_from_db(fields=["said", "own_words", "may_be_public", "answered_on"])
    is_late = request.method == "POST" and not asked.asking.is_open
    context = {"response": response, "asked": asked, "asking": asked.asking, "form": form, "is_late": is_late}
    context["seen"] = seen or asked.asking.fingerprint
    return render(request, "outcomes/my_response_asked.html", context)


def _gone(request, response):
    """It was stopped, or what was asked about is gone. What was typed comes back."""
    if request.method != "POST":
        return redirect("my_response", response.key)
    typed = {"own_words": request.POST.get("own_words", "")}
    context = {"response": response, "typed": typed if typed["own_words"] else {}}
    return render(request, "outcomes/my_response_asked.html", context, status=409)
