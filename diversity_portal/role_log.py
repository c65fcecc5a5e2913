from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_noop

from responses.kept_log import saying
from responses.models import Person
from responses.models.person import RoleChange


def log_roles(user, person: Person, change: RoleChange) -> None:
    """Who has given or taken which role, and when: in the history of the account, under its number, never its name.

    The log outlives an account that its owner deletes.
    """
    given = [saying(gettext_noop("Role given: %(role)s."), role=each.value) for each in change.given]
    taken = [saying(gettext_noop("Role taken away: %(role)s."), role=each.value) for each in change.taken]
    if said := " ".join([*given, *taken]):
        LogEntry.objects.create(
            user_id=user.pk,
            content_type=ContentType.objects.get_for_model(Person, for_concrete_model=False),
            object_id=str(person.pk),
            object_repr=str(person.pk),
            action_flag=CHANGE,
            change_message=said,
        )
