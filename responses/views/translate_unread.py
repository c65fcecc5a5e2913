"""What reviewers cannot read, for translators whom an organizer has let in. For everybody else it does not exist."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import Case, When, prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from responses.forms.translate_unread import ReadingAidForm
from responses.languages import language_of, languages
from responses.languages.text_diff import word_changes
from responses.models import Answer, KnownLanguage, ReadingRequest
from responses.models.reading_aid import answers_to_read

from .decorators import kept_for_going_back, read_or_post, translation_back

# Requests on the page. When these are done, the next come.
MOST_REQUESTS = 100


def let_in(view):
    """For people who are signed in and were let in. Anybody else gets back the words that they had typed."""

    @wraps(view)
    def opened(request, *args, language=None, **kwargs):
        if not request.user.is_authenticated:
            page = translation_back(request, "responses/translate_signed_out.html", status=403)
            return page or redirect_to_login(reverse("translate_unread"))
        if not request.user.has_perm("responses.translate_unread"):
            return _nothing_here(request, "responses/translate_signed_out.html")
        if language is not None:
            if language not in languages():
                raise Http404("No such language.")
            kwargs["language"] = language
        return view(request, *args, **kwargs)

    return kept_for_going_back(opened)


def _nothing_here(request, template):
    if page := translation_back(request, template, status=404):
        return page
    raise Http404("Nothing to translate for reviewers.")


def not_at_the_unread_desk(request, pk):
    put_away = Answer.objects.recused_by(request.user).filter(pk=pk).exists()
    return _nothing_here(request, f"responses/{'recused' if put_away else 'translate_unread_not_now'}.html")


@require_safe
@let_in
def translate_unread(request):
    """What waits, language by language: first those that the translator writes, and the longest waiting."""
    written = KnownLanguage.objects.filter(user=request.user, writes=True).values_list("language", flat=True)
    # In the database, because the others may be more than there is room for.
    order = (Case(When(language__in=list(written), then=0), default=1), "requested_at", "pk")
    waiting = list(ReadingRequest.objects.waiting().not_recused_by(request.user).order_by(*order)[:MOST_REQUESTS])
    prefetch_related_objects(waiting, "response__answers__question", "response__answers__reading_aids")
    codes = dict.fromkeys(each.language for each in waiting)
    work = [(language_of(code), [each for each in waiting if each.language == code]) for code in codes]
    return render(request, "responses/translate_unread.html", {"work": work})


@read_or_post
@let_in
def translate_for_reviewers(request, pk, language):
    """One answer beside its translation for reviewers. All buttons of its form keep what is typed."""
    answer = answers_to_read(language).not_recused_by(request.user).filter(pk=pk).first()
    if answer is None:
        return not_at_the_unread_desk(request, pk)
    aids = answer.reading_aids.filter(language=language)
    written = aids.filter(by_machine=False).first()
    form = ReadingAidForm(initial=ReadingAidForm.beginning(answer, written), language=language)
    if request.POST.get("action") == "switch":
        form = ReadingAidForm(initial=request.POST.dict(), language=language)
        form.show_original(answer)
    elif request.method == "POST":
        form = ReadingAidForm(request.POST, language=language)
        if form.show_original(answer):
            form.add_error(
                None, _("The original reads otherwise than your page had it. Read it again, then send your text.")
            )
        elif form.is_valid() and (aid := form.write(answer, language, request.user)):
            return _sent(request, aid)
        written = aids.filter(by_machine=False).first()
    seen = normalize_newlines(form.typed("source_text"))
    return render(
        request,
        "responses/translate_for_reviewers.html",
        {
            "answer": answer,
            "language": language_of(language),
            "form": form,
            "copy_id": _copy_id(answer.pk, language),
            "changes": word_changes(seen, answer.text) if seen != answer.text else None,
            "written": written,
            "by_machine": aids.filter(by_machine=True).first(),
        },
    )


def _copy_id(pk, language):
    """The name under which a browser keeps its own copy of a translator's words."""
    return f"for-reviewers-{pk}-{language}"


def _sent(request, aid):
    stored = _copy_id(aid.answer_id, aid.language)
    if aid.is_outdated:
        said = _(
            "Stored. But the author has changed the answer meanwhile: reviewers need a translation of what it says now."
        )
        messages.warning(request, said, extra_tags=stored)
        return redirect("translate_for_reviewers", aid.answer_id, aid.language)
    messages.success(request, _("Thank you. Reviewers can read it now, and nobody else."), extra_tags=stored)
    return redirect("translate_unread")
