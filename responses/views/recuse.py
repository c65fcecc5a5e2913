from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from responses.languages import language_of
from responses.models import Answer, Recusal

from .decorators import not_at_the_desk, read_or_post, translation_back, translators_only


@read_or_post
@translators_only
def recuse(request, pk, language):
    """A translator knows who wrote an answer: asks once, with all that was typed, then shows it to them no more."""
    confirmed = request.method == "POST" and "confirmed" in request.POST
    # Confirming twice is allowed: a double click is not an error. Nor does it matter what its author or a reviewer has
    # changed since they were asked.
    permitted = Answer.objects.ever_published() if confirmed else Answer.objects.for_desk_of(request.user)
    answer = permitted.select_related("response").filter(pk=pk).first()
    if answer is None:
        return not_at_the_desk(request, pk)
    if not confirmed:
        typed = {name: words for name in ("text", "note") if (words := request.POST.get(name, "")).strip()}
        # Whoever goes back goes on from the words that they had before them.
        context = {"answer": answer, "language": language_of(language), "typed": typed}
        context["source_text"] = request.POST.get("source_text", "")
        context["here"] = reverse("recuse", args=[pk, language])
        context["back"] = reverse("translate_answer", args=[pk, language])
        return render(request, "responses/recuse.html", context)
    try:
        Recusal.objects.recuse(request.user, answer.response)
    except ValidationError as refusal:
        # Its author withdraws it at this moment.
        messages.error(request, " ".join(refusal.messages))
        page = translation_back(request, "responses/translate_not_now.html", status=409)
    else:
        messages.success(request, _("It is put away. Somebody else takes it."))
        page = translation_back(request, "responses/recused.html", status=200)
    return page or redirect("translate_language", language)
