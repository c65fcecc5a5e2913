"""What each role may do: one table. Each `migrate` gives the groups exactly these rights.

Rights that somebody adds to these groups by hand are taken away again; make another group for them.
"""

from dataclasses import dataclass

from django.apps import apps as global_apps
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from responses.role_names import RoleName


@dataclass(frozen=True)
class Role:
    name: RoleName
    description: Promise  # for the person who grants it, and for the one who gets it
    rights: tuple[str, ...]
    page: str  # the name of the page where somebody with this role begins

    @property
    def title(self) -> Promise:
        return self.name.label


def _rights(app: str, **verbs: str) -> tuple[str, ...]:
    """_rights("responses", region="view change") -> ("responses.view_region", "responses.change_region")"""
    return tuple(f"{app}.{verb}_{model}" for model, listed in verbs.items() for verb in listed.split())


ALL = "view add change delete"

TRANSLATOR = Role(
    RoleName.TRANSLATOR,
    _("Translates answers, and reviews what other translators wrote."),
    _rights("responses", translation="add review"),
    "translate",
)
UNREAD_TRANSLATOR = Role(
    RoleName.UNREAD_TRANSLATOR,
    _("Translates, for reviewers only, responses that they cannot read. Sees words before anybody has accepted them."),
    ("responses.translate_unread",),
    "translate_unread",
)
REVIEWER = Role(
    RoleName.REVIEWER,
    _("Reads what comes in, accepts or declines it, and reviews translations."),
    _rights("responses", response="view review", translation="view review", declinereason="view"),
    "admin:responses_response_changelist",
)
CODER = Role(
    RoleName.CODER,
    _("Marks passages as evidence for problems and solutions."),
    (
        *_rights("outcomes", answertocode="view", evidence="view add delete", problem="view", solution="view"),
        *_rights("outcomes", sharedanswer="view"),
    ),
    "admin:outcomes_answertocode_changelist",
)
ORGANIZER = Role(
    RoleName.ORGANIZER,
    _("Works at all desks, keeps the texts and lists, and says what others may do."),
    (
        *TRANSLATOR.rights,
        *UNREAD_TRANSLATOR.rights,
        *REVIEWER.rights,
        *CODER.rights,
        *_rights(
            "responses",
            affiliate=ALL,
            region=ALL,
            declinereason=ALL,
            conversation=ALL,
            movedpromise="view change",
            question="view add change",
            gathering="view change",
            invitee=ALL,
            term=ALL,
            termwording=ALL,
            textsource="view change",
            knownlanguage="view",
            policy="view change",
            machinedraftorder="view delete",
            recusal="view delete",
            person="view add change",
            translatorrequest="view change",
        ),
        *_rights("outcomes", evidence="moderate", statement=ALL, clause=ALL, problem=ALL, solution=ALL, topic=ALL),
        *_rights("outcomes", quotation="view add delete", codingplan="view change", export="view add", asking=ALL),
    ),
    "admin:index",
)
ROLES = (TRANSLATOR, UNREAD_TRANSLATOR, REVIEWER, CODER, ORGANIZER)


def apply_roles(*, apps: Apps = global_apps, **signal) -> None:
    """Make the groups, and give each exactly the rights of its role. Safe to repeat.

    apps: as they are after migrating. If only a part was migrated, nothing is done. Raises Permission.DoesNotExist for
    a right that no model has.
    """
    if not {("auth", "group"), ("responses", "response"), ("outcomes", "evidence")} <= _models_of(apps):
        return
    for label in ("responses", "outcomes"):
        # Django makes permissions app by app; those of our apps may not be there yet.
        create_contenttypes(global_apps.get_app_config(label), verbosity=0)
        create_permissions(global_apps.get_app_config(label), verbosity=0)
    groups = global_apps.get_model("auth", "Group").objects
    permissions = global_apps.get_model("auth", "Permission").objects
    for role in ROLES:
        group, _is_new = groups.get_or_create(name=role.name)
        rights = [right.split(".") for right in set(role.rights)]
        group.permissions.set(
            permissions.get(content_type__app_label=label, codename=codename) for label, codename in rights
        )


def _models_of(apps: Apps) -> set[tuple[str, str]]:
    return {(model._meta.app_label, str(model._meta.model_name)) for model in apps.get_models()}
