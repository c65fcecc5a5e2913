"""What became of a response, for its page and for its author's. The app `responses` does not import this one."""

from django import template
from django.db.models import Count, Q

from outcomes.models import Evidence, Problem
from outcomes.news import happenings
from responses.forms.my_response import SayForm
from responses.models import Answer

register = template.Library()


@register.inclusion_tag("outcomes/_became_evidence.html")
def became_evidence(response):
    """The problems that a response is evidence for, with the marked passages."""
    evidence = Evidence.objects.published().once().filter(answer__response=response)
    found = evidence.select_related("problem", "answer__response").order_by("problem__position", "start")
    return {"evidence": [(each, passage) for each in found.with_wordings() if (passage := each.passage)]}


@register.inclusion_tag("outcomes/_what_became_of.html", takes_context=True)
def what_became_of(context, response):
    """For its author: all that became of a response, and what they can say about it."""
    past = happenings(response)
    # A form that came back with a fault takes the place of the fresh one.
    said = context.get("said")
    mended = {said.anchor: said} if said else {}
    forms = {
        kind: [mended.get(form.anchor, form) for form in (SayForm(each.about) for each in past if each.kind == kind)]
        for kind in ("translated", "quoted")
    }
    shown = [form.anchor for of_kind in forms.values() for form in of_kind]
    if said and said.anchor not in shown:
        # Its words come back even if what they are about is not shown at the moment.
        forms["translated" if said.can_correct else "quoted"].append(said)
    return {
        "response": response,
        "key": response.key,
        "happenings": past,
        "translations": forms["translated"],
        "quotations": forms["quoted"],
    }


@register.inclusion_tag("outcomes/_problems_to_translate.html")
def problems_to_translate(language):
    """The problems whose voices lack a translation into a language, with the number of answers, the largest first."""
    lacking = Answer.objects.published().lacking_translation(language)
    behind = Q(evidence__in=Evidence.objects.published().filter(answer__in=lacking))
    counted = Problem.objects.published().annotate(lacking=Count("evidence__answer", distinct=True, filter=behind))
    return {"problems": counted.filter(lacking__gt=0).order_by("-lacking", "position"), "language": language}
