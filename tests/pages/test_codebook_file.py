"""The page where organizers take over codes from other programs: a preview first, then what they choose."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from outcomes.exports.codes import claim_guid
from outcomes.exports.refi_qda import QDC
from outcomes.models import Problem, Solution
from tests.factories import make_problem, make_solution, make_user
from tests.test_codebook_import import code, qdc

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/outcomes/problem/codebook-file/"


@pytest.fixture
def organizer(client):
    user = make_user("boss", "Organizer", is_staff=True)
    client.force_login(user)
    return user


def upload(client, file):
    return client.post(ADDRESS, {"file": SimpleUploadedFile("codebook.qdc", file)})


def hidden(page):
    """What the form of a preview sends back without anybody's doing."""
    return {"codes": page.context["chosen"]["codes"].value()}


def said(page):
    return [str(each) for each in page.context["messages"]]


def test_both_lists_lead_to_the_page_for_those_who_may_use_it(client, organizer):
    for kind in ("problem", "solution"):
        assert f'href="{ADDRESS}"' in client.get(f"/admin/outcomes/{kind}/").content.decode()
    client.force_login(make_user("coder", "Coder", is_staff=True))
    for kind in ("problem", "solution"):
        page = client.get(f"/admin/outcomes/{kind}/")
        assert (page.status_code, ADDRESS in page.content.decode()) == (200, False)


@pytest.mark.parametrize("role", ["Coder", "Reviewer", "Translator", None])
def test_nobody_else_may_use_it(client, role):
    client.force_login(make_user("somebody", *filter(None, [role]), is_staff=True))

    assert (client.get(ADDRESS).status_code, upload(client, qdc(code("Few seats"))).status_code) == (403, 403)
    assert not Problem.objects.exists()


@pytest.mark.parametrize("right", ["add_problem", "change_problem", "add_solution", "change_solution"])
def test_somebody_who_lacks_one_of_the_rights_may_not_use_it(client, right):
    user = make_user("half", "Organizer", is_staff=True)
    group = user.groups.get()
    group.permissions.remove(group.permissions.get(codename=right))
    client.force_login(user)

    assert client.get(ADDRESS).status_code == 403


def test_a_stranger_has_to_sign_in(client):
    assert client.get(ADDRESS).status_code == 302


def test_a_preview_stores_nothing(client, organizer):
    problem = make_problem(description_en="Doors are closed.")

    page = upload(client, qdc(code("Closed doors", "Doors are often closed."), code("Few seats", "<i>Too few</i>")))

    html = page.content.decode()
    assert re.findall(r"<(ins|del)>(.*?)</\1>", html) == [
        ("ins", "Few seats"),
        ("ins", "Too few"),
        ("ins", "often "),
    ]
    assert "Readers see it." in html
    assert f'href="/admin/outcomes/problem/{problem.pk}/change/"' in html
    problem.refresh_from_db()
    assert (problem.description_en, Problem.objects.count(), Solution.objects.count()) == ("Doors are closed.", 1, 0)
    assert not LogEntry.objects.exists()


def test_what_is_chosen_is_stored_and_logged(client, organizer):
    problem = make_problem(description_en="Doors are closed.")
    page = upload(client, qdc(code("Closed doors", "Open."), code("Few seats", "Too few."), code("Not wanted")))

    page = client.post(ADDRESS, hidden(page) | {"changed-0": "on", "new-1": "solution", "new-2": ""}, follow=True)

    assert said(page) == ["2 codes were taken over."]
    problem.refresh_from_db()
    made = Solution.objects.get()
    assert (problem.description_en, problem.revision) == ("Open.", 2)
    assert (made.title_en, made.description_en, made.is_published) == ("Few seats", "Too few.", False)
    assert Problem.objects.get() == problem
    entries = LogEntry.objects.order_by("action_flag").values_list("user", "object_id", "action_flag", "change_message")
    assert list(entries) == [
        (organizer.pk, str(made.pk), 1, "From a codebook file: title, description"),
        (organizer.pk, str(problem.pk), 2, "From a codebook file: description"),
    ]
    assert LogEntry.objects.get(action_flag=1).content_type.model == "solution"


def test_words_of_what_is_known_change_only_if_they_are_chosen(client, organizer):
    problem = make_problem(description_en="Doors are closed.")
    page = upload(client, qdc(code("Closed doors", "Open.")))

    page = client.post(ADDRESS, hidden(page), follow=True)

    problem.refresh_from_db()
    assert (problem.description_en, said(page)) == (
        "Doors are closed.",
        ["Nothing was chosen, so nothing was stored."],
    )


def test_our_own_codebook_says_nothing_new(client, organizer):
    make_problem(description_en="Doors are closed.", use_when_en="Kept out.")
    make_solution()

    page = upload(client, b"".join(QDC.write()))

    html = page.content.decode()
    assert "<h2>Nothing new</h2>" in html
    assert 'name="codes"' not in html


@pytest.mark.parametrize("file", [b"", b"no XML", qdc(code("=1+1")), qdc(code("a"), code("A"))])
def test_a_file_that_cannot_be_taken_leaves_all_as_it_is(client, organizer, file):
    page = upload(client, file)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["file"]
    assert not Problem.objects.exists()


def test_what_somebody_else_has_changed_meanwhile_is_shown_anew(client, organizer):
    problem = make_problem(description_en="Doors are closed.")
    first = upload(client, qdc(code("Closed doors", "Open.")))
    Problem.objects.update(description_en="Doors are heavy.")

    second = client.post(ADDRESS, hidden(first) | {"changed-0": "on"})

    problem.refresh_from_db()
    assert problem.description_en == "Doors are heavy."
    assert said(second) == [
        "Somebody has changed a problem or a solution since you opened this page. Nothing was stored: look again."
    ]
    assert "heavy" in second.content.decode()
    third = client.post(ADDRESS, hidden(second) | {"changed-0": "on"}, follow=True)
    problem.refresh_from_db()
    assert (problem.description_en, said(third)) == ("Open.", ["1 code was taken over."])


def test_a_double_click_stores_once(client, organizer):
    page = upload(client, qdc(code("Few seats")))
    sent = hidden(page) | {"new-0": "problem"}

    client.post(ADDRESS, sent)
    again = client.post(ADDRESS, sent)

    assert [each.title_en for each in Problem.objects.all()] == ["Few seats"]
    assert "<h2>Nothing new</h2>" in again.content.decode()


def test_a_preview_is_good_for_the_person_who_has_seen_it_only(client, organizer):
    sent = hidden(upload(client, qdc(code("Few seats")))) | {"new-0": "problem"}
    forged = sent | {"codes": signing.dumps([], salt="something else")}
    client.force_login(make_user("other", "Organizer", is_staff=True))

    told = [said(client.post(ADDRESS, each, follow=True)) for each in (sent, forged, sent | {"codes": ""})]

    assert told == [["This preview is too old, or is not yours. Upload the file again."]] * 3
    assert not Problem.objects.exists()


def test_an_odd_choice_stores_nothing(client, organizer):
    page = upload(client, qdc(code("Few seats"), code("Few rooms")))

    again = client.post(ADDRESS, hidden(page) | {"new-0": "problem", "new-1": "statement"})

    assert again.context["chosen"].errors == {
        "new-1": ["Select a valid choice. statement is not one of the available choices."]
    }
    assert 'value="problem" selected' in again.content.decode()
    assert not Problem.objects.exists()


def test_a_code_is_known_by_its_identifier_when_its_name_has_changed(client, organizer):
    solution = make_solution()
    page = upload(client, qdc(code("Wide doors", guid=claim_guid("solution", solution.pk))))

    client.post(ADDRESS, hidden(page) | {"changed-0": "on"})

    solution.refresh_from_db()
    assert (solution.title_en, solution.slug, solution.revision) == ("Wide doors", "open-doors", 2)
