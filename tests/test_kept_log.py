"""What stays in the admin's log: the deeds of those whose account is gone, in no language, without people's words."""

import ast
from pathlib import Path

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils.translation import override

from outcomes.history import history_of_claim, history_of_response
from outcomes.models import Asking, Problem
from outcomes.models.evidence import BECAME_ONE
from responses.kept_log import name_in_log, own_words_in, saying
from responses.models import OrganizerLetter, Person, Response
from responses.names import GONE
from tests.factories import DAY, make_affiliate, make_evidence, make_problem, make_user, show_again, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return make_user("boss", "Organizer", is_staff=True)


def log(user, row, message="", flag=CHANGE):
    return LogEntry.objects.log_actions(user.pk, [row], flag, change_message=message, single_object=True)


def logged_for(row, reader):
    return [str(each.who) for each in history_of_response(row, reader) if each.kind == "logged"]


def gone(user, client):
    user.delete()


def gone_as_person(user, client):
    Person.objects.get(pk=user.pk).delete()


def gone_in_a_heap(user, client):
    User.objects.filter(pk=user.pk).delete()


def gone_by_their_own_will(user, client):
    client.force_login(user)
    show_again(client)
    client.post(reverse("delete_account"))


def gone_by_a_superuser(user, client):
    client.force_login(make_user("root", is_superuser=True, is_staff=True))
    show_again(client)
    client.post(reverse("admin:auth_user_delete", args=[user.pk]), {"post": "yes"})


def gone_with_others(user, client):
    client.force_login(make_user("root", is_superuser=True, is_staff=True))
    show_again(client)
    chosen = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    client.post(reverse("admin:auth_user_changelist"), chosen)


@pytest.mark.parametrize(
    "go",
    [gone, gone_as_person, gone_in_a_heap, gone_by_their_own_will, gone_by_a_superuser, gone_with_others],
)
def test_what_somebody_did_stays_in_the_history_when_their_account_goes(client, boss, go):
    response, asha = submit(), make_user("asha")
    log(asha, response, "It is still correct")

    go(asha, client)

    assert not User.objects.filter(username="asha").exists()
    assert logged_for(response, boss) == ["Somebody whose account is gone"]


def test_whose_it_was_nobody_can_tell_any_more(boss):
    response = submit()
    for name in ("asha", "juma"):
        log(make_user(name), response, "It is still correct")

    User.objects.filter(username__in=["asha", "juma"]).delete()

    assert len(set(LogEntry.objects.values_list("user", flat=True))) == 1
    assert "asha" not in str(list(LogEntry.objects.values()))


def test_the_account_that_keeps_the_log_is_nobodys(client, boss):
    asha = make_user("asha")
    log(asha, submit())
    asha.delete()
    client.force_login(boss)

    nobody = User.objects.get(username=GONE)
    listed = client.get(reverse("admin:responses_person_changelist"))

    assert (nobody.is_active, nobody.has_usable_password(), nobody.email) == (False, False, "")
    assert [each.username for each in listed.context["cl"].result_list] == ["boss"]
    with pytest.raises(ProtectedError):
        nobody.delete()


def test_superusers_neither_find_it_among_the_accounts_nor_give_it_roles(client):
    root, asha = make_user("root", is_superuser=True, is_staff=True), make_user("asha")
    log(asha, submit())
    asha.delete()
    client.force_login(root)

    lists = [
        client.get(reverse(f"admin:{each}_changelist")).context["cl"] for each in ("auth_user", "responses_person")
    ]

    assert [[each.username for each in found.result_list] for found in lists] == [["root"], ["root"]]


def test_before_an_account_is_deleted_its_log_is_not_called_something_that_goes(client):
    client.force_login(make_user("root", is_superuser=True, is_staff=True))
    asha = make_user("asha")
    log(asha, submit(), "It is still correct")

    page = client.get(reverse("admin:auth_user_delete", args=[asha.pk]))

    assert "log entr" not in page.content.decode().lower()


def test_the_log_calls_accounts_by_their_number_and_texts_by_their_slug(boss):
    asha = make_user("asha")
    problem = make_problem("no-money", title="Nobody has money")
    rows = [asha, Person.objects.get(pk=asha.pk), asha.emailaddress_set.get(), problem]
    rows.append(OrganizerLetter.objects.of(asha))

    log_of = [log(boss, each).object_repr for each in rows]

    assert log_of == [*(str(each.pk) for each in rows[:3]), "no-money", str(asha.pk)]


def test_an_account_that_a_superuser_deletes_is_not_named_in_the_log(client):
    client.force_login(make_user("root", is_superuser=True, is_staff=True))
    asha = make_user("asha", first_name="Asha at Wikimedia")
    show_again(client)

    client.post(reverse("admin:auth_user_delete", args=[asha.pk]), {"post": "yes"})

    assert [each.object_repr for each in LogEntry.objects.all()] == [str(asha.pk)]


def test_the_working_title_of_a_coder_is_not_in_the_log(boss):
    claim = Problem.objects.propose("Juma took the money")

    log(boss, claim, flag=ADDITION)

    assert "Juma" not in str(LogEntry.objects.values().get())


def test_an_asking_is_called_by_the_slug_of_what_it_asks_about():
    problem = make_problem("no-money", title="Nobody has money")

    assert name_in_log(Asking(problem=problem, asked_on=DAY)) == "no-money, 2026-03-01"


@pytest.mark.parametrize("desk", ["sv", "ar"])
def test_what_a_desk_has_logged_in_one_language_is_read_in_another(client, boss, desk):
    client.force_login(boss)
    client.cookies["django_language"] = desk
    response = submit()
    client.post(
        reverse("admin:responses_response_accept", args=[response.pk]),
        {"seen": Response.objects.get().fingerprint},
    )

    entry = LogEntry.objects.get()

    with override("en"):
        assert entry.get_change_message() == "Accepted"
    with override("sv"):
        assert entry.get_change_message() == "Godtaget"


def test_what_stands_in_the_places_of_a_message_is_no_words_of_a_language(boss):
    problem = make_problem()
    log(boss, problem, saying("Signed off: revision %(n)d.", n=3))

    [deed] = [each for each in history_of_claim(problem, boss) if each.kind == "logged"]

    assert deed.about[1] == "Signed off: revision 3."


@pytest.mark.parametrize("typed", ['[{"said": "100 %"}]', '[{"said": 5}]', '[{"said": "%(n)d"}]', '[{"said"', "[1]"])
def test_a_reason_that_looks_like_a_message_breaks_nothing(boss, typed):
    assert isinstance(log(boss, make_problem(), typed).get_change_message(), str)


@pytest.mark.parametrize("typed", ["Accepted", "It is still correct", '[{"added": {}}]'])
def test_a_reason_is_shown_as_it_was_written_even_if_a_desk_says_the_same(boss, typed):
    mark = make_evidence()
    log(boss, mark, typed)

    with override("sv"):
        [told] = [(each.about[1], each.why) for each in history_of_response(mark.answer.response, boss) if each.why]
        said = LogEntry.objects.get(change_message=typed).get_change_message()

    assert (told, said) == (("", typed), typed)


def test_what_a_merge_has_made_of_a_mark_is_nobodys_reason(boss):
    assert own_words_in(log(boss, make_evidence(), BECAME_ONE, DELETION)) == ""


@pytest.mark.parametrize("make", [lambda: Person.objects.get(pk=make_user("juma").pk), make_affiliate])
def test_the_history_of_any_row_says_that_an_account_is_gone(client, make):
    root, asha, row = make_user("root", is_superuser=True, is_staff=True), make_user("asha"), make()
    log(asha, row, "It is still correct")
    asha.delete()
    client.force_login(root)

    html = client.get(reverse(f"admin:responses_{row._meta.model_name}_history", args=[row.pk])).content.decode()

    assert ("Somebody whose account is gone" in html, GONE in html) == (True, False)


def test_the_coding_desk_says_that_the_account_of_somebody_who_changed_a_mark_is_gone(client, boss):
    mark, asha = make_evidence(), make_user("asha")
    log(asha, mark, "It is about keys.")
    asha.delete()
    client.force_login(boss)

    html = client.get(reverse("admin:outcomes_answertocode_change", args=[mark.answer.pk])).content.decode()

    assert ("It is about keys." in html, "Somebody whose account is gone" in html, GONE in html) == (True, True, False)


def _own_strings(expression):
    """The words that stand in an expression, without those that it hands to a function, and names."""
    if isinstance(expression, ast.Constant):
        return [expression.value] if isinstance(expression.value, str) else []
    if isinstance(expression, ast.Call | ast.Dict):
        return []
    return [found for part in ast.iter_child_nodes(expression) for found in _own_strings(part)]


def _logged_outside_gettext(path):
    for call in ast.walk(ast.parse(path.read_text())):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in (
            "log_change",
            "log_addition",
            "log_actions",
        ):
            told = [*call.args, *(each.value for each in call.keywords)]
            yield from ((path.name, words) for each in told for words in _own_strings(each) if words.strip(" :"))


def test_what_desks_log_goes_through_gettext():
    files = [each for app in ("diversity_portal", "outcomes", "responses") for each in Path(app).rglob("*.py")]

    assert [found for each in files for found in _logged_outside_gettext(each)] == []
