"""What became of a response, for its page and for its author's. The app `responses` does not import this one."""

from django import template
from django.db.models import Count, F, Q

from outcomes.forms.places import places_to_confirm
from outcomes.models import Evidence, Problem, Quotation, Solution
from outcomes.news import asked_back, happenings
from responses.forms.my_response import SayForm
from responses.models import Answer
from responses.organizer_texts import worded
from responses.translation_states import State

register = template.Library()


@register.inclusion_tag("outcomes/_became_evidence.html")
def became_evidence(response):
    """The problems and solutions that a response is evidence for, with the marked passages: the problems first."""
    evidence = Evidence.objects.published().once().filter(answer__response=response)
    problems_first = F("problem__position").asc(nulls_last=True)
    found = evidence.select_related("problem", "solution", "answer__response")
    found = found.order_by(problems_first, "solution__position", "problem", "solution", "start")
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


@register.inclusion_tag("outcomes/_did_we_understand.html")
def did_we_understand(response):
    """For its author: what waits for their answer, first on their page."""
    return {"waiting": list(asked_back(response).to_answer().filter(said="")), "key": response.key}


@register.inclusion_tag("outcomes/asked_back.txt")
def asked_back_as_text(response):
    """For its author's download: what they were asked back, and what they answered."""
    return {"asked": asked_back(response)}


@register.inclusion_tag("outcomes/_claims_to_translate.html")
def claims_to_translate(language, user):
    """The claims whose voices lack a translation into a language, with the number of answers, the largest first.

    user: the translator for whom they are counted.
    """
    lacking = Answer.objects.for_desk_of(user).lacking_translation(language)
    behind = Q(evidence__in=Evidence.objects.published().filter(answer__in=lacking))
    problems, solutions = (
        kind.objects.published()
        .annotate(lacking=Count("evidence__answer", distinct=True, filter=behind))
        .filter(lacking__gt=0)
        .order_by("-lacking", "position")
        for kind in (Problem, Solution)
    )
    return {"problems": problems, "solutions": solutions, "language": language}


@register.inclusion_tag("outcomes/_places_of_marks.html", takes_context=True)
def places_of_marks(context):
    """For a translator: where passages that were marked in the original stand in the translation that they work on."""
    answer, begun = context["answer"], context["there"].begun
    shown = {
        "answer": answer,
        "language": context["language"].code,
        "translation": begun,
        "csrf_token": context["csrf_token"],
        # Below the form of the translation and part of it, so that one typed word or the other is never lost.
        "form_id": "translation" if context["perms"]["responses"]["add_translation"] else "places-form",
    }
    if begun is None or begun.is_outdated or begun.is_objected_to or begun.is_machine_draft:
        return shown
    marks = Evidence.objects.published().once().filter(answer=answer, translation=None).order_by("start", "pk")
    found = marks.select_related("problem", "solution", "answer__response").prefetch_related("places").with_wordings()
    return shown | {"places": places_to_confirm(found, begun.text, begun.language, context["request"].POST)}


@register.simple_tag
def pages_showing(works):
    """[(work, [(address, kind of page, its title)])] for translations and the pages on which readers see them.

    A page that shows a passage of an answer shows the answer around it, in the language of its reader.
    """
    answers = {each.translation.answer_id for each in works if each.state == State.PUBLIC}
    links = {}
    marks = Evidence.objects.published().filter(answer__in=answers).select_related("problem", "solution")
    for mark in marks.order_by("pk"):
        link = (mark.claim.get_absolute_url(), mark.claim._meta.verbose_name, worded(mark.claim, "title"))
        links.setdefault(mark.answer_id, {})[link] = True
    quoted = Quotation.objects.published().filter(evidence__answer__in=answers)
    for each in quoted.select_related("clause__statement", "evidence").order_by("clause__position", "pk"):
        statement = each.clause.statement
        address = f"{statement.get_absolute_url()}#clause-{each.clause.position}"
        links.setdefault(each.evidence.answer_id, {})[
            address, statement._meta.verbose_name, worded(statement, "title")
        ] = True
    return [(each, _addresses(each, links) if each.state == State.PUBLIC else []) for each in works]


def _addresses(work, links):
    response = work.translation.answer.response
    own = (response.get_absolute_url(), response._meta.verbose_name, response.code)
    return [own, *links.get(work.translation.answer_id, ())]
