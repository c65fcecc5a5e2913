from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from responses.languages import language_of
from responses.models import Answer, Recusal

from .decorators import read_or_post, translation_back, translators_only


@read_or_post
@translators_only
def recuse(request, pk, language):
    """A translator knows who wrote an answer: asks once, with all that was typed, then shows it to them no more."""
    confirmed = request.method == "POST" and "confirmed" in request.POST
    # Confirming twice is allowed: a double click is not an error.
    permitted = Answer.objects.published() if confirmed else Answer.objects.for_desk_of(request.user)
    answer = permitted.select_related("response").filter(pk=pk).first()
    if answer is None:
        if page := translation_back(request, "responses/recused.html", status=409):
            return page
        raise Http404("No such answer to translate.")
    if not confirmed:
        typed = {name: words for name in ("text", "note") if (words := request.POST.get(name, "")).strip()}
        context = {"answer": answer, "language": language_of(language), "typed": typed}
        return render(request, "responses/recuse.html", context)
    try:
        Recusal.objects.recuse(request.user, answer.response)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("It is put away. Somebody else takes it."))
    return translation_back(request, "responses/recused.html", status=200) or redirect("translate_language", language)
