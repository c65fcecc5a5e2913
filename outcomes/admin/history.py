"""The page that says who did what with a row, when and why. It stands at the address of Django's own history."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from outcomes.history import history_of_answer, history_of_claim, history_of_response, history_of_statement
from outcomes.models import AnswerToCode, Statement
from responses.history import PAGE, PAGE_OF_MANY, page_of, place_in
from responses.models import Response

from .codebook import former_slugs


class HasHistory:
    """For the admin of answers, problems, solutions and statements."""

    @method_decorator(require_safe)
    def history_view(self, request, object_id, extra_context=None):
        return _history(self, request, object_id)


@require_safe
def response_history(request, object_id):
    """That of a response is here, because much of it is what others have made of the words."""
    return _history(admin.site.get_model_admin(Response), request, object_id)


def _history(desk, request, object_id):
    row = desk.get_object(request, unquote(object_id))
    if row is None:
        return desk._get_obj_does_not_exist_redirect(request, desk.opts, object_id)
    if not desk.has_view_or_change_permission(request, row):
        raise PermissionDenied
    before = place_in(request.GET.get("before", ""))
    deeds, older = page_of(*_deeds(row, request.user, before))
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Who did what"),
        "opts": desk.opts,
        "object": row,
        "deeds": deeds,
        "older": older,
        "is_newest": before is None,
        "former_slugs": former_slugs(row),
        "may_code": request.user.has_perm("outcomes.view_answertocode"),
    }
    return render(request, "admin/history.html", context)


def _deeds(row, user, before):
    """What `page_of` asks for."""
    if isinstance(row, (Response, AnswerToCode)):
        history = history_of_response if isinstance(row, Response) else history_of_answer
        return history(row, user), before, PAGE
    history = history_of_statement if isinstance(row, Statement) else history_of_claim
    return history(row, user, before), before, PAGE_OF_MANY
