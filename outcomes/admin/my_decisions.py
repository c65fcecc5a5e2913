"""What somebody at the desks has decided, marked and reviewed of late, to look again: never the words themselves."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from outcomes.models import Evidence
from outcomes.models.evidence import log_of_marks
from responses.languages import language_of
from responses.models import Answer, Response, Translation

# Of each kind. Who wants to see more looks into the lists of the desks.
MOST = 50


@dataclass(frozen=True)
class OwnDecision:
    at: datetime
    about: str  # a code, never words
    said: str
    now: str
    address: str
    why: str = ""  # somebody else's reason


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
        OwnDecision(
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
    marks = Evidence.objects.visible_to(user).not_recused_by(user).filter(coder=user).newest_first()
    rows = marks.select_related("answer__response", "answer__question", "problem", "solution")[:MOST]
    found = [
        OwnDecision(
            mark.created_at,
            str(mark.answer),
            f"{mark.stance_label} · {mark.claim.title}",
            _state_of(mark),
            _desk_of(mark.answer) or reverse("admin:outcomes_evidence_change", args=[mark.pk]),
        )
        for mark in rows.with_wordings()
    ]
    return sorted([*found, *_taken_back(user)], key=lambda each: each.at, reverse=True)[:MOST]


def _state_of(mark):
    response = mark.answer.response
    if response.status == Response.Status.ACCEPTED and mark.is_lost:
        return _("This passage was edited away; it is not shown to readers.")
    return response.get_status_display()


def _desk_of(answer):
    """Its address at the coding desk, which has no answer that its author is changing."""
    is_there = answer.response.status == Response.Status.ACCEPTED
    return reverse("admin:outcomes_answertocode_change", args=[answer.pk]) if is_there else ""


def _taken_back(user):
    """Marks of theirs that somebody else has taken back. Only the log still knows of them, and of the reason."""
    log = log_of_marks()
    theirs = log.filter(user=user, action_flag=ADDITION).values("object_id")
    gone = log.filter(action_flag=DELETION, object_id__in=theirs).exclude(user=user)
    entries = list(gone.order_by("-action_time", "-pk")[:MOST])
    codes = {entry.object_repr.partition("/")[0] for entry in entries}
    answers = Answer.objects.not_recused_by(user).filter(response__code__in=codes)
    by_prefix = {Evidence.log_prefix(each): each for each in answers.select_related("response", "question")}
    return [
        OwnDecision(
            entry.action_time,
            str(answer),
            entry.object_repr.removeprefix(prefix),
            _("The mark was taken back."),
            _desk_of(answer) or reverse("admin:outcomes_answertocode_changelist"),
            entry.get_change_message(),
        )
        for entry in entries
        for prefix, answer in by_prefix.items()
        if entry.object_repr.startswith(prefix)
    ]


def _reviews(user):
    reviewed = Translation.objects.not_recused_by(user).filter(reviewer=user).order_by("-reviewed_at", "-pk")
    rows = reviewed.select_related("answer__response", "answer__question")[:MOST]
    return [
        OwnDecision(
            each.reviewed_at,
            str(each.answer),
            language_of(each.language).label_in(get_language()),
            _("The author objects to this translation") if each.is_objected_to else each.get_status_display(),
            reverse("admin:responses_translation_change", args=[each.pk]),
        )
        for each in rows
    ]
