"""What each role may do: its desks open, and no others."""

import pytest
from django.apps.registry import Apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from diversity_portal.roles import ROLES, apply_roles
from responses.role_names import AT_THE_DESKS, RoleName
from scripts.document_roles import WRITTEN, pages
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ORGANIZERS_ONLY = """
responses/affiliate responses/region responses/conversation responses/question responses/gathering responses/term
responses/invitee responses/textsource responses/knownlanguage responses/policy responses/machinedraftorder
responses/person responses/translatorrequest
responses/recusal outcomes/statement outcomes/topic outcomes/quotation outcomes/codingplan outcomes/export
outcomes/asking
"""
PAGES = {
    "/en/translate/": {"Translator", "Reviewer", "Organizer"},
    "/en/translate/unread/": {"Translator of unread words", "Organizer"},
    "/en/translate/sw/file/": {"Translator", "Organizer"},
    "/admin/responses/response/": {"Reviewer", "Organizer"},
    "/admin/responses/translation/": {"Reviewer", "Organizer"},
    "/admin/responses/declinereason/": {"Reviewer", "Organizer"},
    "/admin/outcomes/answertocode/": {"Coder", "Organizer"},
    "/admin/outcomes/evidence/": {"Coder", "Organizer"},
    "/admin/outcomes/sharedanswer/": {"Coder", "Organizer"},
    "/admin/outcomes/problem/": {"Coder", "Organizer"},
    "/admin/outcomes/solution/": {"Coder", "Organizer"},
    "/admin/responses/organizerletter/": {role.name for role in ROLES},
    **{f"/admin/{model}/": {"Organizer"} for model in ORGANIZERS_ONLY.split()},
    "/admin/auth/user/": set(),
    "/admin/auth/group/": set(),
    "/admin/account/emailaddress/": set(),
    **{f"/admin/socialaccount/{model}/": set() for model in ("socialaccount", "socialapp", "socialtoken")},
}


def rights_of(group):
    return set(group.permissions.values_list("content_type__app_label", "codename"))


@pytest.mark.parametrize("role", [role.name for role in ROLES])
def test_a_role_opens_its_desks_and_no_others(client, role):
    client.force_login(make_user("somebody", role, is_staff=True))

    opened = {page for page in PAGES if client.get(page, follow=True).status_code == 200}

    assert opened == {page for page, roles in PAGES.items() if role in roles}


def test_the_pages_above_are_all_that_the_administration_has():
    registered = {f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in admin.site._registry}

    assert registered - PAGES.keys() == set()


def test_staff_without_a_role_open_no_desk(client):
    client.force_login(make_user("somebody", is_staff=True))

    assert [page for page in PAGES if client.get(page, follow=True).status_code == 200] == []


def test_migrating_gives_each_group_exactly_its_rights_and_leaves_other_groups_alone():
    before = {group.name: rights_of(group) for group in Group.objects.all()}
    superuser = Permission.objects.get(codename="add_user")
    Group.objects.get(name="Coder").permissions.add(superuser)
    Group.objects.get(name="Reviewer").permissions.clear()
    Group.objects.get(name="Translator").delete()
    Group.objects.create(name="Helpers").permissions.add(superuser)

    call_command("migrate", verbosity=0)
    apply_roles()

    after = {group.name: rights_of(group) for group in Group.objects.all()}
    assert after == before | {"Helpers": {("auth", "add_user")}}


def test_the_form_of_an_account_says_what_each_role_may_do(client):
    client.force_login(make_user("somebody", is_staff=True, is_superuser=True))

    html = (
        client.get("/admin/auth/user/add/").content.decode()
        + client.get(f"/admin/auth/user/{make_user('other').pk}/change/").content.decode()
    )

    assert [role.name for role in ROLES if f"<b>{role.name}</b>: {role.description}" not in html] == []


def test_the_page_on_roles_is_as_the_table_of_rights_has_it():
    assert WRITTEN.read_text(encoding="utf-8") == pages(), "Run python -m scripts.document_roles"


def test_roles_are_named_once_and_each_begins_at_a_page_that_it_opens(client):
    assert [role.name for role in ROLES] == list(RoleName)

    for role in ROLES:
        client.force_login(make_user(role.name.name, role.name, is_staff=role.name in AT_THE_DESKS))
        assert client.get(reverse(role.page)).status_code == 200


def test_migrating_a_part_of_the_database_gives_no_rights_yet():
    Group.objects.all().delete()

    apply_roles(apps=Apps())

    assert list(Group.objects.all()) == []
