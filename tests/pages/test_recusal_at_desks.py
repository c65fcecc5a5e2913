"""“I know this person” at the desks of organizers."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from outcomes.models import Evidence, Quotation
from responses.models import Answer, Recusal, Response
from tests.factories import DAY, make_answer, make_evidence, make_problem, make_user, show_again, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    user = make_user("organizer", "Organizer", is_staff=True)
    client.force_login(user)
    return user


DESKS = {
    "review": ("Reviewer", "responses_response", lambda answer: answer.response),
    "coding": ("Coder", "outcomes_answertocode", lambda answer: answer),
}
# All fields of the desks in which words can be typed.
TYPED = {"review": ["reason", "added_note", "note"], "coding": ["quote", "new_title", "note"]}
PUT_AWAY = "You have put this response away, because you know who wrote it."
CHANGED = "The author of this answer has changed or withdrawn it."


@pytest.mark.parametrize("kind", DESKS)
def test_all_words_that_were_typed_at_a_desk_come_back(client, kind):
    group, desk, row_of = DESKS[kind]
    client.force_login(make_user("somebody", group, is_staff=True))
    row = row_of(make_answer())
    address = reverse(f"admin:{desk}_recuse", args=[row.pk])
    typed = {name: f"half of {name} <b>" for name in TYPED[kind]}

    asked, done = client.post(address, typed), client.post(address, {**typed, "confirmed": "yes"})

    assert asked.context["typed"] == done.context["typed"] == typed
    for name in typed:
        assert f'<input type="hidden" name="{name}" value="half of {name} &lt;b&gt;">' in asked.content.decode()


@pytest.mark.parametrize("verb", ["accept", "decline", "note", "tell-readers", "language", "recuse"])
def test_words_about_a_response_that_was_put_away_in_another_window_come_back(client, organizer, verb):
    known = submit({"meaning": "Siri ya rafiki."})
    Recusal.objects.recuse(organizer, known)
    address = f"/admin/responses/response/{known.pk}/{verb}/"
    typed = {"reason": "A long reason <b>", "added_note": "Vita", "seen": known.fingerprint}

    page = client.post(address, typed)

    html = page.content.decode()
    assert (page.status_code, page.context["typed"]) == (409, {"reason": "A long reason <b>", "added_note": "Vita"})
    assert "\nA long reason &lt;b&gt;\n" in html
    assert (PUT_AWAY in html, CHANGED in html, known.code in html, "Siri" in html) == (True, False, False, False)
    assert client.post(address, {"reason": " "}).status_code == 404
    assert Response.objects.get().status == "submitted"


@pytest.mark.parametrize(("is_put_away", "reason"), [(True, PUT_AWAY), (False, CHANGED)])
def test_a_mark_of_an_answer_that_is_not_at_the_desk_any_more_comes_back(client, organizer, is_put_away, reason):
    answer, problem = make_answer("Siri ya rafiki."), make_problem()
    if is_put_away:
        Recusal.objects.recuse(organizer, answer.response)
    else:
        Response.objects.update(status="submitted", accepted_on=None)
    typed = {"wording": "", "quote": "Siri", "claim": f"problem-{problem.pk}", "stance": "supports", "note": "Why <b>"}

    page = client.post(reverse("admin:outcomes_answertocode_change", args=[answer.pk]), typed)

    assert (page.status_code, page.context["typed"]) == (409, {"quote": "Siri", "note": "Why <b>"})
    assert {each for each in (PUT_AWAY, CHANGED) if each in page.content.decode()} == {reason}
    assert Evidence.objects.count() == 0
    for pk in ("x", "9" * 40, "77"):
        assert client.post(f"/admin/outcomes/answertocode/{pk}/change/", typed).status_code in (302, 409)
        assert client.post(f"/admin/outcomes/answertocode/{pk}/change/", {}).status_code == 302


def test_a_reason_for_taking_back_a_mark_of_a_response_that_was_put_away_comes_back(client, organizer):
    mark = make_evidence(coder=make_user("coder", "Coder", is_staff=True))
    Recusal.objects.recuse(organizer, mark.answer.response)
    address = reverse("admin:outcomes_evidence_unmark", args=[mark.pk])

    page = client.post(address, {"reason": "It says <b> more."})

    assert (page.status_code, page.context["typed"]) == (409, {"reason": "It says <b> more."})
    assert PUT_AWAY in page.content.decode()
    assert PUT_AWAY in client.post(address).content.decode()
    assert Evidence.objects.count() == 1


def test_whoever_deletes_an_account_does_not_learn_what_its_owner_has_put_away(client):
    author = make_user("author", is_staff=True, is_superuser=True)
    client.force_login(author)
    show_again(client)
    other, response = make_user("other", "Reviewer", is_staff=True), submit()
    response.attach(author)
    Recusal.objects.recuse(other, response)
    Recusal.objects.recuse(other, submit())

    one = client.get(reverse("admin:auth_user_delete", args=[other.pk]))
    many = client.post(
        reverse("admin:auth_user_changelist"), {"action": "delete_selected", "_selected_action": [other.pk]}
    )

    for page in (one, many):
        # Without the list of all desks beside it.
        html = page.content.decode().partition('id="content"')[2]
        assert "Are you sure" in html
        assert ("put away" in html.lower(), response.code in html) == (False, False)
    client.post(reverse("admin:auth_user_delete", args=[other.pk]), {"post": "yes"})
    assert Recusal.objects.count() == 0


def test_nor_does_whoever_has_no_right_to_delete_what_was_put_away_and_the_account_is_deleted(client):
    colleague, other = make_user("colleague", is_staff=True), make_user("other", "Reviewer", is_staff=True)
    colleague.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "delete_user"]))
    other.emailaddress_set.all().delete()
    client.force_login(colleague)
    show_again(client)
    Recusal.objects.recuse(other, submit())
    address = reverse("admin:auth_user_delete", args=[other.pk])

    html = client.get(address).content.decode()
    page = client.post(address, {"post": "yes"})

    assert ("Are you sure" in html, "put away" in html.lower()) == (True, False)
    assert (page.status_code, User.objects.filter(pk=other.pk).exists(), Recusal.objects.count()) == (302, False, 0)


@pytest.mark.parametrize(("group", "desk", "row_of"), DESKS.values(), ids=DESKS)
def test_an_organizer_is_asked_once_and_what_was_typed_comes_back(client, group, desk, row_of):
    user = make_user("somebody", group, is_staff=True)
    client.force_login(user)
    row = row_of(make_answer())
    address = reverse(f"admin:{desk}_recuse", args=[row.pk])
    assert address in client.get(reverse(f"admin:{desk}_change", args=[row.pk])).content.decode()

    typed = {"note": "half a <note>", "seen": "x"}
    asked = client.post(address, typed).content.decode()

    assert Recusal.objects.count() == 0
    assert asked.count("half a &lt;note&gt;") == 2
    assert "you cannot undo it yourself. Only an organizer can undo it for you." in asked
    done = client.post(address, {**typed, "confirmed": "yes"})
    assert "half a &lt;note&gt;" in done.content.decode()
    assert list(Recusal.objects.values_list("user", "response__answers")) == [(user.pk, Answer.objects.get().pk)]
    # A double click.
    assert client.post(address, {"confirmed": "yes"}).status_code == 302
    assert Recusal.objects.count() == 1
    assert client.get(address).status_code == 404
    assert list(LogEntry.objects.all()) == []


def test_a_reviewer_goes_on_to_the_next_one_and_never_comes_back_to_it(client):
    user = make_user("reviewer", "Reviewer", is_staff=True)
    client.force_login(user)
    known, following, last = (submit(on=DAY + timedelta(days=each)) for each in range(3))

    page = client.post(reverse("admin:responses_response_recuse", args=[known.pk]), {"confirmed": "yes"})

    assert page.url == reverse("admin:responses_response_change", args=[following.pk])
    accepted = client.post(
        reverse("admin:responses_response_accept", args=[following.pk]), {"seen": following.fingerprint}
    )
    assert accepted.url == reverse("admin:responses_response_change", args=[last.pk])
    seen = {"seen": known.fingerprint}
    verbs = [reverse(f"admin:responses_response_{verb}", args=[known.pk]) for verb in ("accept", "decline", "note")]
    assert [client.post(verb, seen).status_code for verb in verbs] == [404, 404, 404]
    assert Response.objects.get(pk=known.pk).status == "submitted"


def test_it_is_not_accepted_among_many(client):
    user = make_user("reviewer", "Reviewer", is_staff=True)
    client.force_login(user)
    known, other = submit(), submit()
    chosen = {"action": "accept_selected", "_selected_action": [known.pk, other.pk], "index": 0}
    seen = {f"seen-{each.pk}": each.fingerprint for each in (known, other)}
    Recusal.objects.recuse(user, known)

    asked = client.post(reverse("admin:responses_response_changelist"), chosen).content.decode()
    client.post(reverse("admin:responses_response_changelist"), {**chosen, **seen, "confirmed": "yes"})

    assert (known.code in asked, other.code in asked) == (False, True)
    assert set(Response.objects.values_list("pk", "status")) == {(known.pk, "submitted"), (other.pk, "accepted")}


def test_the_queue_of_a_lone_reviewer_says_that_one_waits_for_somebody_else(client, organizer):
    known = submit()
    Recusal.objects.recuse(organizer, known)

    html = client.get(reverse("admin:responses_response_changelist")).content.decode()

    assert "1 response waits for somebody else, because you know who wrote it." in html
    assert "1 response waits, and everybody who could review it has put it away." in html
    make_user("another", "Reviewer", is_staff=True)
    html = client.get(reverse("admin:responses_response_changelist")).content.decode()
    assert "everybody who could review" not in html
    assert known.code not in html


def test_another_organizer_undoes_it_and_nobody_their_own(client, organizer):
    other, response = make_user("other", "Organizer", is_staff=True), submit()
    recusal = Recusal.objects.recuse(other, response)
    address = reverse("admin:responses_recusal_delete", args=[recusal.pk])

    client.force_login(other)
    client.post(address, {"post": "yes"})
    assert Recusal.objects.count() == 1
    client.force_login(organizer)
    assert client.get(reverse("admin:responses_recusal_changelist")).context["cl"].result_count == 1
    client.post(address, {"post": "yes"})

    assert Recusal.objects.count() == 0
    assert [(entry.object_repr, entry.user) for entry in LogEntry.objects.all()] == [(response.code, organizer)]


def test_an_organizer_who_is_the_author_does_not_see_who_knows_them(client, organizer):
    response = submit()
    response.attach(organizer)
    Recusal.objects.recuse(make_user("other"), response)

    assert client.get(reverse("admin:responses_recusal_changelist")).context["cl"].result_count == 0


@pytest.mark.parametrize("group", ["Translator", "Reviewer", "Coder"])
def test_who_knows_whom_is_for_organizers(client, group):
    client.force_login(make_user("somebody", group, is_staff=True))
    Recusal.objects.recuse(make_user("other"), submit())

    assert client.get(reverse("admin:responses_recusal_changelist")).status_code == 403


def test_a_quotation_of_it_cannot_be_made_by_whoever_knows_the_author(client, organizer):
    mark = make_evidence()
    Recusal.objects.recuse(organizer, mark.answer.response)
    quote_it = reverse("admin:outcomes_quotation_add")

    page = client.post(quote_it, {"evidence": mark.pk, "clause": 1}, query_params={"evidence": mark.pk})

    assert page.url == reverse("admin:outcomes_answertocode_changelist")
    assert Quotation.objects.count() == 0
