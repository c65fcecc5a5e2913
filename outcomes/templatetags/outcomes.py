"""What became of a response, for its page and for its author's: the one way back from facts to interpretation."""

from django import template
from django.db.models import Count, Q

from outcomes.models import Evidence, Problem
from outcomes.news import happenings
from responses.models import Answer

register = template.Library()


@register.inclusion_tag("outcomes/_became_evidence.html")
def became_evidence(response):
    """The problems that a response is evidence for, with the marked passages."""
    evidence = Evidence.objects.published().filter(answer__response=response)
    credit = ("translation__translator__as_translator", "translation__answer__response")
    found = evidence.select_related("problem", "answer__response", *credit).order_by("problem__position", "start")
    return {"evidence": [(each, each.passage) for each in found]}


@register.inclusion_tag("outcomes/_what_became_of.html", takes_context=True)
def what_became_of(context, response):
    """For its author: all that became of a response, and what waits for their say."""
    past = happenings(response)
    return {
        "response": response,
        "key": response.key,
        "happenings": past,
        "translations": [each.about for each in past if each.kind == "translated"],
        "quotations": [each.about for each in past if each.kind == "quoted"],
        # A form of the author's that is to be mended, if the page was made for that.
        "said": context.get("said"),
        "said_about": context.get("said_about"),
    }


@register.inclusion_tag("outcomes/_problems_to_translate.html")
def problems_to_translate(language):
    """The problems whose voices lack a translation into a language, with their numbers, the most first."""
    lacking = Answer.objects.published().lacking_translation(language)
    behind = Q(evidence__in=Evidence.objects.published().filter(answer__in=lacking))
    counted = Problem.objects.published().annotate(lacking=Count("evidence__answer", distinct=True, filter=behind))
    return {"problems": counted.filter(lacking__gt=0).order_by("-lacking", "position"), "language": language}
