from django.contrib import messages
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from outcomes.forms.places import PlaceForm, prefix_of
from outcomes.models import Evidence
from responses.models import Translation
from responses.views.decorators import read_or_post, translators_only


@read_or_post
@translators_only
def confirm_place(request, pk, language, translation, mark):
    """A translator says where a marked passage of the original stands in a translation.

    The page of the answer comes back, with all that is typed there.
    """
    if request.method != "POST":
        return redirect("translate_answer", pk, language)
    if request.POST.get("action") == "confirm":
        faults = _confirm(request, pk, language, translation, mark)
        for fault in faults:
            messages.error(request, fault)
        if not faults:
            messages.success(request, _("Thank you. Readers see the passage marked there."))
    page = resolve(reverse("translate_answer", args=[pk, language]))
    return page.func(request, **page.kwargs)


def _confirm(request, pk, language, translation, mark):
    """Returns why not."""
    translations = Translation.objects.live().not_recused_by(request.user).filter(answer=pk, language=language)
    into = translations.filter(pk=translation).first()
    marks = Evidence.objects.published().not_recused_by(request.user).select_related("answer__response")
    found = marks.filter(answer=pk, pk=mark).first()
    if into is None or found is None:
        return [_("The mark was taken back.")]
    return PlaceForm(request.POST, prefix=prefix_of(found)).confirm(found, into.text, into, by=request.user)
