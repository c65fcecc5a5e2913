"""The review desk as a queue: what its list shows and finds, and going from one response to the next in it."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils.html import escape

from responses.models import Flag, Recusal, Response, ReviewReservation
from tests.factories import make_affiliate, make_conversation, make_gathering, make_response, make_user, submit

pytestmark = pytest.mark.django_db

LIST = "/admin/responses/response/"
SW = "_changelist_filters=language%3Dsw"


def path_of(response, verb="change"):
    return f"{LIST}{response.pk}/{verb}/"


def day(number):
    return date(2026, 1, number)


@pytest.fixture
def reviewer(client):
    user = make_user("reviewer", "Reviewer", is_staff=True, first_name="Amina")
    client.force_login(user)
    return user


@pytest.fixture
def other():
    client = Client()
    client.force_login(make_user("other", "Reviewer", is_staff=True))
    return client


def listed(client, query=""):
    return list(client.get(f"{LIST}?{query}").context["cl"].result_list)


def readers():
    return {(each.response, each.user.username) for each in ReviewReservation.objects.all()}


# --- The list ------------------------------------------------------------------------------------------------


def test_a_row_has_the_beginning_of_the_words_in_their_own_language(client, reviewer):
    words = "كل شخص <b> " * 30
    response = submit({"needs": "Later.", "meaning": words}, language="ar", affiliate_name="Friends")
    Flag.objects.create(response=response, kind="email")
    Flag.objects.create(response=response, kind="haste", ticked_off_at="2026-01-01T00:00Z")

    html = client.get(LIST).content.decode()

    [shown] = re.findall(r'<blockquote class="words" lang="ar" dir="rtl"><p>(.*?)</p>', html)
    assert shown == escape((words * 2)[:98].strip()) + " …"
    cells = re.findall(r'<t[dh] class="field-(\w+)[^"]*">(.*?)</t[dh]>', html, re.DOTALL)
    assert [name for name, _cell in cells] == ["code", "words", "in_language", "submitted_on", "who", "open_flags"]
    assert [cell for name, cell in cells if name in ("who", "open_flags")] == ["Friends", "1"]


@pytest.mark.parametrize("text", ["คำ" * 200, "👨‍👩‍👧" * 100, "é" * 300])
def test_the_beginning_ends_between_two_letters(client, reviewer, text):
    letter = {"ค": "คำ", "👨": "👨‍👩‍👧", "e": "é"}.get(text[0], text[:2])
    submit({"meaning": text}, language="th")

    html = client.get(LIST).content.decode()

    [shown] = re.findall(r'<blockquote class="words"[^>]*><p>(.*?) …</p>', html)
    assert shown.replace(letter, "") == ""


def test_noted_words_are_folded_behind_their_note_in_the_list(client, reviewer):
    submit({"meaning": "Maneno magumu."}, content_kinds="violence")

    html = client.get(LIST).content.decode()

    [inside] = re.findall(r'<details class="noted">(.*?)</details>', html, re.DOTALL)
    assert "violence" in inside
    assert "Maneno magumu." in inside
    assert html.count("Maneno magumu.") == 1


def test_no_column_says_the_same_in_all_rows(client, reviewer):
    submit()

    columns = {query: client.get(f"{LIST}?{query}").context["cl"].list_display for query in ("", "language=sw")}
    of_all = client.get(f"{LIST}?status=all").context["cl"].list_display

    assert set(columns[""]) - set(columns["language=sw"]) == {"in_language"}
    assert set(of_all) - set(columns[""]) == {"status"}


def test_each_filter_shows_what_it_names(client, reviewer):
    affiliate, gathering = make_affiliate(name="Wikimedia Kenya"), make_gathering()
    elsewhere = make_conversation("elsewhere")
    plain = submit(on=day(1))
    found = {
        "language=ha": submit(language="ha"),
        "affiliate=kenya": submit(affiliate=affiliate),
        f"gathering={gathering.code}": submit(gathering=gathering),
        f"conversation__id__exact={elsewhere.pk}": submit(conversation=elsewhere),
        "question=needs": submit({"needs": "Embe."}),
        "sharing__exact=organizers": submit(sharing="organizers"),
        "is_sample__exact=1": submit(is_sample=True),
        "flag=email": submit(),
        "status=accepted": make_response(),
        "q=mango": submit({"meaning": "Mango!"}),
        "q=mwanza": submit(place="Mwanza"),
        "q=wikimedia+kenya": None,
    }
    found["q=wikimedia+kenya"] = found["affiliate=kenya"]
    Flag.objects.create(response=found["flag=email"], kind="email")
    Flag.objects.create(response=plain, kind="phone", ticked_off_at="2026-01-01T00:00Z")

    shown = {query: listed(client, query) for query in found}

    assert shown == {query: [response] for query, response in found.items()}
    assert listed(client, "flag=any") == [found["flag=email"]]
    nonsense = ("language=xx", "gathering=xx", "affiliate=xx", "question=xx", "flag=phone", "q=漢字")
    assert {query: listed(client, query) for query in nonsense} == dict.fromkeys(nonsense, [])


def test_a_filter_by_question_shows_the_answer_to_it(client, reviewer):
    submit({"meaning": "Maana.", "needs": "Mahitaji."})

    html = client.get(f"{LIST}?question=needs").content.decode()

    assert re.findall(r'<blockquote class="words"[^>]*><p>(.*?)</p>', html) == ["Mahitaji."]


def test_the_filter_by_language_offers_those_that_somebody_has_written_in(client, reviewer):
    submit(language="ha")
    make_response(language="ar")

    html = client.get(LIST).content.decode()

    [select] = re.findall(r'<select name="language".*?</select>', html, re.DOTALL)
    assert re.findall(r'<option value="(\w+)"', select) == ["ha", "ar"]


def test_a_form_of_a_filter_keeps_the_other_filters_and_the_search(client, reviewer):
    html = client.get(f"{LIST}?q=embe&sharing__exact=unnamed&affiliate=kenya&p=1").content.decode()

    [form] = re.findall(r'<form method="get" class="asked">(?:(?!</form>).)*name="language".*?</form>', html, re.DOTALL)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w*)"', form))
    assert hidden == {"q": "embe", "sharing__exact": "unnamed", "affiliate": "kenya"}


def test_the_number_of_a_long_list_is_not_counted_to_its_end(client, reviewer):
    first = submit()
    columns = {each.name: getattr(first, each.name) for each in Response._meta.concrete_fields if each.name != "id"}
    Response.objects.bulk_create(
        Response(**{**columns, "code": f"copy{n:04}", "key_hash": f"{n:064}"}) for n in range(1_001)
    )

    page = client.get(LIST)

    assert "more than 1,000 responses" in page.content.decode()
    assert (len(page.context["cl"].result_list), page.context["cl"].paginator.num_pages) == (100, 10)
    chosen = {"action": "decline_selected", "_selected_action": [first.pk], "select_across": "1", "index": "0"}
    asked = client.post(LIST, chosen)
    assert [str(each) for each in asked.context["messages"]] == [
        "These 100 of more than 1,000 responses are on this page. The others stay as they are."
    ]
    assert len(asked.context["shown"]) == 100


# --- Going on ------------------------------------------------------------------------------------------------


def test_reviewing_begins_with_the_first_of_the_list_and_reserves_it(client, reviewer):
    submit(on=day(1), language="ha")
    first = submit(on=day(2))

    page = client.post(f"{LIST}next/", {"_changelist_filters": "language=sw"})

    assert page.url == f"{path_of(first)}?{SW}"
    assert readers() == {(first, "reviewer")}


def test_next_stays_in_the_filter_and_is_the_one_behind(client, reviewer):
    first, present, behind = submit(on=day(1)), submit(on=day(2)), submit(on=day(4))
    submit(on=day(3), language="ha")

    typed = {"seen": present.fingerprint, "_changelist_filters": "language=sw"}
    page = client.post(path_of(present, "accept"), typed)

    assert page.url == f"{path_of(behind)}?{SW}"
    # At the end it goes on at the beginning.
    page = client.post(path_of(behind, "accept"), {"seen": behind.fingerprint, "_changelist_filters": "language=sw"})
    assert page.url == f"{path_of(first)}?{SW}"
    page = client.post(path_of(first, "accept"), {"seen": first.fingerprint, "_changelist_filters": "language=sw"})
    assert page.url == f"{LIST}?language=sw"


def test_next_stays_in_the_search_and_in_the_list_of_another_status(client, reviewer):
    found = [submit({"meaning": text}, on=day(n)) for n, text in ((1, "Embe."), (2, "Ndizi."), (3, "Embe!"))]

    page = client.post(path_of(found[0], "skip"), {"_changelist_filters": "q=embe"})
    assert page.url == f"{path_of(found[2])}?_changelist_filters=q%3Dembe"
    for each in found:
        each.accept()
    page = client.post(path_of(found[0], "skip"), {"_changelist_filters": "status=accepted"})
    assert page.url == f"{path_of(found[1])}?_changelist_filters=status%3Daccepted"


def test_skipping_leaves_it_as_it_is_and_to_others(client, reviewer, other):
    first, second = submit(on=day(1)), submit(on=day(2))
    client.post(f"{LIST}next/")

    page = client.post(path_of(first, "skip"))

    assert page.url == path_of(second)
    assert readers() == {(second, "reviewer")}
    assert other.post(f"{LIST}next/").url == path_of(first)
    # Alone in the list, nothing else is free.
    page = client.post(path_of(second, "skip"), follow=True)
    assert page.redirect_chain[-1][0] == LIST
    assert [str(each) for each in page.context["messages"]] == ["Nothing else in this list is free to review."]
    assert set(Response.objects.values_list("status", flat=True)) == {"submitted"}


def test_what_was_typed_is_not_lost_by_skipping(client, reviewer):
    response = submit()
    submit()

    page = client.post(path_of(response, "skip"), {"reason": "Half a sen", "note": "", "added_note": ""})

    assert page.context["decline_form"]["reason"].value() == "Half a sen"
    assert "not sent yet" in str(list(page.context["messages"])[0])
    assert readers() == set()


def test_two_reviewers_get_different_ones_and_the_page_says_who_reads_it(client, reviewer, other):
    first, second = submit({"meaning": "Embe."}, on=day(1)), submit(on=day(2))

    assert client.post(f"{LIST}next/").url == path_of(first)
    assert other.post(f"{LIST}next/").url == path_of(second)

    seen = other.get(path_of(first))
    html = " ".join(seen.content.decode().split())
    until = ReviewReservation.objects.get(response=first).ends_at
    assert "is reading this until" in html
    assert until > seen.context["reservation"].ends_at.replace(year=2000)
    # They can decide all the same.
    other.post(path_of(first, "accept"), {"seen": seen.context["seen"]})
    assert list(Response.objects.published()) == [first]
    assert readers() & {(first, "reviewer"), (first, "other")} == set()


def test_whoever_comes_by_a_link_can_keep_it_and_opening_it_reserves_nothing(client, reviewer):
    response = submit()

    client.get(path_of(response))
    assert readers() == set()
    page = client.post(path_of(response, "reserve"), {"_changelist_filters": "language=sw"})

    assert page.url == f"{path_of(response)}?{SW}"
    assert readers() == {(response, "reviewer")}
    assert "Other reviewers get other responses." in client.get(path_of(response)).content.decode()


def test_what_a_reviewer_has_put_away_is_neither_next_nor_at_their_desk(client, reviewer):
    known, first, second = submit(on=day(1)), submit(on=day(2)), submit(on=day(3))
    Recusal.objects.recuse(reviewer, known)

    assert client.post(f"{LIST}next/").url == path_of(first)
    assert [client.post(path_of(known, verb)).status_code for verb in ("skip", "reserve")] == [404, 404]
    page = client.post(f"{path_of(first, 'recuse')}?{SW}", {"confirmed": "yes"})
    assert page.url == f"{path_of(second)}?{SW}"


def test_the_page_says_where_in_the_list_it_stands(client, reviewer):
    responses = [submit(on=day(n)) for n in (1, 2, 3)]
    accepted, foreign = make_response(), submit(language="ha", on=day(1))

    places = {each: client.get(f"{path_of(each)}?{SW}").context["place"] for each in (*responses, accepted, foreign)}
    page = client.get(f"{path_of(responses[1])}?{SW}")

    assert places == dict(zip(responses, (1, 2, 3), strict=True)) | {accepted: 0, foreign: 0}
    assert "2 of 3" in page.content.decode()


@pytest.mark.parametrize("filters", ["nonsense=1", "conversation__id__exact=x", "q=%00", "p=99", "language=%00"])
def test_filters_that_make_no_sense_are_left_out(client, reviewer, filters):
    first, second = submit(on=day(1)), submit(on=day(2))

    page = client.post(path_of(first, "skip"), {"_changelist_filters": filters})

    assert page.url.startswith(path_of(second))


@pytest.mark.parametrize("address", ["next/", "{pk}/skip/", "{pk}/reserve/"])
def test_only_reviewers_go_on_and_only_by_a_button(client, csrf_client, address):
    response = submit()
    path = LIST + address.format(pk=response.pk)
    answers = []
    for group in ("Coder", "Translator"):
        client.force_login(make_user(group, group, is_staff=True))
        answers.append(client.post(path).status_code)
    reviewer = make_user("reviewer", "Reviewer", is_staff=True)
    client.force_login(reviewer)
    csrf_client.force_login(reviewer)

    assert [*answers, csrf_client.post(path).status_code] == [403, 403, 403]
    assert client.get(path).status_code in (302, 405)
    assert readers() == set()


# --- The page ------------------------------------------------------------------------------------------------


def told(client, response):
    return client.get(path_of(response)).content.decode()


def margin(html):
    public, private = re.split("<h2>Only for you</h2>", html.partition("<h2>What becomes public</h2>")[2])
    return public, private.partition("<h2>When do we accept?</h2>")[0]


@pytest.mark.parametrize(
    ("sharing", "shown", "hidden"),
    [
        ("named", {"Amina K.", "Friends", "Mwanza"}, set()),
        ("affiliate", {"Friends", "Mwanza"}, {"Amina K."}),
        ("unnamed", set(), {"Amina K.", "Friends", "Mwanza"}),
    ],
)
def test_the_margin_tells_what_becomes_public_and_what_does_not(client, reviewer, sharing, shown, hidden):
    response = submit(sharing=sharing, affiliate_name="Friends", place="Mwanza", display_name="Amina K.")

    public, private = margin(told(client, response))

    told_words = {"Amina K.", "Friends", "Mwanza"}
    assert {each for each in told_words if each in public} == shown
    assert {each for each in told_words if each in private} == hidden
    assert ("CC0" if sharing == "unnamed" else "CC BY-SA") in public


def test_a_response_much_like_another_links_to_it_unless_that_was_put_away(client, reviewer):
    response, like, known = submit(), make_response(), make_response()
    for each in (like, known):
        Flag.objects.create(response=response, kind="alike", other=each)
    Recusal.objects.recuse(reviewer, known)

    html = told(client, response)

    assert path_of(like) in html
    assert path_of(known) not in html


def test_each_verb_of_the_row_has_its_key_in_its_label(client, reviewer):
    html = told(client, submit())

    verbs = re.findall(r'data-key="(\w)" aria-keyshortcuts="(\w)">(.*?)<', html)
    assert verbs == [("a", "A", "Accept, next (A)"), ("d", "D", "Decline… (D)"), ("s", "S", "Skip (S)")]
    assert '<h1 tabindex="-1" autofocus>May this be published?</h1>' in html
    assert 'id="decline"' in html


def test_somebody_who_may_only_look_gets_no_verbs(client):
    user = make_user("onlooker", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_response"))
    client.force_login(user)
    submit()

    assert "data-key" not in told(client, Response.objects.get())
    assert "one after the other" not in client.get(LIST).content.decode()


# --- Nothing typed is lost, whichever button is pressed --------------------------------------------------------

VERBS = ("accept", "decline", "ask", "note", "undo", "skip", "reserve", "flags", "tell-readers", "language", "mask")
VERBS += ("unmask", "for-reviewers")


@pytest.mark.parametrize("verb", VERBS)
def test_opening_the_address_of_a_verb_leads_to_the_page_of_the_response(client, reviewer, verb):
    response = submit()

    page = client.get(path_of(response, verb))

    assert (page.status_code, page.url) == (302, path_of(response))


@pytest.mark.parametrize("verb", [each for each in VERBS if each != "unmask"])
def test_words_typed_about_a_response_that_was_withdrawn_meanwhile_come_back(client, reviewer, verb):
    response = submit()
    seen = client.get(path_of(response)).context["seen"]
    response.withdraw()

    page = client.post(path_of(response, verb), {"seen": seen, "reason": "Long words.", "note": "And these."})

    assert page.status_code == 409
    assert page.context["typed"] == {"reason": "Long words.", "note": "And these."}


def test_changing_the_language_of_the_page_takes_along_what_is_typed_and_the_filters(client, reviewer):
    response = submit()
    html = client.get(f"{path_of(response)}?{SW}").content.decode()
    [address] = re.findall('name="next" value="(.*?)"', html)
    sent = {"next": address, "page_language": "fr", "reason": "Typed.", "_changelist_filters": "language=sw"}

    page = client.post("/language/", sent, follow=True)

    assert page.redirect_chain == [(path_of(response), 307)]
    assert page.context["LANGUAGE_CODE"] == "fr"
    assert page.context["decline_form"]["reason"].value() == "Typed."
    assert page.context["filters"] == "language=sw"
    assert re.findall('<button[^>]* name="page_language" value="fr"', html) != []


def test_keeping_a_response_loses_no_typed_words(client, reviewer):
    response = submit()

    page = client.post(path_of(response, "reserve"), {"reason": "Typed."})

    assert readers() == {(response, "reviewer")}
    assert page.context["decline_form"]["reason"].value() == "Typed."


def test_a_stored_note_of_two_lines_is_not_taken_for_one_that_is_not_sent(client, reviewer):
    first, second, third = (submit(on=day(number)) for number in (1, 2, 3))
    for each in (first, second):
        each.note("One.\nTwo.")
    seen = client.get(path_of(second)).context["seen"]

    skipped = client.post(path_of(first, "skip"), {"note": "One.\r\nTwo."})
    accepted = client.post(path_of(second, "accept"), {"note": "One.\r\nTwo.", "seen": seen})

    assert (skipped.url, accepted.url) == (path_of(second), path_of(third))


@pytest.mark.parametrize(("verb", "name"), [("ask", "question"), ("decline", "reason")])
def test_what_is_sent_stands_in_no_field_any_more_when_something_else_is_still_typed(client, reviewer, verb, name):
    response = submit()
    seen = client.get(path_of(response)).context["seen"]

    page = client.post(path_of(response, verb), {"seen": seen, name: "Sent.", "note": "Later."})

    forms = (page.context["ask_form"]["question"], page.context["decline_form"]["reason"])
    assert [each.value() for each in forms] == [None, None]
    assert page.context["note_form"]["note"].value() == "Later."


@pytest.mark.parametrize("chosen", ["nothing", "gone"])
def test_words_for_many_come_back_if_nothing_was_declined(client, reviewer, chosen):
    response = submit()
    response.withdraw()
    ticked = [response.pk] if chosen == "gone" else []
    sent = {"action": "decline_selected", "index": 0, "_selected_action": ticked, "reason": "Long words."}

    page = client.post(f"{LIST}?status=all", sent)

    assert page.status_code == 409
    assert page.context["typed"] == {"reason": "Long words."}
    assert f'<a href="{LIST}?status=all">Back to the list</a>' in page.content.decode()


@pytest.mark.parametrize("action", ["accept_selected", "decline_selected"])
def test_the_way_back_from_many_leads_to_the_list_with_its_filters(client, reviewer, action):
    response = submit(language="sw")

    html = client.post(f"{LIST}?language=sw", {"action": action, "_selected_action": response.pk}).content.decode()

    assert f'<a href="{LIST}?language=sw">Back, and change nothing</a>' in html
