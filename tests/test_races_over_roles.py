"""Two organizers at the same moment: somebody who gives roles is always left, and nobody gets two accounts."""

from allauth.core.context import request_context
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import mail
from django.test import RequestFactory

from diversity_portal.invitations import let_in
from diversity_portal.role_log import log_roles
from responses.models import Person, TranslatorRequest
from responses.names import GONE
from responses.role_names import RoleName
from tests.factories import make_user
from tests.races import overtake, race

pytestmark = race


def take_organizer(name):
    return lambda: bool(Person.objects.get(username=name).change_roles(take=[RoleName.ORGANIZER]))


def let_in_by(user, **told):
    """The name of the account, or why not. allauth looks for the request at hand where it writes links."""
    request = RequestFactory().get("/admin/")
    request.user, request.session = user, {}
    with request_context(request):
        return let_in(language="en", roles=[RoleName.TRANSLATOR], request=request, **told).username


def test_two_organizers_take_the_role_from_each_other_and_one_stays():
    for name in ("one", "other"):
        make_user(name, "Organizer", is_staff=True)

    outcome = overtake(take_organizer("one"), take_organizer("other"))

    assert outcome == (True, "Nobody else is an organizer. Make somebody else one first.")
    assert [each.username for each in Person.objects.with_role(RoleName.ORGANIZER)] == ["other"]


def test_an_organizer_who_loses_the_role_at_this_moment_changes_nobody_any_more():
    olga, amina = make_user("olga", "Organizer", is_staff=True), make_user("amina")
    make_user("other", "Organizer", is_staff=True)

    def give():
        return Person.objects.get(pk=amina.pk).change_roles(give=[RoleName.CODER], by=olga).given

    def invite():
        return let_in_by(olga, email="nia@example.org", username="Nia")

    outcomes = overtake(take_organizer("olga"), give), overtake(lambda: True, invite)

    lost = "Nothing was changed: you are not an organizer any more."
    assert outcomes == ((True, lost), (True, lost))
    assert (Person.objects.get(pk=amina.pk).roles, User.objects.count(), mail.outbox) == ([], 3, [])


def test_an_account_that_gets_more_rights_at_this_moment_is_a_superusers_to_change():
    olga, amina = make_user("olga", "Organizer", is_staff=True), make_user("amina")

    def raise_her():
        Person.objects.lock_roles()
        return User.objects.filter(pk=amina.pk).update(is_superuser=True)

    def give():
        return Person.objects.get(pk=amina.pk).change_roles(give=[RoleName.CODER], by=olga).given

    outcome = overtake(raise_her, give)

    assert outcome == (1, "Nothing was changed: this account is gone, or only a superuser may change it.")


def test_whoever_closes_their_account_while_they_give_a_role_leaves_the_log_whole():
    olga, amina = make_user("olga", "Organizer", is_staff=True), make_user("amina")

    def give():
        person = Person.objects.get(pk=amina.pk)
        log_roles(olga, person, change := person.change_roles(give=[RoleName.CODER], by=olga))
        return change.given

    def go():
        return User.objects.get(pk=olga.pk).delete() and None

    outcome = overtake(give, go)

    assert outcome == ((RoleName.CODER,), None)
    assert list(LogEntry.objects.values_list("user__username", "change_message")) == [(GONE, "Role given: Coder.")]


def test_two_organizers_give_different_roles_to_one_person():
    make_user("amina")

    def give(role):
        return lambda: Person.objects.get(username="amina").change_roles(give=[role]).given

    outcome = overtake(give(RoleName.CODER), give(RoleName.REVIEWER))

    assert outcome == ((RoleName.CODER,), (RoleName.REVIEWER,))
    assert Person.objects.get(username="amina").roles == [RoleName.REVIEWER, RoleName.CODER]
    assert Person.objects.get(username="amina").is_staff


def test_two_organizers_invite_the_same_address_and_there_is_one_account():
    organizer = make_user("olga", "Organizer", is_staff=True)

    def invite(name):
        return lambda: let_in_by(organizer, email="nia@example.org", username=name)

    outcome = overtake(invite("Nia"), invite("Nia W"))

    assert outcome == ("Nia", "Nia")
    assert (User.objects.count(), len(mail.outbox)) == (2, 2)


def test_two_organizers_answer_the_same_request_and_one_is_told():
    organizer = make_user("olga", "Organizer", is_staff=True)
    row = TranslatorRequest.objects.ask("n@example.org", name="N", reads="sw", writes="sw", words="", language="en")

    def answer():
        return let_in_by(organizer, email=row.email, username="Nia", instead_of=row)

    outcome = overtake(answer, answer)

    assert outcome == ("Nia", "Somebody else has just answered this request.")
    assert len(mail.outbox) == 1


def test_somebody_asks_twice_at_once_and_it_is_one_request():
    def ask(words):
        told = {"name": "N", "reads": "sw", "writes": "sw", "language": "en"}
        return lambda: TranslatorRequest.objects.ask("n@example.org", words=words, **told).words

    outcome = overtake(ask("First."), ask("Second."))

    assert outcome == ("First.", "Second.")
    assert TranslatorRequest.objects.get().words == "Second."
