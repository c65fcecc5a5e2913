"""What a reviewer looks at first: above the words, in the words, and ticked off before they accept."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry

from responses.models import Flag, Question, Recusal, Response
from tests.factories import DAY, make_response, make_user, submit
from tests.test_likeness import LONG

pytestmark = pytest.mark.django_db

LIST = "/admin/responses/response/"


@pytest.fixture
def reviewer(client):
    reviewer = make_user("reviewer", "Reviewer", is_staff=True)
    client.force_login(reviewer)
    return reviewer


def path_of(response, name="change"):
    return f"{LIST}{response.pk}/{name}/"


def look(client, response, chosen):
    return client.post(path_of(response, "flags"), {"seen": response.fingerprint} | chosen)


def box(page):
    """What stands in the box above the words, as a reader sees it."""
    found = re.search(r'<section class="flags".*?</section>', page.content.decode(), re.DOTALL)
    return " ".join(unescape(re.sub("<[^>]*>", " ", found[0])).split()) if found else ""


def open_kinds(response):
    return sorted(response.flags.open().values_list("kind", flat=True))


def said(page):
    return [str(message) for message in page.context["messages"]]


def phone(**fields):
    return submit({"meaning": "Piga 0700 000 000 kwa Mama J."}, **fields)


def test_the_box_says_what_was_found_and_the_words_show_where(client, reviewer):
    response = phone(sharing="affiliate", affiliate_name="We", place="example.org")
    answer = response.answers.get()

    page = client.get(path_of(response))

    html = page.content.decode()
    assert box(page) == (
        "Look at this first. It seems to have a telephone number in it. 0700 000 000 Hide it It is fine "
        "It seems to have a link in it. Place: example.org It is fine"
    )
    assert f'formaction="{path_of(response)}?answer={answer.pk}&amp;mask=5-17#mask-{answer.pk}"' in html
    assert re.findall("<mark[^>]*>([^<]*)</mark>", html) == ["0700 000 000"]


def test_of_very_many_contact_details_twenty_are_listed_and_all_are_marked(client, reviewer):
    response = submit({"meaning": " ".join(f"m{n}@mfano.org" for n in range(23))})

    page = client.get(path_of(response))

    assert box(page).count("Hide it") == 20
    assert "m19@mfano.org Hide it Not listed, but marked in the words: 3 more. It is fine" in box(page)
    assert page.content.decode().count("<mark") == 23


def test_nothing_is_said_of_a_response_without_flags(client, reviewer):
    page = client.get(path_of(submit()))

    assert box(page) == ""
    assert "<mark" not in page.content.decode()
    assert "I have looked at it" not in page.content.decode()


def test_what_is_fine_is_ticked_off_logged_and_can_be_looked_at_again(client, reviewer):
    response = phone()
    flag = response.flags.get()

    page = look(client, response, {"is_fine": flag.pk})

    flag.refresh_from_db()
    assert (flag.ticked_off_by, flag.ticked_off_at is None) == (reviewer, False)
    assert (box(page), "<mark" in page.content.decode()) == ("", False)
    look(client, response, {"look_again": flag.pk})
    assert open_kinds(response) == ["phone"]
    assert [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")] == [
        "Looked at: It seems to have a telephone number in it.",
        "To be looked at again: It seems to have a telephone number in it.",
    ]


def test_what_the_author_has_changed_since_is_not_ticked_off_unread(client, reviewer):
    response = phone()
    flag = {"is_fine": response.flags.get().pk, "seen": response.fingerprint, "reason": "Half a reason"}
    response.edit({Question.objects.get(slug="meaning"): "Piga 0711 111 111."})

    page = look(client, response, flag)

    assert said(page) == ["This response has been changed since you opened it. Compare, then go on."]
    assert (open_kinds(response), page.context["decline_form"]["reason"].value()) == (["phone"], "Half a reason")


def test_what_was_typed_stays_on_the_page_when_something_is_ticked_off(client, reviewer):
    response = phone()

    page = look(client, response, {"is_fine": response.flags.get().pk, "reason": "Half a reason"})

    assert "Half a reason" in page.content.decode()


def test_ticking_off_what_is_gone_or_of_another_response_changes_nothing_and_says_so(client, reviewer):
    response, other = phone(), submit({"meaning": "Piga 0711 000 001."})

    for chosen in (str(other.flags.get().pk), str(2**63), "no number", ""):
        page = look(client, response, {"is_fine": chosen})

        assert said(page) == ["Nothing was changed: somebody has looked at it already, or the words have changed."]
    assert (open_kinds(response), open_kinds(other)) == (["phone"], ["phone"])


def test_only_reviewers_tick_off_and_only_by_pressing_a_button(client):
    response = phone()
    client.force_login(make_user("coder", "Coder", is_staff=True))
    assert client.post(path_of(response, "flags"), {"is_fine": response.flags.get().pk}).status_code == 403
    client.force_login(make_user("reviewer", "Reviewer", is_staff=True))

    page = client.get(path_of(response, "flags"), {"is_fine": response.flags.get().pk})

    assert (page.status_code, page.url) == (302, path_of(response))
    assert open_kinds(response) == ["phone"]


def test_accepting_asks_for_the_flags_and_ticks_them_off_on_the_way(client, reviewer):
    response = phone(flags=["haste"])
    marks = {"seen": response.fingerprint}

    refused = client.post(path_of(response, "accept"), marks)

    assert said(refused) == [
        "Look at this first, and tick it off: It seems to have a telephone number in it. "
        "It was sent within three seconds of opening the form."
    ]
    boxes = re.findall(r'name="looked_at" value="([\d ]+)"', refused.content.decode())
    assert len(boxes) == 2
    client.post(path_of(response, "accept"), {**marks, "looked_at": boxes})
    assert Response.objects.get().is_published
    assert set(response.flags.values_list("ticked_off_by", flat=True)) == {reviewer.pk}


def test_what_a_reader_tells_meanwhile_is_not_ticked_off_unread(client, reviewer):
    response = phone()
    ticked = [response.flags.get().pk]
    Flag.objects.create(response=response, kind="reader", words="It names my neighbour.")

    client.post(path_of(response, "accept"), {"seen": response.fingerprint, "looked_at": ticked})

    assert Response.objects.get().status == "submitted"


def run(client, *chosen, **more):
    return client.post(LIST, {"action": "accept_selected", "_selected_action": [each.pk for each in chosen], **more})


def test_of_many_those_that_nobody_has_looked_at_stay_and_the_message_says_how_many(client, reviewer):
    plain, looked, unlooked = submit(), phone(), submit({"meaning": "Piga 0711 000 001."})
    page = run(client, plain, looked, unlooked)
    marks = {f"seen-{response.pk}": mark for response, _answers, mark in page.context["shown"]}
    assert page.content.decode().count('name="looked_at"') == 2

    confirmed = {"confirmed": "yes", "index": "0", "looked_at": [looked.flags.get().pk]}
    page = client.post(
        LIST,
        {"action": "accept_selected", "_selected_action": [plain.pk, looked.pk, unlooked.pk], **marks, **confirmed},
        follow=True,
    )

    assert set(Response.objects.published()) == {plain, looked}
    assert said(page) == [
        "2 responses accepted.",
        "1 response was left as it is: nobody has ticked off what is to be looked at first in it.",
    ]


def test_a_response_much_like_another_has_a_link_to_it_but_not_to_one_that_the_reviewer_has_put_away(client, reviewer):
    known, unknown = submit({"meaning": LONG["en"]}), submit({"meaning": LONG["en"] + " Juma."})
    copy = submit({"meaning": LONG["en"] + " Amina."})
    Recusal.objects.recuse(reviewer, known)

    page = client.get(path_of(copy))

    assert box(page) == (
        f"Look at this first. Another response says nearly the same. {unknown.code} , March 1, 2026 It is fine"
    )
    assert f'href="{path_of(unknown)}"' in page.content.decode()
    assert known.code not in page.content.decode()
    assert known.code not in run(client, copy).content.decode()


def test_a_repetition_has_links_too(client, reviewer):
    first = make_response({"meaning": "Watu wote."})
    again = submit({"meaning": "Watu wote."}, flags=["repeated"])

    assert first.code in box(client.get(path_of(again)))


def test_what_readers_told_is_listed_and_read_at_the_desk(client, reviewer):
    told, _quiet = make_response({"meaning": "Told."}), make_response({"meaning": "Quiet."})
    Flag.objects.tell(told, "It names <my> neighbour.", on=DAY)

    found = client.get(f"{LIST}?status=accepted&flag=reader").context["cl"].result_list
    page = client.get(path_of(told))

    assert list(found) == [told]
    assert "It names <my> neighbour. March 1, 2026" in box(page)
    assert "It names &lt;my&gt; neighbour." in page.content.decode()
    look(client, told, {"is_fine": told.flags.get().pk})
    assert list(client.get(f"{LIST}?status=accepted&flag=reader").context["cl"].result_list) == []
    assert not LogEntry.objects.filter(change_message__contains="neighbour").exists()


@pytest.mark.parametrize(("value", "kinds"), [("any", ["link", "phone"]), ("phone", ["phone"])])
def test_the_list_finds_what_is_to_be_looked_at(client, reviewer, value, kinds):
    rows = {"phone": phone(), "link": submit({"meaning": "See example.org."}), "": submit()}

    found = client.get(f"{LIST}?flag={value}").context["cl"].result_list

    assert set(found) == {rows[kind] for kind in kinds}


def test_the_list_takes_the_same_number_of_queries_for_one_and_for_three(client, reviewer, django_assert_num_queries):
    phone()
    client.get(LIST)
    counts = []
    for _round in range(2):
        with django_assert_num_queries(13):
            page = client.get(LIST)
        counts.append(sorted(len(row.open_ones) for row in page.context["cl"].result_list))
        submit({"meaning": "Piga 0711 000 001 au me@example.org."})
        submit()

    assert counts == [[1], [0, 1, 2]]


def test_at_a_response_that_was_put_away_nothing_is_ticked_off(client, reviewer):
    response = phone()
    Recusal.objects.recuse(reviewer, response)

    page = look(client, response, {"is_fine": response.flags.get().pk})

    assert page.status_code == 404
    assert open_kinds(response) == ["phone"]


def test_what_was_ticked_stays_ticked_when_something_else_is_still_to_be_looked_at(client, reviewer):
    response = submit()
    first, second = (Flag.objects.create(response=response, kind=kind) for kind in ("trap", "haste"))
    seen = client.get(path_of(response)).context["seen"]

    page = client.post(path_of(response, "accept"), {"seen": seen, "looked_at": first.pk})

    boxes = re.findall(r'name="looked_at" value="(\d+)"[^>]*?( checked)? id', page.content.decode())
    assert set(boxes) == {(str(first.pk), " checked"), (str(second.pk), "")}


def test_whoever_has_to_look_first_is_not_told_what_was_done_before(client, reviewer):
    response = submit()
    for kind in ("trap", "haste"):
        Flag.objects.create(response=response, kind=kind)
    page = look(client, response, {"is_fine": response.flags.first().pk})

    page = client.post(path_of(response, "accept"), {"seen": page.context["seen"]})

    assert len(said(page)) == 1
