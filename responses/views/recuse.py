"""“I know this person”, for translators: of what readers see, and of what only reviewers are to read."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from responses.languages import language_of
from responses.models import Answer, Recusal
from responses.models.reading_aid import answers_to_read

from .decorators import not_at_the_desk, read_or_post, translation_back, translators_only
from .translate_unread import let_in, not_at_the_unread_desk


@read_or_post
@translators_only
def recuse(request, pk, language):
    permitted = Answer.objects.ever_published() if _is_confirmed(request) else Answer.objects.for_desk_of(request.user)
    if (answer := permitted.select_related("response").filter(pk=pk).first()) is None:
        return not_at_the_desk(request, pk)
    back = reverse("translate_answer", args=[pk, language])
    page = _ask_once(request, answer, language, back=back, gone="responses/translate_not_now.html")
    return page or redirect("translate_language", language)


@read_or_post
@let_in
def recuse_unread(request, pk, language):
    asked = Answer.objects.filter(response__reading_requests__language=language)
    permitted = asked if _is_confirmed(request) else answers_to_read(language).not_recused_by(request.user)
    if (answer := permitted.select_related("response").filter(pk=pk).first()) is None:
        return not_at_the_unread_desk(request, pk)
    back = reverse("translate_for_reviewers", args=[pk, language])
    page = _ask_once(request, answer, language, back=back, gone="responses/translate_unread_not_now.html")
    return page or redirect("translate_unread")


def _is_confirmed(request):
    # Confirming twice is allowed: a double click is not an error. Nor does it matter what its author or a reviewer has
    # changed since they were asked.
    return request.method == "POST" and "confirmed" in request.POST


def _ask_once(request, answer, language, *, back, gone):
    """Asks once, with all that was typed, then shows the answer to its translator no more; None if nothing was typed.

    back: the address of their page. gone: the template for an answer that is withdrawn at this moment.
    """
    if not _is_confirmed(request):
        typed = {name: words for name in ("text", "note") if (words := request.POST.get(name, "")).strip()}
        # Whoever goes back goes on from the words that they had before them.
        context = {"answer": answer, "language": language_of(language), "typed": typed, "back": back}
        context |= {"source_text": request.POST.get("source_text", ""), "here": request.path}
        return render(request, "responses/recuse.html", context)
    try:
        Recusal.objects.recuse(request.user, answer.response)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return translation_back(request, gone, status=409)
    messages.success(request, _("It is put away. Somebody else takes it."))
    return translation_back(request, "responses/recused.html", status=200)
