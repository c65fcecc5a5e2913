"""Versions of the statement: what is published stays; a new version is a copy that knows what it came from."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from outcomes.models import Clause, OvertakenError, Quotation, Statement
from responses.models import TextSource
from responses.organizer_texts import catalogue, import_catalogue, texts_of
from tests.factories import freeze, make_answer, make_evidence, make_problem, make_user

pytestmark = pytest.mark.django_db

PUBLISHED = "This version is published, or its day is set: its English words stay as they are."
KEPT = "A version that is published, or whose day is set, cannot be deleted."


def make_version(version="2017", *, clauses=("One.", "Two."), published=True, **fields):
    fields.setdefault("announced_on", date(2017, 12, 7))
    moment = timezone.now() - timedelta(days=1) if published else None
    made = Statement.objects.create(version=version, **{"title_en": "We say", "published_at": moment} | fields)
    for position, text in enumerate(clauses, start=1):
        Clause.objects.create(statement=made, position=position, text_en=text)
    return made


def begin(earlier, version="2027", **fields):
    """A draft made from a version, with a note, unless the fields say otherwise."""
    draft = Statement.objects.begin(earlier, version)
    Statement.objects.filter(pk=draft.pk).update(**{"note_en": "Clause 1 is shorter."} | fields)
    return Statement.objects.get(pk=draft.pk)


def refusal(verb, *args, **options):
    with pytest.raises(ValidationError) as refused:
        verb(*args, **options)
    return refused.value.messages


# --- What is published stays ---


@pytest.mark.parametrize("when", [timedelta(days=-1), timedelta(days=1)])
@pytest.mark.parametrize(
    "delete",
    [
        lambda: Statement.objects.get().delete(),
        lambda: Statement.objects.all().delete(),
        lambda: Clause.objects.first().delete(),
        lambda: Clause.objects.all().delete(),
        lambda: Statement.objects.get().clauses.all().delete(),
    ],
)
def test_a_version_that_is_published_or_will_be_is_not_deleted_and_neither_is_a_clause_of_it(delete, when):
    make_version(published_at=timezone.now() + when)

    with pytest.raises(ProtectedError, match=KEPT):
        delete()

    assert (Statement.objects.count(), Clause.objects.count()) == (1, 2)


def test_a_draft_is_deleted_with_its_clauses_and_what_it_was_made_from_stays():
    earlier = make_version()
    begin(earlier).delete()
    begin(earlier)

    Statement.objects.filter(version="2027").delete()

    assert list(Statement.objects.all()) == [earlier]
    assert set(Clause.objects.values_list("statement", flat=True)) == {earlier.pk}


def test_the_database_keeps_what_another_version_was_made_from():
    earlier = make_version()
    begin(earlier)
    Statement.objects.filter(pk=earlier.pk).update(published_at=None)

    for row in (Statement.objects.get(pk=earlier.pk), earlier.clauses.first()):
        with pytest.raises(ProtectedError):
            row.delete()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("version", "2018"),
        ("title_en", "Other"),
        ("note_en", "Other"),
        ("announced_on", date(2018, 1, 1)),
    ],
)
def test_what_a_published_version_says_in_english_is_not_changed(column, value):
    version = make_version()
    setattr(version, column, value)

    assert refusal(version.store) == [PUBLISHED]
    assert refusal(Statement.objects.update, **{column: value}) == [PUBLISHED]


@pytest.mark.parametrize(("column", "value"), [("text_en", "Other."), ("quotation", "Other"), ("position", 9)])
def test_what_a_published_clause_says_in_english_is_not_changed(column, value):
    clause = make_version().clauses.first()
    setattr(clause, column, value)

    assert refusal(clause.store) == [PUBLISHED]
    assert refusal(Clause.objects.filter(pk=clause.pk).update, **{column: value}) == [PUBLISHED]


def test_no_clause_is_added_to_a_published_version():
    assert refusal(Clause(statement=make_version(), position=3, text_en="Three.").store) == [PUBLISHED]


def test_translations_of_a_published_version_are_still_improved_also_by_files():
    version = make_version(note_en="New.")
    clause = version.clauses.first()
    clause.text_sv = "Ett."
    clause.store()
    version.title_sv, version.source_url = "Vi säger", "https://example.org/"
    version.store()
    po = catalogue("sv")
    for entry in po:
        if entry.msgctxt == "clause.2017.1.text":
            entry.msgstr = "Etta."

    import_catalogue(po, "sv")

    clause.refresh_from_db()
    version.refresh_from_db()
    assert (clause.text_sv, version.title_sv) == ("Etta.", "Vi säger")
    assert "statement.2017.note" in {entry.msgctxt for entry in po}


# --- A new version is a copy ---


def test_a_new_version_is_a_draft_with_the_clauses_in_all_languages_and_their_problems():
    problem = make_problem()
    earlier = make_version(title_sv="Vi säger", licence="CC0", source_url="https://example.org/", note_en="Old note.")
    first, second = earlier.clauses.all()
    Clause.objects.filter(pk=first.pk).update(text_sv="Ett.", text_ar="واحد.")
    first.problems.add(problem)

    draft = Statement.objects.begin(earlier, "2027")

    assert (draft.made_from, draft.published_at, draft.note_en) == (earlier, None, None)
    assert (draft.title_en, draft.title_sv, draft.licence) == ("We say", "Vi säger", "CC0")
    assert draft.source_url == "https://example.org/"
    copies = list(draft.clauses.values_list("position", "text_en", "text_sv", "text_ar", "earlier"))
    assert copies == [(1, "One.", "Ett.", "واحد.", first.pk), (2, "Two.", None, None, second.pk)]
    assert [list(each.problems.all()) for each in draft.clauses.all()] == [[problem], []]
    assert earlier.clauses.count() == 2


def test_translations_of_a_copy_were_made_from_the_same_english():
    earlier = make_version()
    clause = earlier.clauses.first()
    Clause.objects.filter(pk=clause.pk).update(text_sv="Ett.", text_es="Uno.")
    for language, english in (("sv", "One."), ("es", "Won.")):
        TextSource.objects.create(
            model="outcomes.clause", row=clause.pk, field="text", language=language, english=english
        )

    copy = Statement.objects.begin(earlier, "2027").clauses.first()

    [[text]] = texts_of([copy])
    assert [text.state(code) for code in ("sv", "es", "ar")] == ["current", "older", "missing"]


def test_quotations_stay_with_the_earlier_version():
    earlier = make_version()
    quotation = Quotation.objects.quote(earlier.clauses.first(), make_evidence(), by=None)

    Statement.objects.begin(earlier, "2027")

    assert list(Quotation.objects.all()) == [quotation]


def test_a_new_version_needs_a_name_of_its_own_and_one_that_is_published():
    earlier, draft = make_version(), make_version("draft", published=False)

    assert refusal(Statement.objects.begin, earlier, "2017") == ["There is a version of this name already."]
    assert refusal(Statement.objects.begin, draft, "2027") == ["A new version is made from one that is published."]
    assert Statement.objects.count() == 2


# --- Publishing ---


def test_a_version_is_published_now_and_announced_on_that_day(monkeypatch):
    freeze(monkeypatch, "2027-03-01T12:00+00:00")
    earlier, organizer = make_version(), make_user("organizer")
    draft = begin(earlier)

    draft.publish(by=organizer)

    draft.refresh_from_db()
    assert (draft.published_at, draft.announced_on) == (timezone.now(), date(2027, 3, 1))
    assert Statement.objects.published().newest_first().first() == draft
    assert [(each.user, each.object_repr) for each in LogEntry.objects.all()] == [(organizer, "2027")]


def test_a_version_is_published_at_a_moment_that_is_set_before(monkeypatch):
    freeze(monkeypatch, "2027-03-01T12:00+00:00")
    earlier = make_version()
    draft = begin(earlier)

    draft.publish(at=timezone.now() + timedelta(days=9))

    assert (draft.is_planned, draft.announced_on) == (True, date(2027, 3, 10))
    assert list(Statement.objects.published()) == [earlier]
    freeze(monkeypatch, "2027-03-10T12:00+00:00")
    assert list(Statement.objects.published().newest_first()) == [draft, earlier]


def test_all_that_a_version_still_lacks_is_said_at_once():
    earlier = make_version()
    draft = begin(earlier, note_en="", title_en=" ")
    draft.clauses.filter(position=2).update(text_en="", text_sv="Två.")

    assert refusal(draft.publish) == [
        "Its title is missing in English.",
        "Clause 2 is missing in English.",
        "It does not say what changed: write the note, at least in English.",
    ]
    draft.clauses.all().delete()
    assert "It has no clause." in refusal(draft.publish)
    assert list(Statement.objects.published()) == [earlier]


def test_the_first_version_needs_no_note():
    draft = make_version(published=False)

    draft.publish()

    assert (draft.is_published, draft.announced_on) == (True, date(2017, 12, 7))


def test_a_draft_has_no_day_on_which_it_was_announced_until_it_is_published(monkeypatch):
    freeze(monkeypatch, "2027-03-01T12:00+00:00")
    draft, first = begin(make_version()), make_version("first", announced_on=None, published=False)
    assert (draft.announced_on, first.announced_on) == (None, None)

    draft.publish(at=timezone.now() + timedelta(days=9))
    assert draft.announced_on == date(2027, 3, 10)
    Statement.objects.get(pk=draft.pk).take_back()

    draft.refresh_from_db()
    assert draft.announced_on is None


def test_a_day_of_announcement_that_was_typed_stays_when_a_publication_is_taken_back(monkeypatch):
    freeze(monkeypatch, "2027-03-01T12:00+00:00")
    draft = make_version(announced_on=date(2027, 2, 1), published=False)
    draft.publish(at=timezone.now() + timedelta(days=9))

    draft.take_back()

    assert Statement.objects.get().announced_on == date(2027, 2, 1)


def test_no_version_is_published_before_the_day_on_which_it_says_it_was_announced(monkeypatch):
    freeze(monkeypatch, "2027-03-01T12:00+00:00")
    draft = make_version(announced_on=date(2027, 3, 10), published=False)

    assert refusal(draft.publish) == [
        "It says that it was announced on March 10, 2027. Change that day, or publish it then."
    ]
    draft.publish(at=timezone.now() + timedelta(days=9))
    assert draft.is_planned


def test_the_version_that_was_published_last_is_the_latest_whatever_day_another_says_it_was_announced():
    earlier = make_version(announced_on=date(2999, 1, 1))
    draft = begin(earlier)
    draft.publish()

    assert list(Statement.objects.published().newest_first()) == [draft, earlier]
    begin(draft, "2028").publish()
    assert Statement.objects.published().newest_first().first().version == "2028"


@pytest.mark.parametrize(
    ("title", "keeps"), [("Our Statement 2017", True), ("Our Statement", False), ("Our Statement 2027", False)]
)
def test_a_copy_whose_title_still_names_a_year_is_known(title, keeps):
    old = title.replace("2027", "2017")
    draft = begin(make_version(title_en=old), title_en=title)

    assert (draft.keeps_a_year, draft.made_from.keeps_a_year) == (keeps, False)


def test_a_moment_that_has_passed_is_refused_and_so_is_publishing_twice():
    draft = begin(make_version())

    assert refusal(draft.publish, at=timezone.now() - timedelta(minutes=1)) == [
        "This moment has passed. Choose a later one, or publish it now."
    ]
    draft.publish(at=timezone.now() + timedelta(days=1))
    assert refusal(draft.publish) == ["Its day is set already."]
    Statement.objects.filter(pk=draft.pk).update(published_at=timezone.now())
    assert refusal(draft.publish) == ["It is published already."]


def test_while_one_version_is_planned_no_other_is_published(monkeypatch):
    freeze(monkeypatch, "2027-03-01T12:00+00:00")
    earlier = make_version()
    planned, other = begin(earlier), begin(earlier, "2028")
    planned.publish(at=timezone.now() + timedelta(days=9))

    assert refusal(other.publish) == [
        "Version 2027 is to be published on March 10, 2027. Wait for it, or take that back first."
    ]
    planned.take_back()
    other.publish()
    assert other.is_published


def test_a_version_is_refused_if_another_was_published_since_it_was_begun_until_it_is_made_from_that_one():
    earlier = make_version(clauses=("One.", "Two.", "Three."))
    other, draft = begin(earlier), begin(earlier, "2028")
    other.clauses.get(position=2).delete()
    other.publish()

    with pytest.raises(OvertakenError) as refused:
        draft.publish()

    assert refused.value.latest == other
    draft.follow(other)
    assert draft.made_from == other
    assert list(draft.clauses.values_list("earlier__statement__version", "earlier__position")) == [
        ("2027", 1),
        (None, None),
        ("2027", 3),
    ]
    draft.publish()
    assert list(Statement.objects.published().newest_first()) == [draft, other, earlier]


def test_a_draft_follows_only_the_latest_version():
    earlier = make_version()
    other, draft = begin(earlier), begin(earlier, "2028")
    other.publish()

    assert refusal(draft.follow, earlier) == ["Another version has been published since. Compare with that one."]
    assert refusal(other.follow, other) == [PUBLISHED]


def test_a_version_that_was_typed_is_refused_while_another_is_published():
    make_version()

    with pytest.raises(OvertakenError):
        make_version("2030", published=False).publish()


def test_a_planned_publication_is_taken_back_before_its_moment_only():
    draft = begin(make_version())

    assert refusal(draft.take_back) == ["No day is set for it."]
    draft.publish(at=timezone.now() + timedelta(days=1))
    Statement.objects.get(pk=draft.pk).take_back()
    draft.refresh_from_db()
    assert draft.published_at is None
    draft.publish()
    assert refusal(draft.take_back) == ["It is published: it stays."]


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("published_statement_says_what_changed", {"note_en": None, "published_at": timezone.now()}),
        ("published_statement_says_what_changed", {"note_en": " ", "published_at": timezone.now()}),
        ("published_statement_has_a_title", {"title_en": None, "published_at": timezone.now()}),
    ],
)
def test_the_database_refuses_what_no_reader_may_meet(constraint, change):
    draft = begin(make_version())

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Statement.objects.filter(pk=draft.pk).update(**change)


def test_the_database_has_one_published_version_made_from_each():
    earlier = make_version()
    drafts = [begin(earlier), begin(earlier, "2028")]

    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk__in=[each.pk for each in drafts]).update(published_at=timezone.now())


# --- Quotations ---


def make_quoted(text="Kila mtu ana nafasi.", **answer):
    """A later version whose words stay, and the quotation beside clause 1 of the one that it was made from."""
    earlier = make_version()
    quotation = Quotation.objects.quote(earlier.clauses.first(), make_evidence(make_answer(text, **answer)), by=None)
    quotation.agree()
    later = begin(earlier)
    later.publish()
    return later, quotation


def test_a_quotation_is_carried_over_as_a_new_one_that_its_author_is_asked_about():
    later, quotation = make_quoted()
    assert list(Quotation.objects.left_behind_by(later)) == [quotation]

    carried = quotation.carry_over(later.clauses.first(), by=None)

    assert (carried.clause, carried.evidence) == (later.clauses.first(), quotation.evidence)
    assert (carried.is_public, carried.awaits_author, quotation.is_public) == (False, True, True)
    assert list(Quotation.objects.left_behind_by(later)) == []
    assert refusal(quotation.carry_over, later.clauses.first(), by=None) == [
        "This passage is quoted in this clause already."
    ]


def test_words_that_their_author_refuses_are_not_carried_over():
    later, quotation = make_quoted()
    quotation.refuse()

    assert list(Quotation.objects.left_behind_by(later)) == []
    assert refusal(quotation.carry_over, later.clauses.first(), by=None) == [
        "The author of this answer has objected to these words being quoted."
    ]


def test_nothing_is_carried_over_to_a_clause_that_was_made_from_another_one_meanwhile():
    later, quotation = make_quoted()
    opened = later.clauses.first()
    Statement.objects.filter(pk=later.pk).update(published_at=None)
    Clause.objects.filter(pk=opened.pk).update(earlier=None)
    Statement.objects.filter(pk=later.pk).update(published_at=timezone.now())

    for clause in (opened, None):
        assert refusal(quotation.carry_over, clause, by=None) == [
            "This clause was not made from the one that the passage stands beside."
        ]


def test_nothing_is_carried_over_to_words_that_may_change_or_to_another_clause():
    later, quotation = make_quoted()

    assert refusal(quotation.carry_over, later.clauses.last(), by=None) == [
        "This clause was not made from the one that the passage stands beside."
    ]
    Statement.objects.filter(pk=later.pk).update(published_at=None)
    assert refusal(quotation.carry_over, later.clauses.first(), by=None) == [
        "Publish this version first, or set its day: until then its words may change."
    ]


def test_an_author_whose_clause_is_reworded_has_their_time_to_object_once_more():
    clause = make_version(published=False).clauses.first()
    agreed = Quotation.objects.quote(clause, make_evidence(), by=None)
    agreed.agree()
    refused = Quotation.objects.quote(clause, make_evidence(problem=make_problem("other")), by=None)
    refused.refuse()

    clause.text_sv = "Ett."
    assert clause.store() is False
    clause.text_en = "One, in other words."
    assert clause.store() is True

    agreed.refresh_from_db()
    refused.refresh_from_db()
    assert (agreed.is_public, agreed.awaits_author) == (False, True)
    assert (refused.public_on, refused.is_objected_to) == (None, True)
