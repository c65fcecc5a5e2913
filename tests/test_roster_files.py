"""The roster as CSV: whatever a spreadsheet makes of it, nothing is stored that was not shown."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as some

from responses.exchange import affiliates_file, invitees_file
from responses.exchange.affiliates_file import affiliates_csv, plan_affiliates, store_affiliates
from responses.exchange.csv_tables import LARGEST_FILE, MOST_ROWS, read_table, written
from responses.exchange.invitees_file import invitees_csv, plan_invitees, store_invitees
from responses.models import Affiliate, Conversation, Invitee, Region
from tests.factories import make_affiliate, make_conversation, make_user

HEADER = "name,kind,region,countries,page,languages,active\n"


def cells(data, columns=("name", "note")):
    data = data if isinstance(data, bytes) else data.encode()
    return [(row.line, list(row.cells.values()), bool(row.fault)) for row in read_table(data, columns, ["name"])]


@pytest.mark.parametrize(
    "data",
    [
        "name,note\nA,one\nB,two\n",
        "name;note\nA;one\nB;two",
        "name\tnote\r\nA\tone\r\nB\ttwo\r\n",
        "\ufeffName , NOTE\rA,one\rB,two\r",
        '"name","note"\n"A","one"\n"B",two',
    ],
)
def test_separators_line_ends_and_the_mark_of_excel_do_not_matter(data):
    assert cells(data) == [(2, ["A", "one"], False), (3, ["B", "two"], False)]


def test_lines_are_counted_as_an_editor_counts_them_and_empty_rows_are_left_out():
    assert cells('name,note\n\n"A","one\ntwo"\n,\nB,three\n') == [
        (3, ["A", "one\ntwo"], False),
        (6, ["B", "three"], False),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("name,note\nÅ,x".encode("utf-16"), "The file is in UTF-16"),
        ("name,note\nA,x".encode("utf-16-le"), "The file is in UTF-16"),
        ("name,note\nA,x\nÅ,x".encode("latin-1"), "The file is not in UTF-8 (see line 3), perhaps in Latin-1"),
        (b'name,note\n"A,x\nB,x\n', "The file is damaged near line 3"),
        (b'name,note\n"A"B,x\n', "The file is damaged near line 2"),
        (b"name,note\n" + b"A,x\n" * (MOST_ROWS + 1), "The file has more than 5,000 rows."),
        (b"name,note\n" + b"x" * LARGEST_FILE, "The file is larger than 1 MB."),
        (b"name,note\n" + b"x" * 200_000, "The file is damaged near line 2"),
        (b"", "The first line of the file has to name its columns. This one is missing: name."),
        (b"note\nx", "The first line of the file has to name its columns. This one is missing: name."),
        (b"name,colour\nA,x", "This column is not known: colour. Known are: name, note."),
        (b"name,Name\nA,x", "This column is there twice: name."),
        (b"name," * 190_000, "This column is there twice: name."),
        (b"name,note\n" + b"A,x\n" * 400 + b"\x00,x", "The text has an invisible NUL character"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(data, said):
    with pytest.raises(ValidationError) as refused:
        read_table(data, ["name", "note"], ["name"])

    assert refused.value.messages[0].startswith(said)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "＝", "\u00a0=", "\ufeff=", "\u200b\u2028+"])
def test_a_formula_is_refused_and_taken_as_a_text_behind_an_apostrophe(sign):
    assert cells(f'name,note\n"{sign}1",x\n"\'{sign}1",x\n') == [
        (2, [f"{sign}1", "x"], True),
        (3, [f"{sign}1", "x"], False),
    ]


def test_a_row_with_more_or_fewer_cells_than_the_first_is_refused():
    assert cells("name,note\nA\nB,x,y\nC,x,\n") == [(2, [], True), (3, [], True), (4, ["C", "x"], False)]


@example(["\n"])
@given(some.lists(some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0 "), min_size=1)))
def test_what_is_written_begins_with_no_formula_and_is_read_as_it_was(texts):
    data = written(["name"], [[text] for text in texts])

    rows = read_table(data, ["name"], ["name"]) if len(texts) else []

    assert [row.cells["name"] for row in rows] == [text for text in texts if text.strip()]
    assert [row.fault for row in rows if row.fault] == []


@pytest.fixture
def roster(db):
    make_affiliate(name="=Café", kind="chapter", countries="SE NO", languages="sv en", page="https://example.org/a")
    make_affiliate(name='Göd, "dag"', kind="partner", region=Region.objects.first(), is_active=False)
    make_affiliate(name="'-x", kind="user-group")


def outcomes(plan):
    return [(each.line, each.outcome) for each in plan.changes]


def test_what_comes_out_goes_in_unchanged(roster):
    plan = plan_affiliates(affiliates_csv())

    assert affiliates_csv().startswith(b"\xef\xbb\xbfname,kind,")
    assert b"'=Caf" in affiliates_csv()
    assert (outcomes(plan), plan.can_be_stored) == ([(2, "same"), (3, "same"), (4, "same")], False)


def test_new_changed_and_unchanged_rows_are_told_apart_and_stored_together(db):
    region = Region.objects.get(slug="nwe")
    old = make_affiliate(name="Wikimedia Alt", kind="chapter")
    make_affiliate(name="Same", kind="partner")
    data = (
        HEADER + " wikimedia  ALT,User group,nwe,se no,https://example.org/,SV en,no\n"
        "Same,partner,,,,,yes\nNeu,chapter,,DE,,de,1\n"
    ).encode()

    plan = plan_affiliates(data)

    assert outcomes(plan) == [(2, "changed"), (3, "same"), (4, "new")]
    assert plan.changed[0].differences == [
        ("name", "Wikimedia Alt", "wikimedia  ALT"),
        ("kind", "chapter", "user-group"),
        ("region", "", "nwe"),
        ("countries", "", "SE NO"),
        ("page", "", "https://example.org/"),
        ("languages", "", "sv en"),
        ("active", "yes", "no"),
    ]
    assert Affiliate.objects.filter(name="Neu").count() == 0

    store_affiliates(data, seen=plan.fingerprint)

    old.refresh_from_db()
    assert (old.kind, old.region, old.countries, old.languages, old.is_active) == (
        ("user-group", region, "SE NO", "sv en", False)
    )
    assert Affiliate.objects.filter(name="Neu").values_list("kind", "countries", "languages", "is_active").get() == (
        ("chapter", "DE", "de", True)
    )
    assert {each.outcome for each in plan_affiliates(data).changes} == {"same"}


def test_columns_that_a_file_does_not_have_stay_as_they_are(db):
    old = make_affiliate(name="A", kind="partner", countries="SE", is_active=False)
    data = b"name;languages\nA;sv"

    store_affiliates(data, seen=plan_affiliates(data).fingerprint)

    old.refresh_from_db()
    assert (old.kind, old.countries, old.is_active, old.languages) == ("partner", "SE", False, "sv")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",chapter,,,,,yes", "name: This field cannot be blank."),
        ("\u200b,chapter,,,,,yes", "name: This field cannot be blank."),
        (f"{'x' * 191},chapter,,,,,yes", "name: Ensure this value has at most 190 characters (it has 191)."),
        (
            "B,club,,,,,yes",
            "kind: “club” is not a kind. Known are: chapter, thematic, user-group, informal, partner.",
        ),
        ("B,chapter,xx,,,,yes", "region: “xx” is not a region. Known are: "),
        ("B,chapter,,QQ,,,yes", "countries: No country has this code: QQ."),
        ("B,chapter,,Sweden,,,yes", "countries: Write two-letter codes with a space between: SE NO"),
        ("B,chapter,,,javascript:alert(1),,yes", "page: Enter a valid URL."),
        ("B,chapter,,,,svenska,yes", "languages: This language code is not known here: svenska."),
        ("B,chapter,,,,,maybe", "active: Write yes or no."),
        ("=B,chapter,,,,,yes", "“name” begins with a sign that makes it a formula. Put an apostrophe (') before it."),
        ("B,chapter,,", "It has 4 cells, and the first line has 7."),
        (" a ,chapter,,,,,yes", "The same stands in line 2 already."),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_its_line_and_then_nothing_is_stored(db, row, said):
    data = f"{HEADER}A,chapter,,,,,yes\n{row}\n".encode()
    plan = plan_affiliates(data)

    assert outcomes(plan) == [(2, "new"), (3, "refused")]
    assert plan.refused[0].faults[0].startswith(said)
    with pytest.raises(ValidationError):
        store_affiliates(data, seen=plan.fingerprint)
    assert list(Affiliate.objects.filter(name__in=["A", "B", "=B"])) == []


def test_a_new_one_without_a_kind_and_a_name_that_several_have_are_refused(db):
    make_affiliate(name="Twin")
    make_affiliate(name="TWIN")

    plan = plan_affiliates(b"name\nTwin\nNew\n")

    assert [each.faults for each in plan.changes] == [
        ["Several affiliates on the roster have this name. Change them one by one."],
        ["It is new, so its kind has to be said: the column “kind” is missing."],
    ]


def test_if_somebody_else_changes_a_row_meanwhile_nothing_is_stored_and_it_is_said(db):
    old = make_affiliate(name="A", countries="SE")
    make_affiliate(name="B", countries="SE")
    data = b"name,countries\nA,NO\nB,NO\n"
    seen = plan_affiliates(data).fingerprint
    Affiliate.objects.filter(pk=old.pk).update(countries="DK")

    with pytest.raises(ValidationError) as refused:
        store_affiliates(data, seen=seen)

    assert refused.value.code == "stored"
    assert set(Affiliate.objects.filter(name__in="AB").values_list("name", "countries")) == {("A", "DK"), ("B", "SE")}


def test_each_row_of_a_file_costs_no_query_of_its_own(db, django_assert_max_num_queries):
    # Not thousands: the pages that they leave behind would be counted where lists are measured.
    many = 40
    rows = "".join(f"Group {n},chapter,nwe,SE,,sv,yes\n" for n in range(many))
    data = (HEADER + rows).encode()

    with django_assert_max_num_queries(20):
        store_affiliates(data, seen=plan_affiliates(data).fingerprint)

    assert Affiliate.objects.filter(region__slug="nwe", countries="SE", languages="sv").count() == many


def test_the_documentation_names_the_columns_of_both_files(settings):
    documented = (settings.BASE_DIR / "docs" / "roster.md").read_text(encoding="utf-8")

    assert [each for each in (affiliates_file.COLUMNS, invitees_file.COLUMNS) if ",".join(each) not in documented] == []


@pytest.fixture
def invited(db, clock):
    conversation = Conversation.objects.current()
    who = {"affiliates": [make_affiliate(name="=A")], "regions": [Region.objects.get(slug="nwe")], "languages": ["ha"]}
    Invitee.objects.invite(conversation, by=None, on=date(2026, 3, 1), note="-note", **who)
    Invitee.objects.invite(conversation, by=None, on=date(2026, 3, 5), languages=["ha"])
    return conversation


def test_who_was_invited_comes_out_and_goes_in_unchanged_or_into_another_conversation(invited):
    data, other, user = invitees_csv(invited), make_conversation(), make_user("me")

    unchanged, new = plan_invitees(invited, data), plan_invitees(other, data)
    store_invitees(other, data, seen=new.fingerprint, by=user)

    assert outcomes(unchanged) == [(2, "same"), (3, "same"), (4, "same")]
    assert outcomes(new) == [(2, "new"), (3, "new"), (4, "new")]
    assert invitees_csv(other) == data
    assert set(other.invitees.values_list("invited_by", flat=True)) == {user.pk}


def test_days_and_notes_of_those_invited_change_by_a_file_and_empty_days_stay(invited):
    data = (
        b"affiliate,region,language,invited_on,reminded_on,note\n"
        b"'=a,,,2026-03-02,,By mail\n,nwe,,,2026-03-04,\n,,Hausa,,,'-note\n,,Kiswahili,,,\n"
    )
    plan = plan_invitees(invited, data)

    assert [(each.outcome, each.differences) for each in plan.changes] == [
        ("changed", [("invited_on", "2026-03-01", "2026-03-02"), ("note", "-note", "By mail")]),
        ("changed", [("reminded_on", "", "2026-03-04"), ("note", "-note", "")]),
        ("same", []),
        ("new", []),
    ]

    store_invitees(invited, data, seen=plan.fingerprint, by=None)

    assert {
        (str(each), each.invited_on.day, each.reminded_on and each.reminded_on.day, each.note)
        for each in invited.invitees.all()
    } == {
        ("=A", 2, None, "By mail"),
        (str(Region.objects.get(slug="nwe")), 1, 4, ""),
        ("Hausa", 1, 5, "-note"),
        ("Kiswahili (Swahili)", 10, None, ""),
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",,,,,x", "Exactly one of these has to be filled in: affiliate, region, language."),
        (",nwe,sw,,,", "Exactly one of these has to be filled in: affiliate, region, language."),
        ("Nobody,,,,,", "This is not on the list: affiliate “Nobody”."),
        (",xx,,,,", "This is not on the list: region “xx”."),
        (",,und,,,", "This is not on the list: language “und”."),
        (",,sw,1 March,,", "invited_on: Write the date as year-month-day, such as 2026-03-31."),
        (",,sw,2026-02-30,,", "invited_on: Write the date as year-month-day, such as 2026-03-31."),
        (",,sw,2026-03-20,,", "invited_on: This day has not come yet."),
        (",,sw,2026-03-02,2026-03-02,", "A reminder comes after the day of the invitation."),
        (f",,sw,,,{'x' * 191}", "note: Ensure this value has at most 190 characters (it has 191)."),
        (",,hausa,,,", "The same stands in line 2 already."),
    ],
)
def test_a_row_about_somebody_invited_that_is_wrong_is_refused(invited, row, said):
    data = f"affiliate,region,language,invited_on,reminded_on,note\n,,ha,,,x\n{row}\n".encode()

    plan = plan_invitees(invited, data)

    assert (plan.refused[-1].line, plan.refused[-1].faults) == (3, [said])
