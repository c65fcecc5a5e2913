"""The page where organizers take over codes from other programs: a preview first, then what they choose."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from outcomes.exports.codes import claim_guid
from outcomes.exports.refi_qda import QDC
from outcomes.models import Problem, Solution
from tests.askings import ask, behind
from tests.factories import make_problem, make_solution, make_user, store
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

    again = client.post(ADDRESS, hidden(page))

    problem.refresh_from_db()
    assert (problem.description_en, again.context["errors"]) == (
        "Doors are closed.",
        [("verbs", "Nothing is chosen yet.")],
    )
    # The preview is still there.
    client.post(ADDRESS, hidden(again) | {"changed-0": "on"})
    problem.refresh_from_db()
    assert problem.description_en == "Open."


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
    store(problem, description_en="Doors are heavy.")

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


def test_what_was_chosen_stays_chosen_where_the_preview_still_shows_the_same(client, organizer):
    problem = make_problem(description_en="Doors are closed.")
    make_problem("other", title="Other", description_en="Old.")
    codes = [code("Closed doors", "Open."), code("Other", "New."), code("Few seats"), code("Few rooms")]
    chosen = {"changed-0": "on", "changed-1": "on", "new-2": "solution", "new-3": ""}
    sent = hidden(upload(client, qdc(*codes))) | chosen
    store(problem, description_en="Doors are heavy.")

    again = client.post(ADDRESS, sent)

    fields = again.context["chosen"]
    assert [bool(fields[name].value()) for name in ("changed-0", "changed-1")] == [False, True]
    assert [fields[name].value() for name in ("new-2", "new-3")] == ["solution", ""]


def test_what_authors_are_asked_about_is_named_and_what_was_chosen_stays(client, organizer):
    asked, other = (
        make_problem(slug, title=slug.title(), description_en="Old.", published=False) for slug in ("asked", "other")
    )
    behind(asked)
    asking = ask(asked)
    sent = hidden(upload(client, qdc(code("Asked", "New."), code("Other", "New."), code("Few seats"))))
    sent |= {"changed-0": "on", "changed-1": "on", "new-2": "solution"}

    page = client.post(ADDRESS, sent)

    [(anchor, why)] = page.context["errors"]
    assert (anchor, why.partition(". ")[0]) == ("changed-0", "“Asked” cannot be changed now")
    assert "Before the English changes or anything is deleted, stop the asking." in why
    assert set(Problem.objects.values_list("description_en", flat=True)) == {"Old."}
    assert not Solution.objects.exists()
    html = page.content.decode()
    assert html.count(" checked") == 2
    assert 'value="solution" selected' in html
    asking.stop()
    client.post(ADDRESS, sent)
    assert set(Problem.objects.values_list("description_en", flat=True)) == {"New."}
    assert [each.title_en for each in Solution.objects.all()] == ["Few seats"]
    assert other.pk


def test_a_name_that_is_taken_while_the_file_is_read_is_no_fault_of_the_page(client, organizer):
    asked = []

    def somebody_else(execute, sql, *how):
        found = execute(sql, *how)
        if "outcomes_problem" in sql and not asked:
            # As soon as the file was first compared.
            asked.append(sql)
            make_problem("same", title="Few seats")
        return found

    ours = make_solution()
    file = qdc(code("Few seats", guid=claim_guid("solution", ours.pk)))
    with connection.execute_wrapper(somebody_else):
        page = upload(client, file)

    assert (page.status_code, len(asked)) == (200, 1)
    told = said(client.post(ADDRESS, hidden(page) | {"changed-0": "on"}, follow=True))
    assert told == ["There is a problem or a solution already with the name “Few seats”."]
    ours.refresh_from_db()
    assert ours.title_en == "Open doors"


def test_a_file_that_is_refused_is_not_said_to_be_kept(client, organizer):
    for address in (ADDRESS, "/admin/responses/affiliate/file/"):
        html = client.post(address, {"file": SimpleUploadedFile("a.csv", b"\xff\xfe,")}).content.decode()
        assert "Not stored. Mend the file, then choose it once more: no browser keeps it here." in html
        assert "still here" not in html


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
