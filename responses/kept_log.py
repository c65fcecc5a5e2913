"""What the admin's log keeps: who did what, also if their account is gone, in nobody's language and without words.

Importable before any model is.
"""

import json
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.utils.functional import Promise
from django.utils.translation import gettext, override

from responses.names import GONE

# Rows of these apps are named by their number. Their names are people's names and addresses, which go with an account.
_OF_ACCOUNTS = ("account", "socialaccount", "mfa")


def keep_log() -> None:
    """Makes the log of Django's admin do so, whoever writes into it. Called once, at the start."""
    for account in ("auth.User", "responses.Person"):
        pre_delete.connect(_hand_over, sender=account)
    # The methods are replaced, because Django's own admins call them, and because a manager of our own would have to
    # stand in a migration of Django's.
    entry: Any = apps.get_model("admin.LogEntry")
    log: Any = type(entry._default_manager)
    log.log_actions = _log_actions
    entry.said_by_django, entry.get_change_message = entry.get_change_message, _message_of


def _hand_over(sender, instance, using, **signal):
    """What an account has done stays in the log without it. Whose it was, nobody can tell any more."""
    if instance.get_username() == GONE:
        raise ProtectedError("The log of those whose account is gone hangs on this account.", {instance})
    users = apps.get_model("auth.User")._default_manager.using(using)
    # From here on, nothing more is logged for this account.
    list(users.select_for_update().filter(pk=instance.pk).values_list("pk"))
    entries = apps.get_model("admin.LogEntry")._default_manager.using(using).filter(user=instance.pk)
    if entries.exists():
        told = {"is_active": False, "password": make_password(None)}
        nobody, _is_new = users.get_or_create(username=GONE, defaults=told)
        entries.update(user=nobody)


def _log_actions(log, user_id, queryset, action_flag, change_message="", *, single_object=False):
    """As Django has it; but a row has the same name whatever language is spoken, and none with people's words in it."""
    if isinstance(change_message, Promise):
        change_message = saying(change_message)
    said = json.dumps(change_message) if isinstance(change_message, list) else change_message
    types = apps.get_model("contenttypes.ContentType")._default_manager
    entries = [
        log.model(
            user_id=user_id,
            content_type_id=types.get_for_model(row, for_concrete_model=False).pk,
            object_id=row.pk,
            object_repr=name_in_log(row)[:200],
            action_flag=action_flag,
            change_message=said,
        )
        for row in queryset
    ]
    if len(entries) != 1:
        return log.bulk_create(entries)
    entries[0].save()
    return entries[0] if single_object else entries


def name_in_log(row) -> str:
    """What the log calls a row: its number for accounts, its slug for texts, which are worded in several languages."""
    if hasattr(row, "name_in_log"):
        return row.name_in_log
    if row._meta.app_label in _OF_ACCOUNTS or isinstance(row, apps.get_model("auth.User")):
        return str(row.pk)
    with override(settings.LANGUAGE_CODE):
        return getattr(row, "slug", "") or str(row)


def saying(message, **told) -> str:
    """A message for the log, in English whatever language is spoken. told: numbers, codes and days in it."""
    with override(None):
        return str(message) % told if told else str(message)


def changed(*fields) -> list[dict]:
    """For the log, as Django writes it: these fields of a model were changed."""
    with override(None):
        return [{"changed": {"fields": [str(each.verbose_name) for each in fields]}}]


def own_words_in(entry) -> str:
    """What somebody has written about a row in own words; "" if the message is one of the desks, or Django's."""
    types = apps.get_model("contenttypes.ContentType")._default_manager
    model: Any = types.get_for_id(entry.content_type_id).model_class() if entry.content_type_id else None
    return entry.change_message if hasattr(model, "is_reason") and model.is_reason(entry.change_message) else ""


def _message_of(entry) -> str:
    """As Django has it; own words as they are; other messages of the desks in the language that is spoken now.

    A message with something in its places is in no catalogue, so it stays in English.
    """
    said = entry.change_message
    if own := own_words_in(entry):
        return own
    if not said.startswith("[{") and not (said == "[]" and entry.is_change()):
        return gettext(said) if said else ""
    try:
        return entry.said_by_django()
    except (AttributeError, ValueError, TypeError, KeyError):
        return said
