"""The coding desk, for coders who read several languages: where marked passages stand in the other wordings."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from outcomes.forms.places import PlaceForm, places_to_confirm, prefix_of
from responses.numbers_no_row_has import is_id


class ConfirmsPlaces:
    """For the coding desk."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.places))
        return [path("<int:pk>/places/", view, name="outcomes_answertocode_places"), *super().get_urls()]

    def places(self, request, pk):
        """The marks of an answer, each with its place in one wording: `in`, a translation; empty: the original."""
        if not request.user.has_perm("outcomes.add_evidence"):
            return self.not_theirs(request)
        if (answer := self.get_object(request, pk)) is None:
            return self.gone(request, self.has_put_away(request, pk))
        translation = _wording(answer, request.GET.get("in", ""))
        text = translation.text if translation else answer.text
        marks = answer.evidence.visible_to(request.user).select_related("problem", "solution", "answer__response")
        marks = marks.order_by("start", "pk").prefetch_related("places").with_wordings()
        if request.method == "POST":
            mark = next((each for each in marks if prefix_of(each) == request.POST.get("action")), None)
            faults = [_("The mark was taken back.")]
            if mark:
                form = PlaceForm(request.POST, prefix=prefix_of(mark))
                faults = form.confirm(mark, text, translation, by=request.user)
            for fault in faults:
                self.message_user(request, fault, messages.ERROR)
            if not faults:
                self.message_user(request, _("Confirmed: readers see the passage marked there."), messages.SUCCESS)
                mark._prefetched_objects_cache.clear()
        language = translation.language if translation else answer.response.language
        context = {
            **self.admin_site.each_context(request),
            "title": _("Where the passages stand"),
            "opts": self.opts,
            "answer": answer,
            "language": language,
            "translation": translation,
            "here": request.get_full_path(),
            "places": places_to_confirm(marks, text, language, request.POST),
        }
        return render(request, "admin/outcomes/answertocode/places.html", context)


def _wording(answer, chosen):
    if not chosen:
        return None
    found = answer.translations.published().with_credit().filter(pk=chosen).first() if is_id(chosen) else None
    if found is None:
        raise Http404("No such translation, or readers do not see it.")
    return found
