"""Who may do what: people with an account, and the roles that organizers give them."""

from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group, User, UserManager
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from responses.names import GONE
from responses.role_names import AT_THE_DESKS, RoleName


@dataclass(frozen=True)
class RoleChange:
    """What has become of somebody's roles, in the order of `RoleName`."""

    given: tuple[RoleName, ...] = ()
    taken: tuple[RoleName, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.given or self.taken)

    @classmethod
    def between(cls, before, after):
        return cls(
            tuple(each for each in RoleName if each in after and each not in before),
            tuple(each for each in RoleName if each in before and each not in after),
        )


class PersonQuerySet(models.QuerySet):
    def changeable_by(self, user):
        """Superusers change everybody.

        Organizers change nobody who has rights beyond the roles, by another group or a single right: whoever makes such
        an account staff would give rights that they have not themselves.
        """
        if user.is_superuser:
            return self.exclude(username=GONE)
        # "In", and not a join: a person with several such rights is one row.
        beyond = Group.objects.exclude(name__in=RoleName.values).exclude(permissions=None)
        singly = User.user_permissions.through.objects.values("user")
        return (
            self.filter(is_superuser=False, is_active=True)
            .exclude(pk__in=User.groups.through.objects.filter(group__in=beyond).values("user"))
            .exclude(pk__in=singly)
        )

    def lock_roles(self):
        """For the rest of the transaction, nobody else gives or takes roles.

        Otherwise two organizers could take the role from each other at the same moment.
        """
        list(Group.objects.select_for_update().filter(name=RoleName.ORGANIZER))

    def lock_account(self, pk):
        """The account as it is now, which nobody deletes before this transaction ends; None if it is gone."""
        return self.select_for_update(no_key=True).filter(pk=pk).first()

    def who_came(self):
        """Without those who were invited and have neither chosen a password nor signed in: they may never do so."""
        return self.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login=None)

    def with_role(self, role: str):
        return self.filter(pk__in=User.groups.through.objects.filter(group__name=role).values("user"))


class PersonManager(UserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]  # made by Django at run time
    use_in_migrations = False


class Person(User):
    """An account, as organizers see it: a name, roles and languages. Never an address, a password or a single right."""

    objects = PersonManager()  # type: ignore[misc]  # AbstractUser has one of its own

    class Meta:
        proxy = True
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @property
    def roles(self) -> list[RoleName]:
        held = {group.name for group in self.groups.all()}
        return [each for each in RoleName if each in held]

    @transaction.atomic
    def change_roles(self, *, give=(), take=(), by=None) -> RoleChange:
        """Give and take roles, and with them staff status. Roles that are had or lacking already are left as they are.

        by: the user who does so; None for a command. Raises ValidationError if they may not do so at this moment, or if
        nobody would be left who gives roles.
        """
        Person.objects.lock_roles()
        if by is not None:
            self._check_changeable_by(by)
        now = set(self.groups.filter(name__in=RoleName.values).values_list("name", flat=True))
        change = RoleChange.between(now, (now - set(take)) | set(give))
        others = Person.objects.filter(is_active=True).who_came().exclude(pk=self.pk)
        if RoleName.ORGANIZER in change.taken and not others.with_role(RoleName.ORGANIZER).exists():
            raise ValidationError(_("Nobody else is an organizer. Make somebody else one first."))
        self.groups.add(*Group.objects.filter(name__in=change.given))
        self.groups.remove(*Group.objects.filter(name__in=change.taken))
        self._work_at_desks(now, (now - set(take)) | set(give))
        return change

    def _check_changeable_by(self, user):
        """As it is behind the lock: somebody else may have changed either of the two since the page was opened."""
        user = Person.objects.lock_account(user.pk)
        if user is None or not user.has_perm("responses.change_person"):
            raise ValidationError(_("Nothing was changed: you are not an organizer any more."))
        if Person.objects.changeable_by(user).lock_account(self.pk) is None:
            raise ValidationError(_("Nothing was changed: this account is gone, or only a superuser may change it."))

    def _work_at_desks(self, before, roles):
        """Staff status comes with the first role at the desks, and goes with the last one. Superusers keep theirs."""
        is_staff = bool(AT_THE_DESKS & roles)
        if not self.is_superuser and (is_staff or AT_THE_DESKS & before):
            Person.objects.filter(pk=self.pk).update(is_staff=is_staff)
            self.refresh_from_db(fields=["is_staff"])
