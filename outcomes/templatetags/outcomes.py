"""What became of a response, for its page and for its author's: the one way back from facts to interpretation."""

from django import template

from outcomes.models import Evidence

register = template.Library()


@register.inclusion_tag("outcomes/_became_evidence.html")
def became_evidence(response):
    """The problems that a response is evidence for, with the marked passages."""
    evidence = Evidence.objects.published().filter(answer__response=response)
    found = evidence.select_related("problem", "answer__response", "translation").order_by("problem__position", "start")
    return {"evidence": [(each, each.passage) for each in found]}
