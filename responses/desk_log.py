"""What the admin's log has about rows: who did what, in a few words of the desks, and never what people said."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from responses.models import Recusal
from responses.models.decision import Status

# How the desks say what rows of their own tell with more: who decided, hid words or looked at a flag, and why.
_TOLD = [Status.ACCEPTED.label, Status.DECLINED.label, Status.ASKED.label]
_TOLD += [_("Undone"), _("Words hidden"), _("Hidden words shown again"), _("Looked at: %(flags)s")]


def log_of(model, keys):
    """About some rows of a model themselves. keys: their primary keys."""
    of_model = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model, for_concrete_model=False))
    return of_model.filter(object_id__in=[str(each) for each in keys]).select_related("user", "content_type")


def log_about(response) -> list[LogEntry]:
    """About a response and all that belongs to it, whether it is still there or not.

    The names of all such rows begin with its code. Nothing of what somebody has put away: authors can be organizers.
    """
    named = LogEntry.objects.filter(object_repr__startswith=response.code).select_related("user", "content_type")
    put_away = ContentType.objects.get_for_model(Recusal)
    rest = len(response.code)
    return [
        each
        for each in named.order_by("-action_time", "-pk")
        if each.content_type_id != put_away.pk and each.object_repr[rest : rest + 1] in ("", "/", ":")
    ]


def names_of_rows(entry) -> str:
    """What a log entry says that may have the code of a response in it."""
    return f"{entry.object_repr} {entry.change_message}"


def is_told_by_a_row(entry) -> bool:
    """Whether a log entry says what a row of its own tells with more."""
    with override(None):
        return entry.change_message.startswith(tuple(str(each).partition("%(")[0].strip() for each in _TOLD))
