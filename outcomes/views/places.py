from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from outcomes.forms.places import PlaceForm
from outcomes.models import Evidence
from responses.models import Answer
from responses.views.decorators import translators_only


@require_POST
@translators_only
def confirm_place(request, pk, language, translation, mark):
    """A translator says where a marked passage of the original stands in a translation."""
    answer = get_object_or_404(Answer.objects.for_desk_of(request.user), pk=pk)
    into = get_object_or_404(answer.translations.live().filter(language=language), pk=translation)
    marks = Evidence.objects.published().select_related("answer__response")
    found = get_object_or_404(marks.filter(answer=answer), pk=mark)
    faults = PlaceForm(request.POST).confirm(found, into.text, into, by=request.user)
    for fault in faults:
        messages.error(request, fault)
    if not faults:
        messages.success(request, _("Thank you. Readers see the passage marked there."))
    return redirect("translate_answer", pk, language)
