"""What somebody at the desks has decided, marked and reviewed of late, to look again: never the words themselves."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from outcomes.models import Evidence
from responses.languages import language_of
from responses.models import Response, Translation

# Of each kind. Who wants to see more looks into the lists of the desks.
MOST = 50


@dataclass(frozen=True)
class Decision:
    at: datetime
    about: str  # a code, never words
    said: str
    now: str
    address: str


@require_safe
def my_decisions(request):
    """The last decisions about responses, marks, and reviews of translations of whoever asks."""
    kinds = [
        ("responses.view_response", _("Responses"), _about_responses),
        ("outcomes.view_evidence", capfirst(Evidence._meta.verbose_name_plural), _marks),
        ("responses.view_translation", capfirst(Translation._meta.verbose_name_plural), _reviews),
    ]
    found = [(title, decisions(request.user)) for right, title, decisions in kinds if request.user.has_perm(right)]
    context = {**admin.site.each_context(request), "title": _("My last decisions"), "kinds": found, "most": MOST}
    return render(request, "admin/my_decisions.html", context)


def _about_responses(user):
    put_away = [str(pk) for pk in user.recusals.values_list("response", flat=True)]
    log = LogEntry.objects.filter(user=user, content_type=ContentType.objects.get_for_model(Response))
    entries = list(log.exclude(object_id__in=put_away).order_by("-action_time", "-pk")[:MOST])
    responses = Response.objects.not_recused_by(user).in_bulk({int(each.object_id) for each in entries})
    return [
        Decision(
            entry.action_time,
            response.code,
            entry.get_change_message(),
            response.get_status_display(),
            reverse("admin:responses_response_change", args=[response.pk]),
        )
        for entry in entries
        if (response := responses.get(int(entry.object_id)))
    ]


def _marks(user):
    marks = Evidence.objects.not_recused_by(user).filter(coder=user).newest_first()
    rows = marks.select_related("answer__response", "answer__question", "problem", "solution")[:MOST]
    return [
        Decision(
            mark.created_at,
            str(mark.answer),
            f"{mark.stance_label} · {mark.claim.title}",
            mark.answer.response.get_status_display(),
            _address_of(mark),
        )
        for mark in rows
    ]


def _address_of(mark):
    # The coding desk has no answer whose author is changing it.
    if mark.answer.response.status == Response.Status.ACCEPTED:
        return reverse("admin:outcomes_answertocode_change", args=[mark.answer_id])
    return reverse("admin:outcomes_evidence_change", args=[mark.pk])


def _reviews(user):
    reviewed = Translation.objects.not_recused_by(user).filter(reviewer=user).order_by("-reviewed_at", "-pk")
    rows = reviewed.select_related("answer__response", "answer__question")[:MOST]
    return [
        Decision(
            each.reviewed_at,
            str(each.answer),
            language_of(each.language).label_in(get_language()),
            _("The author objects to this translation") if each.is_objected_to else each.get_status_display(),
            reverse("admin:responses_translation_change", args=[each.pk]),
        )
        for each in rows
    ]
