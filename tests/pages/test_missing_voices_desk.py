"""The desk of missing voices: notes who was invited, shows the gaps, and words the next invitation."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from responses.exchange.invitation_letter import letter_language
from responses.models import Affiliate, Conversation, Invitee, KnownLanguage, Region, Response
from tests.factories import change_current, make_affiliate, make_conversation, make_response, make_user, submit

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/responses/affiliate/file/"


@pytest.fixture
def organizer(client):
    user = make_user("organizer", "Organizer", is_staff=True)
    client.force_login(user)
    return user


def of(end="", conversation=None):
    return f"/admin/responses/invitee/of/{(conversation or Conversation.objects.current()).slug}/{end}"


def letter(client, **query):
    page = client.get(f"{of('letter/')}?{urlencode(query)}")
    return BeautifulSoup(page.content, "html.parser").select_one("textarea#letter")


def rows(page):
    """{name of a table: [what stands in the first, third and fifth cell]}"""
    return {
        table.parent["aria-label"]: [
            [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])][0:5:2]
            for row in table.tbody.find_all("tr")
        ]
        for table in BeautifulSoup(page.content, "html.parser").select(".missing-voices table:has(caption)")
    }


def stored():
    return {(str(each), each.invited_on, each.reminded_on) for each in Invitee.objects.all()}


@pytest.mark.parametrize("end", ["", "letter/?kind=language&value=sw", "languages/", "file/", "invited.csv"])
def test_only_organizers_see_any_of_it(client, end):
    seen = {}
    for role in ("Translator", "Reviewer", "Coder", "Organizer"):
        client.force_login(make_user(role.lower(), role, is_staff=True))
        seen[role] = client.get(of(end)).status_code
    client.logout()

    assert seen == {"Translator": 403, "Reviewer": 403, "Coder": 403, "Organizer": 200}
    assert client.get(of(end)).status_code == 302


def test_the_page_shows_first_who_has_not_answered_and_folds_the_others(client, organizer):
    answered, silent, other = (make_affiliate(name=each) for each in ("Answered", "Silent", "Other"))
    Invitee.objects.invite(Conversation.objects.current(), affiliates=[answered, silent], by=organizer)
    for affiliate in (answered, other):
        make_response(affiliate=affiliate, sharing="affiliate", language="sw")
        submit(affiliate=affiliate, language="sw")

    page = client.get(of())

    assert rows(page) == {
        "Affiliates, Invited, and not answered yet": [["Silent", "not yet", "0"]],
        "Affiliates, Invited, and answered": [["Answered", "yes", "fewer than 5"]],
        "Affiliates, Not invited, and answered all the same": [["Other", "yes", "fewer than 5"]],
        "Languages, Not invited, and answered all the same": [["Kiswahili (Swahili)", "yes", "fewer than 5"]],
    }
    html = BeautifulSoup(page.content, "html.parser")
    open_tables = [each for each in html.select(".missing-voices .wide") if not each.find_parent("details")]
    assert [each.get("aria-label") or each["aria-labelledby"] for each in open_tables] == [
        "unread",
        "Affiliates, Invited, and not answered yet",
    ]


def test_the_one_button_writes_to_whoever_was_invited_longest_ago(client, organizer):
    early, late = make_affiliate(name="Early"), make_affiliate(name="A late one")
    conversation = Conversation.objects.current()
    Invitee.objects.invite(conversation, affiliates=[early], by=organizer, on=date(2026, 3, 1))
    Invitee.objects.invite(conversation, affiliates=[late], languages=["sw"], by=organizer, on=date(2026, 3, 2))

    [first] = BeautifulSoup(client.get(of()).content, "html.parser").select(".missing-voices .button.default")
    Invitee.objects.invite(conversation, affiliates=[early], by=organizer, on=date(2026, 3, 3))
    [then] = BeautifulSoup(client.get(of()).content, "html.parser").select(".missing-voices .button.default")

    assert first["href"] == of(f"letter/?kind=affiliate&value={early.pk}")
    assert then["href"] == of(f"letter/?kind=affiliate&value={late.pk}")


def test_of_many_gaps_ten_stand_open(client, organizer):
    many = [make_affiliate(name=f"Group {n:02}") for n in range(13)]
    Invitee.objects.invite(Conversation.objects.current(), affiliates=many, by=organizer)

    found = rows(client.get(of()))

    assert {name: len(each) for name, each in found.items()} == {
        "Affiliates, Invited, and not answered yet": 10,
        "Affiliates, Also invited, and not answered yet": 3,
    }


def test_the_list_leads_to_the_current_conversation_and_its_form_to_its_missing_voices(client, organizer):
    conversation = Conversation.objects.current()

    assert client.get("/admin/responses/invitee/").headers["Location"] == of()
    form = client.get(f"/admin/responses/conversation/{conversation.pk}/change/").content.decode()
    assert f'href="{of()}"' in form
    assert client.get(of(conversation=make_conversation())).status_code == 200
    assert client.get("/admin/responses/invitee/of/nothing/").status_code == 404


def test_the_page_names_languages_that_nobody_reads(client, organizer):
    submit(language="ha")
    before = client.get(of()).content.decode()
    KnownLanguage.objects.know(organizer, "ha", reads=True, writes=False)
    after = client.get(of()).content.decode()

    assert ("A reviewer who reads it" in before, "A reviewer who reads it" in after) == (True, False)
    assert "Somebody reads every language in which something was said." in after


def test_what_waits_cannot_be_subtracted_from_what_is_not_public(client, organizer):
    for language, kept in (("ha", 1), ("yo", 5)):
        for _number in range(6):
            submit(language=language)
        for _number in range(kept):
            make_response(language=language, sharing=Response.Sharing.ORGANIZERS)

    rows = BeautifulSoup(client.get(of()).content, "html.parser").select("[aria-labelledby=unread] tbody tr")
    told = [row.td.text for row in rows]

    assert told == ["5 or more", "6"]


def test_marking_as_invited_today_twice_notes_it_once(client, organizer, clock):
    affiliate, region = make_affiliate(), Region.objects.get(slug="nwe")
    for kind, value in (("affiliate", affiliate.pk), ("region", region.pk), ("language", "ha"), ("language", "ha")):
        page = client.post(of("invite/"), {"kind": kind, "value": value})
        assert page.headers["Location"] == of()
    clock("2026-03-12")
    client.post(of("invite/"), {"kind": "language", "value": "ha"})

    today = date(2026, 3, 10)
    assert stored() == {
        ("Wikimedia Testland", today, None),
        (str(region), today, None),
        ("Hausa", today, date(2026, 3, 12)),
    }
    assert set(Invitee.objects.values_list("invited_by", flat=True)) == {organizer.pk}


@pytest.mark.parametrize(("days", "is_offered"), [(0, False), (1, True)])
def test_nobody_is_offered_to_note_what_is_noted_today_already(client, organizer, days, is_offered):
    on = timezone.localdate() - timedelta(days=days)
    Invitee.objects.invite(Conversation.objects.current(), affiliates=[make_affiliate()], by=organizer, on=on)

    html = client.get(of()).content.decode()

    assert ("Mark as reminded today" in html) is is_offered


@pytest.mark.parametrize(
    "who",
    [
        {},
        {"kind": "affiliate"},
        {"kind": "nobody", "value": "1"},
        {"kind": "affiliate", "value": "1"},
        {"kind": "affiliate", "value": "٣"},
        {"kind": "region", "value": "9" * 20},
        {"kind": "language", "value": "und"},
        {"kind": "language", "value": "xx"},
    ],
)
def test_what_is_not_on_the_list_is_neither_noted_nor_written_to(client, organizer, who):
    page = client.post(of("invite/"), who, follow=True)

    assert [str(each) for each in page.context["messages"]] == ["Nothing was noted: this is not on the list any more."]
    assert client.get(f"{of('letter/')}?{urlencode(who)}").status_code == 404
    assert stored() == set()


@pytest.mark.parametrize(("role", "status"), [("Reviewer", 403), ("Coder", 403)])
def test_nobody_else_notes_anything(client, role, status):
    client.force_login(make_user("somebody", role, is_staff=True))
    who = {"kind": "language", "value": "ha"}

    assert client.post(of("invite/"), who).status_code == status
    assert client.post(of("languages/"), {"others": "ha"}).status_code == status
    assert client.post(of("file/")).status_code == client.post(UPLOAD).status_code == status
    assert client.get(of("invite/")).status_code == 405
    assert stored() == set()


def test_many_affiliates_or_regions_are_noted_at_once_from_their_lists(client, organizer, clock):
    affiliates = [make_affiliate(name=each) for each in "AB"]
    other = make_conversation("other")
    for model, chosen in (("affiliate", affiliates), ("region", list(Region.objects.all()[:2]))):
        sent = {"action": "invite_selected", "_selected_action": [each.pk for each in chosen]}
        asked = client.post(f"/admin/responses/{model}/", sent)
        assert [each.pk for each in asked.context["chosen"]] == sent["_selected_action"]
        assert Invitee.objects.filter(**{f"{model}__in": chosen}).count() == 0
        told = {"conversation": other.pk, "invited_on": "2026-03-09", "note": "Mail"}
        client.post(f"/admin/responses/{model}/", sent | told)

    assert {(each.kind, each.conversation, each.invited_on, each.note) for each in Invitee.objects.all()} == {
        ("affiliate", other, date(2026, 3, 9), "Mail"),
        ("region", other, date(2026, 3, 9), "Mail"),
    }
    assert Invitee.objects.count() == 4


def test_a_day_that_has_not_come_is_refused_with_all_that_was_typed(client, organizer, clock):
    sent = {"action": "invite_selected", "_selected_action": [make_affiliate().pk], "note": "Mail"}
    sent |= {"conversation": Conversation.objects.current().pk, "invited_on": "2026-04-09"}

    page = client.post("/admin/responses/affiliate/", sent)

    assert page.context["form"].errors == {"invited_on": ["This day has not come yet."]}
    assert page.context["form"]["note"].value() == "Mail"
    assert stored() == set()


def test_languages_are_chosen_by_boxes_codes_and_names(client, organizer, clock):
    conversation = Conversation.objects.current()
    sent = {"conversation": conversation.pk, "invited_on": "2026-03-10", "often": ["sw", "ar"]}

    refused = client.post(of("languages/"), sent | {"others": "wo, Klingonsk"})
    client.post(of("languages/"), sent | {"others": "wo, hausa، ትግርኛ\nsw"})

    assert refused.context["form"].errors == {"others": ["No language of this name or code is listed: Klingonsk."]}
    assert set(Invitee.objects.values_list("language", flat=True)) == {"sw", "ar", "wo", "ha", "ti"}


def test_a_single_one_is_added_and_changed_by_a_form_that_asks_for_exactly_one(client, organizer, clock):
    conversation = Conversation.objects.current()
    typed = {"conversation": conversation.pk, "language": "ha", "invited_on": "2026-03-01", "note": "By  mail"}

    two = client.post("/admin/responses/invitee/add/", typed | {"region": Region.objects.first().pk})
    added = client.post("/admin/responses/invitee/add/", typed)
    again = client.post("/admin/responses/invitee/add/", typed)

    assert two.context["errors"] == [["Choose one of the three: an affiliate, a region, or a language."]]
    assert added.headers["Location"] == of()
    assert again.context["errors"] == [["This language was invited to this conversation already."]]
    assert stored() == {("Hausa", date(2026, 3, 1), None)}
    assert Invitee.objects.get().invited_by == organizer


@pytest.mark.parametrize(
    ("codes", "letter_in"),
    [
        (["sw"], "sw"),
        (["ha", "fr"], "fr"),
        (["pt"], "pt-br"),
        (["zh-hant"], "zh-hans"),
        (["arz"], "ar"),
        (["swc"], "sw"),
        (["ary-latn"], "ar"),
        (["yue-hant"], "zh-hans"),
        (["ha"], "en"),
        (["uk"], "en"),
        ([], "en"),
    ],
)
def test_a_letter_is_in_their_language_or_in_one_written_like_it_or_in_english(codes, letter_in):
    assert letter_language(*codes) == letter_in


def test_the_letter_has_title_invitation_last_day_and_addresses_in_the_language_of_the_reader(client, organizer):
    change_current(closes_on=date(2030, 5, 31), title_sv="Vad behöver du?", invitation_sv="Berätta för oss.")

    found = letter(client, kind="language", value="sv")

    assert (found["lang"], found["dir"]) == ("sv", "ltr")
    for part in ("Vad behöver du?", "Berätta för oss.", "31 maj 2030", "http://testserver/sv/respond/"):
        assert part in found.text
    assert "http://testserver/sv/gatherings/new/" in found.text


def test_a_letter_to_people_of_another_language_names_it_and_says_in_which_language_it_is(client, organizer):
    found = letter(client, kind="language", value="ha")
    page = client.get(f"{of('letter/')}?kind=language&value=ha").content.decode()
    chosen = letter(client, kind="language", value="ha", **{"in": "ar"})

    assert (found["lang"], "Hausa among them" in found.text) == ("en", True)
    assert "There is no letter in their language. The nearest one is" in page
    assert (chosen["lang"], chosen["dir"], "/ar/respond/" in chosen.text) == ("ar", "rtl", True)


def test_an_affiliate_is_written_to_by_its_name_in_the_first_of_its_languages(client, organizer):
    named = make_affiliate(name="Wikimedia <Sverige>", languages="ha sv en")
    unknown = make_affiliate(name="Other")

    found = letter(client, kind="affiliate", value=named.pk)

    assert found["lang"] == "sv"
    assert "Wikimedia <Sverige>" in found.text
    assert letter(client, kind="affiliate", value=unknown.pk)["lang"] == "en"
    assert letter(client, kind="region", value=Region.objects.first().pk)["lang"] == "en"


@pytest.mark.parametrize(("asked_by_sv", "is_told"), [("", True), ("Vi som frågar", False)])
def test_a_letter_in_which_the_name_of_those_who_ask_stands_in_english_says_so(client, organizer, asked_by_sv, is_told):
    told = {"title_sv": "Vad?", "invitation_sv": "Berätta.", "asked_by_sv": asked_by_sv}
    change_current(asked_by_en="We who ask", invitation_en="Tell us.", **told)

    page = client.get(f"{of('letter/')}?kind=language&value=sv")

    assert page.context["letter"].is_whole is not is_told
    assert ("stands in English in the letter" in page.content.decode()) is is_told


def test_there_is_no_letter_to_a_conversation_that_is_closed(client, organizer):
    change_current(closes_on=date(2026, 1, 31))

    assert letter(client, kind="language", value="sv") is None


def upload(client, data, address=UPLOAD):
    return client.post(address, {"file": SimpleUploadedFile("a.csv", data)})


def confirm(client, page, address=UPLOAD, **fields):
    return client.post(address, {"_content": page.context["signed"]} | fields, follow=True)


def test_a_file_is_shown_first_and_stored_when_it_is_confirmed_with_a_line_in_the_log(client, organizer):
    make_affiliate(name="Old", countries="SE")
    page = upload(client, b"name;kind;countries\nOld;chapter;NO\n<b>New</b>;partner;\n")
    before = set(Affiliate.objects.filter(name__in=["Old", "<b>New</b>"]).values_list("name", "countries"))

    done = confirm(client, page)

    assert "&lt;b&gt;New&lt;/b&gt;" in page.content.decode()
    assert before == {("Old", "SE")}
    assert set(Affiliate.objects.filter(name__in=["Old", "<b>New</b>"]).values_list("name", "countries")) == {
        ("Old", "NO"),
        ("<b>New</b>", ""),
    }
    assert [str(each) for each in done.context["messages"]] == ["2 rows stored."]
    assert {(each.object_repr, each.get_change_message()) for each in LogEntry.objects.all()} == {
        ("Old", "From a file"),
        ("<b>New</b>", "From a file"),
    }


def test_if_nothing_is_chosen_in_place_of_a_file_that_is_shown_it_can_still_be_stored(client, organizer):
    page = upload(client, b"name,kind\nNew,partner\n")

    again = client.post(UPLOAD, {"_shown": page.context["signed"]})
    done = confirm(client, again)

    assert [each.name for each in again.context["plan"].new] == ["New"]
    assert again.context["form"].errors.keys() == {"file"}
    assert [str(each) for each in done.context["messages"]] == ["1 row stored."]


def test_nothing_chosen_and_a_preview_of_somebody_else_shows_nothing(client, organizer):
    page = upload(client, b"name,kind\nNew,partner\n")
    client.force_login(make_user("other", "Organizer", is_staff=True))

    again = client.post(UPLOAD, {"_shown": page.context["signed"]})

    assert (again.context["plan"], again.context["form"].errors.keys()) == (None, {"file"})


def test_a_file_that_was_tampered_with_or_shown_to_somebody_else_is_not_stored(client, organizer):
    page = upload(client, b"name,kind\nNew,partner\n")
    invitees = upload(client, b"language\nha\n", of("file/"))

    tampered = client.post(UPLOAD, {"_content": page.context["signed"].replace(":", ";")})
    other_list = confirm(client, invitees)
    client.force_login(make_user("other", "Organizer", is_staff=True))
    other_person = confirm(client, page)

    for each in (tampered, other_list, other_person):
        assert [str(said) for said in each.context["messages"]] == [
            "This preview is too old, or is not yours. Upload the file again."
        ]
    assert Affiliate.objects.filter(name="New").count() == 0


def test_if_the_roster_changes_before_the_confirmation_the_new_differences_are_shown_and_can_be_confirmed(
    client, organizer
):
    make_affiliate(name="Old", countries="SE")
    page = upload(client, b"name,countries\nOld,NO\n")
    Affiliate.objects.filter(name="Old").update(countries="DK")

    again = confirm(client, page)
    left = Affiliate.objects.get(name="Old").countries
    confirm(client, again)

    assert "Somebody else has changed the roster" in again.content.decode()
    assert [each.differences for each in again.context["plan"].changed] == [[("countries", "DK", "NO")]]
    assert (left, Affiliate.objects.get(name="Old").countries) == ("DK", "NO")


def test_a_double_click_stores_a_file_once_and_says_so(client, organizer):
    page = upload(client, b"name,kind\nNew,partner\n")

    confirm(client, page)
    again = confirm(client, page)

    assert [str(each) for each in again.context["messages"]][-1] == "All of this is stored already."
    assert Affiliate.objects.filter(name="New").count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"name\n" + b"x" * 1_000_000, "The file is larger than 1 MB."),
        ("name\nÅ".encode("latin-1"), "The file is not in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_the_field(client, organizer, data, said):
    page = upload(client, data)

    assert page.context["form"].errors["file"][0].startswith(said)
    assert page.context["plan"] is None


def test_who_was_invited_goes_out_and_in_as_a_file(client, organizer):
    Invitee.objects.invite(Conversation.objects.current(), languages=["ha"], by=organizer)
    other = make_conversation()

    file = client.get(of("invited.csv"))
    page = upload(client, file.content, of("file/", other))
    confirm(client, page, of("file/", other))

    assert (file.headers["Content-Type"], file.content[:3]) == ("text/csv; charset=utf-8", b"\xef\xbb\xbf")
    assert list(other.invitees.values_list("language", "invited_by")) == [("ha", organizer.pk)]
    assert client.get("/admin/responses/affiliate/affiliates.csv").content.startswith(b"\xef\xbb\xbfname,kind")


def test_the_form_of_an_affiliate_knows_countries_and_languages(client, organizer):
    typed = {"name": "A", "kind": "chapter"}

    refused = client.post("/admin/responses/affiliate/add/", typed | {"countries": "ZZ", "languages": "sv xx"})
    client.post("/admin/responses/affiliate/add/", typed | {"countries": "SE", "languages": "sv en"})

    assert refused.context["errors"] == [
        ["No country has this code: ZZ."],
        ["This language code is not known here: xx."],
    ]
    assert list(Affiliate.objects.filter(name="A").values_list("countries", "languages")) == [("SE", "sv en")]


def test_the_page_costs_the_same_for_one_row_and_for_three(client, organizer, django_assert_num_queries):
    client.get(of())
    for number in (1, 3):
        for each in range(number):
            affiliate, other = make_affiliate(name=f"{number} {each}"), make_affiliate(name=f"{number} {each} other")
            make_response(affiliate=other, sharing="affiliate", language="ha", region=Region.objects.last())
            who = {"affiliates": [affiliate], "languages": ["sw"], "regions": [Region.objects.first()]}
            Invitee.objects.invite(Conversation.objects.current(), by=organizer, **who)
        with django_assert_num_queries(17):
            client.get(of())
