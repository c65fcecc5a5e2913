"""Where organizers say who may do what: roles, invitations, and what nobody gets by them."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.utils import translation

from responses.models import KnownLanguage, OrganizerLetter, Person
from responses.role_names import RoleName
from tests.factories import make_user, show_again

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/responses/person/"
INVITE = f"{PEOPLE}add/"
PASSWORD = "a long and odd one"


def page_of(person):
    return f"{PEOPLE}{person.pk}/change/"


@pytest.fixture
def organizer(client):
    user = make_user("olga", "Organizer", is_staff=True)
    client.force_login(user)
    show_again(client)
    return user


def roles_of(user):
    return {str(each.value) for each in Person.objects.get(pk=user.pk).roles}


def store(client, user, *roles, seen=None, **more):
    seen = ",".join(roles_of(user)) if seen is None else seen
    return client.post(page_of(user), {"roles": roles, "seen": seen} | more)


def log():
    return list(LogEntry.objects.order_by("pk").values_list("user__username", "object_repr", "change_message"))


def test_an_organizer_gives_a_role_and_the_person_works_at_once(client, organizer):
    amina = make_user("amina")
    browser = Client()
    browser.force_login(amina)

    page = store(client, amina, "Reviewer", "Translator")

    assert page.url == PEOPLE
    assert browser.get("/admin/responses/response/").status_code == 200
    assert log() == [("olga", str(amina.pk), "Role given: Translator. Role given: Reviewer.")]
    [sent] = mail.outbox
    assert sent.to == ["amina@example.org"]
    assert "Your account amina has new roles:" in sent.body
    assert "/en/translate/" in sent.body
    assert "/admin/responses/response/" in sent.body


def test_a_role_that_is_taken_away_closes_the_desk_at_once_and_is_told_plainly(client, organizer):
    amina = make_user("amina", "Reviewer", "Translator", is_staff=True)
    browser = Client()
    browser.force_login(amina)

    store(client, amina, "Translator")

    amina.refresh_from_db()
    assert (roles_of(amina), amina.is_staff) == ({"Translator"}, False)
    assert browser.get("/admin/responses/response/").status_code == 302
    assert browser.get("/en/translate/").status_code == 200
    [sent] = mail.outbox
    assert "Your account amina no longer has this role:\n\n* Reviewer" in sent.body
    assert log() == [("olga", str(amina.pk), "Role taken away: Reviewer.")]


def test_nothing_is_mailed_or_logged_if_nothing_changes(client, organizer):
    amina = make_user("amina", "Translator")

    store(client, amina, "Translator")

    assert (mail.outbox, log()) == ([], [])


def test_what_another_organizer_has_changed_meanwhile_stays(client, organizer):
    amina = make_user("amina", "Translator")
    amina.groups.add(Group.objects.get(name="Coder"))

    store(client, amina, "Translator", "Reviewer", seen="Translator")

    assert roles_of(amina) == {"Translator", "Coder", "Reviewer"}


@pytest.mark.parametrize(
    "posted",
    [
        {"is_superuser": "on"},
        {"is_staff": "on"},
        {"groups": "1"},
        {"user_permissions": "1"},
        {"email": "mine@example.org"},
        {"username": "olga2"},
        {"password": "mine", "password1": "mine", "password2": "mine"},
    ],
)
def test_nothing_but_the_roles_can_be_posted(client, organizer, posted):
    amina = make_user("amina")
    before = User.objects.values().get(pk=amina.pk)

    client.post(page_of(amina), posted | {"seen": ""})

    after = User.objects.values().get(pk=amina.pk)
    assert (after, list(amina.groups.all()), list(amina.user_permissions.all())) == (before, [], [])


def test_a_group_that_is_no_role_cannot_be_given(client, organizer):
    Group.objects.create(name="Helpers").permissions.add(Permission.objects.get(codename="change_user"))
    amina = make_user("amina")

    page = store(client, amina, "Helpers")

    assert page.context["form"].errors.keys() == {"roles"}
    assert list(amina.groups.all()) == []


def beyond_the_roles():
    helpers = Group.objects.create(name="Helpers")
    helpers.permissions.add(Permission.objects.get(codename="change_user"))
    singly = make_user("singly")
    singly.user_permissions.add(Permission.objects.get(codename="add_user"))
    return [
        make_user("root", is_superuser=True, is_staff=True),
        make_user("helper", "Helpers"),
        singly,
        make_user("gone", is_active=False),
    ]


def test_accounts_with_rights_beyond_the_roles_are_neither_shown_nor_changed(client, organizer):
    others = beyond_the_roles()
    harmless = Group.objects.create(name="Readers")
    reader = make_user("reader", harmless.name)

    listed = {each.username for each in client.get(PEOPLE).context["cl"].result_list}
    for each in others:
        store(client, each, "Coder")
        client.post(INVITE, {"email": each.email, "roles": ["Coder"], "language": "en"})

    assert listed == {"olga", reader.username}
    assert [each.username for each in others if roles_of(each)] == []
    assert (mail.outbox, log()) == ([], [])


def test_an_organizer_sees_no_address_and_opens_no_account(client, organizer):
    amina = make_user("amina", "Translator")

    pages = [client.get(each).content.decode() for each in (PEOPLE, page_of(amina), INVITE)]

    assert [page for page in pages if "amina@example.org" in page] == []
    assert client.get(f"/admin/auth/user/{amina.pk}/password/").status_code == 403
    assert client.get(f"{PEOPLE}?email__startswith=a").status_code in (302, 400)
    assert client.get(f"{PEOPLE}?q=amina@example").context["cl"].result_count == 0


def test_the_list_says_who_does_what(client, organizer):
    amina = make_user("amina", "Translator", "Coder", first_name="Amina W")
    KnownLanguage.objects.know(amina, "sw", reads=True, writes=True)

    page = client.get(f"{PEOPLE}?role=Coder")

    html = page.content.decode()
    assert list(page.context["cl"].result_list) == [Person.objects.get(pk=amina.pk)]
    assert [said for said in (">amina<", ">Amina W<", "Translator, Coder", "Kiswahili") if said not in html] == []


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, organizer, django_assert_num_queries, more):
    for n in range(more):
        person = make_user(f"p{n}", "Translator", "Coder")
        KnownLanguage.objects.know(person, "sw", reads=True, writes=True)
    client.get(PEOPLE)

    with django_assert_num_queries(8):
        client.get(PEOPLE)


def test_the_last_organizer_cannot_go(client, organizer):
    page = store(client, organizer, sure="on")

    assert page.context["form"].errors["roles"] == ["Nobody else is an organizer. Make somebody else one first."]
    assert roles_of(organizer) == {"Organizer"}


def test_an_organizer_who_cannot_sign_in_is_not_counted(client, organizer):
    make_user("gone", "Organizer", is_staff=True, is_active=False)

    store(client, organizer, sure="on")

    assert roles_of(organizer) == {"Organizer"}


def test_an_organizer_who_was_invited_and_has_not_come_is_not_counted(client, organizer):
    client.post(INVITE, {"email": "n@example.org", "username": "Nia", "roles": ["Organizer"], "language": "en"})

    store(client, organizer, sure="on")

    assert roles_of(organizer) == {"Organizer"}


def test_organizers_give_up_their_own_role_only_after_a_second_tick(client, organizer):
    make_user("omar", "Organizer", is_staff=True)

    page = store(client, organizer, "Coder")
    asked = roles_of(organizer)
    done = store(client, organizer, "Coder", sure="on")

    assert page.context["form"].errors.keys() == {"sure"}
    assert asked == {"Organizer"}
    assert roles_of(organizer) == {"Coder"}
    assert done.url == "/admin/"
    assert client.get(PEOPLE).status_code == 403


def test_roles_are_given_only_by_who_has_just_shown_who_they_are(client):
    client.force_login(make_user("olga", "Organizer", is_staff=True))
    amina = make_user("amina")

    page = store(client, amina, "Coder")

    assert "reauthenticate" in page.url
    assert roles_of(amina) == set()


def test_a_form_that_is_refused_behind_the_password_still_goes_to_its_own_page(client):
    client.force_login(make_user("olga", "Organizer", is_staff=True))
    asked = client.post(INVITE, {"username": "Amina", "language": "en"})

    html = client.post(asked.url, {"password": "a long password"}).content.decode()

    assert f'method="post" action="{INVITE}"' in html
    assert 'name="username" value="Amina"' in html


@pytest.mark.parametrize("role", ["Translator", "Reviewer", "Coder"])
def test_nobody_else_gives_roles(client, role):
    somebody = make_user("somebody", role, is_staff=True)
    client.force_login(somebody)
    show_again(client)

    assert [client.post(each, {"roles": ["Organizer"]}).status_code for each in (page_of(somebody), INVITE)] == [
        403,
        403,
    ]
    assert roles_of(somebody) == {role}


def test_a_superuser_who_is_given_and_loses_a_role_stays_staff(client):
    root = make_user("root", is_superuser=True, is_staff=True)
    client.force_login(root)
    show_again(client)

    store(client, root, "Coder")
    store(client, root)

    root.refresh_from_db()
    assert root.is_staff


def change_account(client, user, *roles):
    groups = Group.objects.filter(name__in=roles).values_list("pk", flat=True)
    posted = {"username": user.username, "is_active": "on", "groups": list(groups)}
    return client.post(f"/admin/auth/user/{user.pk}/change/", posted)


def test_roles_that_a_superuser_gives_with_an_account_are_told_and_written_down_like_others(client):
    client.force_login(make_user("root", is_superuser=True, is_staff=True))
    show_again(client)
    amina = make_user("amina", "Translator")

    change_account(client, amina, "Coder")
    history = client.get(f"{PEOPLE}{amina.pk}/history/").content.decode()

    assert roles_of(amina) == {"Coder"}
    assert [each for each in log() if "Role" in each[2]] == [
        ("root", str(amina.pk), "Role given: Coder. Role taken away: Translator.")
    ]
    assert "Role given: Coder. Role taken away: Translator." in history
    [sent] = mail.outbox
    assert ("* Coder" in sent.body, "* Translator" in sent.body) == (True, True)


def test_a_group_that_is_no_role_is_no_change_of_roles(client):
    client.force_login(make_user("root", is_superuser=True, is_staff=True))
    show_again(client)
    Group.objects.create(name="Helpers")
    amina = make_user("amina", "Translator")

    change_account(client, amina, "Translator", "Helpers")

    assert list(amina.groups.values_list("name", flat=True).order_by("name")) == ["Helpers", "Translator"]
    assert mail.outbox == []
    assert [each for each in log() if "Role" in each[2]] == []


def test_who_is_invited_by_mail_chooses_a_password_and_has_the_roles(client, organizer):
    typed = {"email": "New@Example.org", "username": "Nia", "roles": ["Reviewer"], "language": "sv", "words": "Hej!"}
    page = client.post(INVITE, typed)

    nia = User.objects.get(username="Nia")
    [sent] = mail.outbox
    assert page.url == PEOPLE
    assert sent.to == ["new@example.org"]
    assert "Hej!" in sent.body
    assert "/admin/responses/response/" in sent.body
    assert "/sv/accounts/password/reset/key/" in sent.body
    assert (roles_of(nia), nia.is_staff, nia.is_superuser) == ({"Reviewer"}, True, False)
    assert OrganizerLetter.objects.of(nia).spoken == "sv"
    assert log() == [("olga", str(nia.pk), "Role given: Reviewer.")]
    invited = Client()
    link = next(word for word in sent.body.split() if "/password/reset/key/" in word)
    invited.post(invited.get(link).url, {"password1": PASSWORD, "password2": PASSWORD})
    invited.post("/accounts/login/", {"login": "Nia", "password": PASSWORD})
    assert invited.get("/admin/responses/response/").status_code == 200


def test_who_is_invited_once_more_before_they_came_gets_the_link_and_the_roles_again(client, organizer):
    client.post(INVITE, {"email": "n@example.org", "username": "Nia", "roles": ["Coder"], "language": "en"})
    client.post(INVITE, {"email": "N@example.org", "roles": ["Reviewer"], "language": "en"})

    assert roles_of(User.objects.get(username="Nia")) == {"Coder", "Reviewer"}
    assert ["/password/reset/key/" in each.body for each in mail.outbox] == [True, True]


def test_who_was_invited_and_has_not_come_is_told_that_it_was_taken_back(client, organizer):
    client.post(INVITE, {"email": "n@example.org", "username": "Nia", "roles": ["Coder"], "language": "sv"})
    nia = User.objects.get(username="Nia")
    mail.outbox.clear()

    page = store(client, nia)

    assert page.url == PEOPLE
    assert roles_of(nia) == set()
    assert [each.to for each in mail.outbox] == [["n@example.org"]]
    with translation.override("sv"):
        assert str(RoleName.CODER.label) in mail.outbox[0].body
        assert translation.gettext("What you may do at the diversity conversation") == mail.outbox[0].subject


def test_whoever_has_confirmed_the_address_gets_the_roles_and_no_link(client, organizer):
    amina = make_user("amina")

    client.post(INVITE, {"email": "amina@example.org", "roles": ["Coder"], "language": "en", "words": "Welcome."})

    assert roles_of(amina) == {"Coder"}
    [sent] = mail.outbox
    assert "Welcome." in sent.body
    assert "/password/reset/key/" not in sent.body


def test_whoever_is_invited_to_what_they_may_do_already_reads_what_that_is(client, organizer):
    make_user("amina", "Coder")

    client.post(INVITE, {"email": "amina@example.org", "roles": ["Coder"], "language": "en"})

    [sent] = mail.outbox
    assert sent.body.startswith("This is what your account may do:\n\n* Coder")
    assert log() == []


def test_whoever_has_only_typed_an_address_gets_no_role_by_it(client, organizer):
    amina = make_user("amina")
    EmailAddress.objects.update(verified=False)

    client.post(INVITE, {"email": "amina@example.org", "username": "Nia", "roles": ["Coder"], "language": "en"})

    assert roles_of(amina) == set()
    assert roles_of(User.objects.get(username="Nia")) == {"Coder"}


@pytest.mark.parametrize(("theirs", "meant"), [("strasse", "straße"), ("straße", "strasse"), ("gıt", "git")])
@pytest.mark.parametrize("has_come", [True, False])
def test_whoever_owns_a_domain_that_looks_the_same_in_capitals_gets_no_role_by_it(
    client, organizer, theirs, meant, has_come
):
    other = make_user("other")
    User.objects.filter(pk=other.pk).update(email=f"ada@{theirs}.example", password=other.password if has_come else "!")
    EmailAddress.objects.filter(user=other).update(email=f"ada@{theirs}.example", verified=has_come)

    client.post(INVITE, {"email": f"ada@{meant}.example", "username": "Ada", "roles": ["Organizer"], "language": "en"})

    assert roles_of(other) == set()
    assert roles_of(User.objects.get(username="Ada")) == {"Organizer"}


@pytest.mark.parametrize("has_come", [True, False])
@pytest.mark.parametrize(
    ("theirs", "typed"),
    [
        ("ada@bücher.example", "Ada@XN--BCHER-KVA.example"),
        ("ada@xn--bcher-kva.example", "ada@BÜCHER.example"),
        ("ada@example.org", "ADA@Example.ORG"),
        ("ada@example.org", " ada＠example。org\u200b"),
    ],
)
def test_an_address_that_is_spelled_otherwise_is_the_same_account(client, organizer, theirs, typed, has_come):
    ada = make_user("ada")
    User.objects.filter(pk=ada.pk).update(email=theirs, password=ada.password if has_come else "!")
    EmailAddress.objects.filter(user=ada).update(email=theirs, verified=has_come)

    client.post(INVITE, {"email": typed, "username": "Other", "roles": ["Coder"], "language": "en"})

    assert roles_of(ada) == {"Coder"}
    assert User.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "no address"}, {"email"}),
        ({"roles": []}, {"roles"}),
        ({"roles": ["Helpers"]}, {"roles"}),
        ({"username": "Olga"}, {"__all__"}),
        ({"username": ""}, {"__all__"}),
        ({"username": "a/b"}, {"username"}),
        ({"language": "xx"}, {"language"}),
    ],
)
def test_a_bad_invitation_says_why_and_makes_nothing(client, organizer, typed, said):
    good = {"email": "n@example.org", "username": "Nia", "roles": ["Coder"], "language": "en"}

    page = client.post(INVITE, good | typed)

    assert page.context["form"].errors.keys() == said
    assert (User.objects.count(), mail.outbox, log()) == (1, [], [])


def test_if_the_mail_cannot_be_sent_nobody_is_invited(client, organizer, settings):
    nobody_listens = {"host": "127.0.0.1", "port": 1, "timeout": 5}
    settings.MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": nobody_listens}
    }

    page = client.post(INVITE, {"email": "n@example.org", "username": "Nia", "roles": ["Coder"], "language": "en"})

    assert "The mail could not be sent" in str(page.context["form"].errors)
    assert (User.objects.count(), log()) == (1, [])


def test_the_mail_speaks_the_language_of_its_reader(client, organizer):
    amina = make_user("amina")
    KnownLanguage.objects.know(amina, "sv", reads=True, writes=True)

    store(client, amina, "Translator")

    assert "/sv/translate/" in mail.outbox[0].body


def test_without_a_confirmed_address_no_mail_goes_out_and_the_organizer_is_told(client, organizer):
    amina = make_user("amina")
    EmailAddress.objects.filter(user=amina).update(verified=False)

    page = client.post(page_of(amina), {"roles": ["Translator"], "seen": ""}, follow=True)

    assert mail.outbox == []
    assert "Changed. No mail could be sent, so tell them yourself." in page.content.decode()


def test_the_log_does_not_say_the_name_of_somebody_who_has_closed_their_account(client, organizer):
    amina = make_user("amina")
    store(client, amina, "Translator")

    User.objects.get(username="amina").delete()

    assert "amina" not in str(log())


def test_the_list_and_the_page_name_the_day_of_the_last_sign_in_where_the_portal_is(client, organizer, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    amina = make_user("amina", last_login=datetime(2026, 3, 1, 20, tzinfo=UTC))

    pages = [client.get(PEOPLE).content.decode(), client.get(page_of(amina)).content.decode()]

    assert [("March 2, 2026" in each, "March 1, 2026" in each) for each in pages] == [(True, False)] * 2


class NotesWhatIsStored(EmailBackend):
    """Delivers to the outbox, with a note whether anything could still be taken back at that moment."""

    def send_messages(self, messages):
        for each in messages:
            each.extra_headers["X-Is-Stored"] = str(not connection.in_atomic_block)
        return super().send_messages(messages)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_mail_about_roles_goes_out_once_they_are_stored(client, settings):
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.NotesWhatIsStored"}}
    client.force_login(make_user("root", is_superuser=True, is_staff=True))
    show_again(client)
    amina = make_user("amina", "Translator")

    change_account(client, amina, "Coder")
    store(client, amina, "Reviewer", seen="Coder")

    assert [each.extra_headers["X-Is-Stored"] for each in mail.outbox] == ["True", "True"]
