"""Marks are taken back by their coder, or by an organizer with a reason; never a quotation along with them."""

import pytest
from django.contrib.admin.models import LogEntry

from outcomes.models import Evidence, Quotation
from outcomes.models.evidence import log_of_marks
from responses.models import Answer, Response
from tests.factories import make_answer, make_evidence, make_problem, make_user
from tests.test_consent import quote
from tests.test_mask import mask

pytestmark = pytest.mark.django_db

QUOTED = (
    "This passage is quoted beside a clause. Before the mark is taken back, an organizer has to delete the quotation."
)


def path_of(answer):
    return f"/admin/outcomes/answertocode/{answer.pk}/change/"


def take_back(client, mark, reason=None):
    typed = {} if reason is None else {"reason": reason}
    return client.post(f"/admin/outcomes/answertocode/marks/{mark.pk}/remove/", typed, follow=True)


def said(page):
    return [str(message) for message in page.context["messages"]]


def refused(page):
    """What a page of the desk says above all else, and in its title."""
    assert "<title>Error: " in page.content.decode()
    return [str(sentence) for _anchor, sentence in page.context["errors"]]


@pytest.fixture
def coder():
    return make_user("coder", "Coder", is_staff=True)


@pytest.fixture
def organizer(client):
    user = make_user("organizer", "Organizer", is_staff=True)
    client.force_login(user)
    return user


def test_an_organizer_takes_back_somebody_elses_mark_with_a_reason_that_its_coder_reads(client, organizer, coder):
    make_evidence(make_answer(), problem=make_problem("other"), coder=coder)
    mark = make_evidence(coder=coder)

    page = take_back(client, mark, "It speaks of another problem.")

    assert said(page) == ["The mark was taken back."]
    assert not Evidence.objects.filter(pk=mark.pk).exists()
    entry = log_of_marks().get()
    assert (entry.user, entry.object_repr, entry.change_message) == (
        organizer,
        str(mark),
        "It speaks of another problem.",
    )
    client.force_login(coder)
    assert "It speaks of another problem." in client.get(path_of(mark.answer)).content.decode()
    other = Evidence.objects.get().answer
    assert "It speaks of another problem." not in client.get(path_of(other)).content.decode()


@pytest.mark.parametrize("reason", [None, "", " \n", "a\x00b"])
def test_without_a_valid_reason_somebody_elses_mark_stays(client, organizer, coder, reason):
    mark = make_evidence(coder=coder)

    page = take_back(client, mark, reason)

    assert len(refused(page)) == 1
    assert list(Evidence.objects.all()) == [mark]
    assert (page.context["at"], page.context["taking_back"]["reason"].value()) == (mark.pk, reason)


def test_marks_of_a_deleted_account_and_passages_that_were_edited_away_can_be_taken_back(client, organizer, coder):
    orphan = make_evidence(coder=coder)
    lost = make_evidence(make_answer("Hawana mtandao."), problem=orphan.problem, quote="mtandao", coder=coder)
    Answer.objects.filter(pk=lost.answer_id).update(text="Kitu kingine.")
    coder.delete()

    for mark in (orphan, lost):
        take_back(client, mark, "Nobody looks after it.")

    assert list(Evidence.objects.all()) == []
    listed = client.get("/admin/outcomes/evidence/?state=lost").context["cl"].result_list
    assert list(listed) == []


def test_a_coder_does_not_take_back_somebody_elses_mark(client, coder):
    mark = make_evidence(coder=make_user("second-coder"))
    client.force_login(coder)

    html = client.get(path_of(mark.answer)).content.decode()
    page = take_back(client, mark, "I want it gone.")

    assert "/remove/" not in html
    assert page.status_code == 404
    assert list(Evidence.objects.all()) == [mark]


def _take_back(mark, organizer, client):
    take_back(client, mark, "Another organizer was faster.")


def _withdraw(mark, organizer, client):
    mark.answer.response.withdraw()


@pytest.mark.parametrize(
    ("leave", "why"),
    [(_take_back, "The mark was taken back."), (_withdraw, "The author of this answer has changed or withdrawn it.")],
)
def test_a_reason_for_taking_back_a_mark_that_is_gone_comes_back_and_the_page_says_why(
    client, organizer, coder, leave, why
):
    mark = make_evidence(coder=coder)
    address = f"/admin/outcomes/answertocode/marks/{mark.pk}/remove/"
    leave(mark, organizer, client)

    found = []
    for typed in ({"reason": "It says <b> more."}, {}):
        page = client.post(address, typed)
        found.append([page.status_code, page.context["title"], page.context["typed"], page.context["reason"]])

    assert found == [[409, "Not stored", {"reason": "It says <b> more."}, why], [409, "Not stored", {}, why]]
    assert "It says <b> more." not in LogEntry.objects.values_list("change_message", flat=True)


def test_ones_own_mark_is_taken_back_without_a_reason(client, coder):
    mark = make_evidence(coder=coder)
    client.force_login(coder)

    take_back(client, mark)

    assert list(Evidence.objects.all()) == []
    assert log_of_marks().get().object_repr == str(mark)


@pytest.mark.parametrize("who", ["coder", "organizer"])
def test_a_mark_that_is_quoted_is_not_taken_back_and_the_page_says_that_it_is_quoted(client, coder, organizer, who):
    mark = make_evidence(coder=coder)
    quotation = quote(mark)
    client.force_login(coder if who == "coder" else organizer)

    html = client.get(path_of(mark.answer)).content.decode()
    page = take_back(client, mark, "Not needed.")

    assert QUOTED in html
    assert "/remove/" not in html
    assert refused(page) == [QUOTED]
    assert (list(Evidence.objects.all()), list(Quotation.objects.all())) == ([mark], [quotation])
    assert LogEntry.objects.count() == 0


def test_refused_words_are_shown_to_coders_and_are_not_quoted_again(client, organizer):
    mark = make_evidence()
    quotation = quote(mark)
    quotation.refuse("Not beside this clause.")
    quotation.delete()

    desk = client.get(path_of(mark.answer)).content.decode()
    form = client.get(f"/admin/outcomes/quotation/add/?evidence={mark.pk}").content.decode()
    page = client.post(
        "/admin/outcomes/quotation/add/", {"evidence": mark.pk, "clause": quotation.clause_id}, follow=True
    )

    assert "Not beside this clause." in desk
    assert "Not beside this clause." in form
    assert "has objected to these words being quoted" in page.content.decode()
    assert not Quotation.objects.exists()


def test_quotations_are_not_added_from_the_menu_or_the_list(client, organizer):
    html = client.get("/admin/").content.decode()
    listed = client.get("/admin/outcomes/quotation/").content.decode()

    assert "/admin/outcomes/problem/add/" in html
    assert "/admin/outcomes/quotation/add/" not in html
    assert "/admin/outcomes/quotation/add/" not in listed


def test_a_mark_made_on_the_desk_is_whole_letters(client, coder):
    answer = make_answer("काम की बात", language="hi")
    client.force_login(coder)

    typed = {
        "wording": "",
        "quote": "ाम क",
        "start": "1",
        "claim": f"problem-{make_problem().pk}",
        "stance": "supports",
    }
    client.post(path_of(answer), typed)

    assert Evidence.objects.get().quote == "काम की"


def change_by_its_author(answer):
    Response.objects.filter(pk=answer.response_id).update(status="submitted", accepted_on=None)
    Answer.objects.filter(pk=answer.pk).update(accepted_on=None)


@pytest.mark.parametrize("note", [{}, {"content_kinds": "violence"}])
def test_while_an_author_changes_an_answer_a_page_without_it_says_why_a_mark_stays(client, organizer, coder, note):
    mark = make_evidence(make_answer("Kila mtu ana nafasi.", **note), coder=coder)
    change_by_its_author(mark.answer)

    page = take_back(client, mark)

    assert (page.status_code, page.context["title"]) == (409, "Not stored")
    assert page.context["reason"] == "Say why: whoever made the mark reads the reason."
    assert "Kila mtu" not in page.content.decode()
    assert list(Evidence.objects.all()) == [mark]


def test_while_an_author_changes_an_answer_the_reason_for_taking_back_a_quoted_mark_comes_back(
    client, organizer, coder
):
    mark = quote(make_evidence(make_answer(content_kinds="violence"), coder=coder)).evidence
    change_by_its_author(mark.answer)

    page = take_back(client, mark, "It says <b> more.")

    assert (page.status_code, page.context["typed"]) == (409, {"reason": "It says <b> more."})
    assert "It says &lt;b&gt; more.</textarea>" in page.content.decode()
    assert Evidence.objects.count() == 1


def test_a_mark_is_taken_back_while_an_author_changes_the_answer(client, organizer):
    mark = make_evidence(make_answer(content_kinds="violence"), coder=organizer)
    change_by_its_author(mark.answer)

    page = take_back(client, mark)

    assert page.redirect_chain == [("/admin/outcomes/answertocode/", 302)]
    assert said(page) == ["The mark was taken back."]
    assert Evidence.objects.count() == 0


# The second one begins as what Django itself notes down.
@pytest.mark.parametrize("reason", ["It names Juma.", "[{Juma}] is named."])
def test_a_reason_follows_what_is_hidden_later_and_goes_with_the_words(client, organizer, coder, reason):
    answer = make_answer("Juma ana nafasi.")
    take_back(client, make_evidence(answer, quote="nafasi", coder=coder), reason)

    mask(answer, "Juma", by=organizer)
    hidden = log_of_marks().get().change_message
    answer.response.withdraw()

    assert (hidden, log_of_marks().get().change_message) == (reason.replace("Juma", "████"), "")
