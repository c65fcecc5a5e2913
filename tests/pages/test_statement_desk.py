"""The desk for the statement: from the copy over the preview and the comparison to the publication."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from outcomes.models import Clause, Quotation, Statement
from responses.models import Recusal
from tests.factories import make_answer, make_evidence, make_problem, make_response, make_solution, make_user
from tests.pages.test_stored_meanwhile import opened
from tests.test_statement_versions import KEPT, PUBLISHED, begin, make_quoted, make_version

pytestmark = pytest.mark.django_db

VERBS = ("begin", "preview", "compare", "publish", "behind", "carry_over", "take_back", "follow")


@pytest.fixture
def organizer(client):
    client.user = make_user("organizer", "Organizer", is_staff=True)
    client.force_login(client.user)
    return client


def address(version, verb="change"):
    return f"/admin/outcomes/statement/{version.pk}/{verb}/"


def html_of(page):
    return unescape(page.content.decode())


@pytest.mark.parametrize("group", ["Coder", None])
def test_nobody_but_organizers_works_at_the_desk(client, group):
    draft = begin(make_version(), title_en="SECRET")
    if group:
        client.force_login(make_user("somebody", group, is_staff=True))

    pages = [client.get(address(draft, verb), follow=True) for verb in VERBS]
    pages += [client.post(address(draft, verb), {"version": "x"}) for verb in VERBS]

    assert ["SECRET" in page.content.decode() for page in pages] == [False] * len(pages)
    assert set(Statement.objects.all()) == {draft, draft.made_from}
    assert not Statement.objects.get(version="2027").is_fixed


def test_a_version_that_is_published_shows_its_english_and_refuses_to_change_it(organizer):
    version = make_version()
    typed = opened(organizer, version)
    html = html_of(organizer.get(address(version)))
    assert ("deletelink" in html, "Begin a new version" in html) == (False, True)
    # Version, title and note; number, text and quotation of each clause. (The day is no field.)
    assert len(re.findall(r"<(?:input|textarea)[^>]* readonly", html)) == 3 + 2 * 3

    page = organizer.post(address(version), typed | {"title_en": "Other", "clauses-0-text_en": "Typed here."})

    assert page.context["adminform"].form.errors == {"title_en": [PUBLISHED]}
    assert page.context["inline_admin_formsets"][0].formset.errors[0] == {"text_en": [PUBLISHED]}
    assert "Typed here." in html_of(page)
    assert Statement.objects.get().title_en == "We say"


def test_translations_of_a_published_version_are_improved_in_its_form(organizer):
    version = make_version()
    typed = opened(organizer, version) | {"title_sv": "Vi säger", "clauses-0-text_sv": "Ett."}

    assert organizer.post(address(version), typed).status_code == 302
    assert (Statement.objects.get().title_sv, Clause.objects.get(position=1).text_sv) == ("Vi säger", "Ett.")


@pytest.mark.parametrize("typed", [{"clauses-1-DELETE": "on"}, {"clauses-TOTAL_FORMS": 3, "clauses-2-position": 3}])
def test_a_form_that_was_opened_before_the_publication_adds_and_deletes_no_clause(organizer, typed):
    draft = begin(make_version())
    form = opened(organizer, draft)
    draft.publish()

    page = organizer.post(address(draft), form | {"clauses-2-text_en": "Three."} | typed)

    [formset] = page.context["inline_admin_formsets"]
    assert formset.non_form_errors() == ["No clause can be added to this version any more, or taken from it."]
    assert list(draft.clauses.values_list("text_en", flat=True)) == ["One.", "Two."]


@pytest.mark.parametrize("many", [False, True])
def test_a_published_version_is_not_deleted_in_the_admin(organizer, many):
    version, draft = make_version(), make_version("draft", published=False)
    chosen = {"action": "delete_selected", "_selected_action": [version.pk, draft.pk], "post": "yes"}

    page = (
        organizer.post("/admin/outcomes/statement/", chosen)
        if many
        else organizer.post(address(version, "delete"), {"post": "yes"}, follow=True)
    )

    assert ("version 2017: it is published" if many else KEPT) in html_of(page)
    assert set(Statement.objects.all()) == {version, draft}
    organizer.post(address(draft, "delete"), {"post": "yes"})
    assert list(Statement.objects.all()) == [version]


def test_clauses_of_a_draft_change_places_in_one_step(organizer):
    draft = begin(make_version(clauses=("One.", "Two.", "Three.")))
    typed = opened(organizer, draft) | {"clauses-0-position": 2, "clauses-1-position": 1, "clauses-2-DELETE": "on"}

    page = organizer.post(address(draft), typed)

    assert page.status_code == 302
    assert list(draft.clauses.values_list("position", "text_en")) == [(1, "Two."), (2, "One.")]


def test_two_clauses_of_one_number_are_refused(organizer):
    draft = begin(make_version())
    typed = opened(organizer, draft)

    page = organizer.post(address(draft), typed | {"clauses-0-position": 2})
    assert page.context["inline_admin_formsets"][0].formset.total_error_count()
    Clause.objects.create(statement=draft, position=7, text_en="Meanwhile.")
    page = organizer.post(address(draft), typed | {"clauses-0-position": 7})

    [formset] = page.context["inline_admin_formsets"]
    assert formset.non_form_errors() == ["Somebody else has added a clause 7 meanwhile."]


def test_an_organizer_is_told_whose_quotations_are_asked_about_anew(organizer):
    draft = begin(make_version())
    Quotation.objects.quote(draft.clauses.first(), make_evidence(), by=None).agree()
    typed = opened(organizer, draft) | {"clauses-0-text_en": "One, in other words."}

    page = organizer.post(address(draft), typed, follow=True)

    assert "The words of 1 clause changed beside which somebody is quoted" in html_of(page)
    assert not Quotation.objects.get().is_public


def test_a_new_version_is_begun_by_one_button(organizer):
    version = make_version()

    page = organizer.post(address(version, "begin"), {"version": "2027"})
    again = organizer.post(address(version, "begin"), {"version": "2027"})

    draft = Statement.objects.get(version="2027")
    assert page.url == address(draft)
    assert again.context["form"].errors == {"version": ["There is a version of this name already."]}
    assert [(each.user, each.object_repr) for each in LogEntry.objects.all()] == [(organizer.user, "2027")]


@pytest.mark.parametrize("verb", ["change", "publish"])
def test_an_organizer_is_told_that_the_title_of_a_copy_still_names_a_year(organizer, verb):
    hint = "and names a year. It cannot be changed after publishing."
    draft = begin(make_version(title_en="Statement of 2017"))
    copied = html_of(organizer.get(address(draft, verb)))
    Statement.objects.filter(pk=draft.pk).update(title_en="Statement of 2027")

    assert (hint in copied, hint in html_of(organizer.get(address(draft, verb)))) == (True, False)


# --- Preview ---


@pytest.mark.parametrize(
    ("language", "title"), [("en", "We say"), ("sv", "Vi säger"), ("ar", "نقول"), ("xx", "We say")]
)
def test_a_draft_is_shown_as_readers_will_see_it_in_any_language(organizer, language, title):
    draft = begin(make_version(), title_sv="Vi säger", title_ar="نقول")

    page = organizer.get(address(draft, "preview"), {"language": language})

    html = html_of(page)
    assert (title in html, 'id="clause-2"' in html, "Clause 1 is shorter." in html) == (True, True, True)
    assert f'<html lang="{language if language != "xx" else "en"}"' in html
    assert {"private", "no-store"} <= {*page.headers["Cache-Control"].split(", ")}
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert Client().get(address(draft, "preview")).status_code == 302


def test_the_preview_says_in_its_title_and_above_the_words_that_it_is_a_draft(organizer):
    html = html_of(organizer.get(address(begin(make_version()), "preview")))

    assert "<title>Draft: We say" in html
    assert "This version is not published. Only organizers see this page." in html
    assert "hreflang" not in html


def test_the_preview_of_a_draft_names_no_day_on_which_it_was_announced(organizer):
    draft = begin(make_version())

    html = html_of(organizer.get(address(draft, "preview")))

    assert ("announced on" in html, ">Version <bdi" in html or "Version \u20682027" in html) == (False, True)


def test_the_preview_shows_what_will_stand_beside_the_clauses_but_nothing_that_was_put_away(organizer):
    draft = begin(make_version())
    for words, slug in (("Kila mtu ana nafasi.", "a"), ("Wote wana nafasi.", "b"), ("Mimi nina nafasi.", "c")):
        evidence = make_evidence(make_answer(words), problem=make_problem(slug))
        quotation = Quotation.objects.quote(draft.clauses.first(), evidence, by=None)
        if slug != "c":
            quotation.agree()
        if slug == "b":
            Recusal.objects.recuse(organizer.user, evidence.answer.response)
    responses = [each.evidence.answer.response for each in Quotation.objects.order_by("evidence__problem__slug")]
    draft.responses_behind.set(responses)

    html = html_of(organizer.get(address(draft, "preview")))

    # Of the third, the author has time to object: only its code is there.
    assert [html.count(f'/responses/{each.code}/"') for each in responses] == [2, 0, 1]


def test_a_published_version_has_no_preview(organizer):
    version = make_version()

    assert organizer.get(address(version, "preview")).url == "/en/statement/2017/"


# --- Comparing and publishing ---


def test_a_draft_is_compared_with_the_version_that_it_was_made_from(organizer):
    draft = begin(make_version())
    draft.clauses.filter(position=1).update(text_en="The one.")

    html = html_of(organizer.get(address(draft, "compare")))

    assert ("<del>One</del>." in html, "<ins>The one</ins>." in html) == (True, True)
    assert ("Reworded" in html, "The same words" in html) == (True, True)


def test_any_two_published_versions_are_compared_with_the_earlier_one_first(organizer):
    first = make_version()
    second = begin(first)
    second.clauses.filter(position=1).update(text_en="The one.")
    second.publish()
    third = begin(second, "2028")
    third.publish()

    shown = organizer.get(address(first, "compare"), {"with": "2028"}).context["changes"]

    assert (shown.earlier, shown.later) == (first, third)
    assert organizer.get(address(first, "compare"), {"with": "1999"}).status_code == 404
    begin(third, "draft")
    assert organizer.get(address(first, "compare"), {"with": "draft"}).status_code == 404


def test_the_only_version_is_compared_with_none(organizer):
    assert "There is no other version that is published." in html_of(organizer.get(address(make_version(), "compare")))


def test_a_draft_is_published_by_a_button(organizer):
    draft = begin(make_version())

    page = organizer.post(address(draft, "publish"), {})

    draft.refresh_from_db()
    assert (page.url, draft.is_published) == (address(draft), True)
    assert LogEntry.objects.get().user == organizer.user
    assert organizer.get(address(draft, "publish")).url == address(draft)


def test_what_is_missing_is_said_before_and_after_the_button_is_pressed(organizer):
    draft = begin(make_version(), note_en="")
    missing = "It does not say what changed: write the note, at least in English."

    pages = [organizer.get(address(draft, "publish")), organizer.post(address(draft, "publish"), {})]

    assert [html_of(page).count(missing) for page in pages] == [1, 1]
    assert not Statement.objects.get(pk=draft.pk).is_fixed


def test_a_day_and_a_time_are_set_and_taken_back(organizer):
    draft = begin(make_version())
    day = timezone.localdate() + timedelta(days=9)

    organizer.post(address(draft, "publish"), {"day": day.isoformat(), "time": "14:30"})

    draft.refresh_from_db()
    local = timezone.localtime(draft.published_at)
    assert (draft.is_planned, local.date(), local.hour, local.minute) == (True, day, 14, 30)
    assert "Take the publication back" in html_of(organizer.get(address(draft)))
    organizer.post(address(draft, "take_back"))
    organizer.post(address(draft, "take_back"))
    draft.refresh_from_db()
    assert not draft.is_fixed


@pytest.mark.parametrize(
    ("typed", "field"), [({"day": "soon"}, "day"), ({"time": "14:30"}, "day"), ({"day": "2001-01-01"}, "__all__")]
)
def test_a_moment_that_cannot_be_is_refused(organizer, typed, field):
    draft = begin(make_version())

    page = organizer.post(address(draft, "publish"), typed)

    assert list(page.context["form"].errors) == [field]
    assert not Statement.objects.get(pk=draft.pk).is_fixed


def test_a_name_that_cannot_stand_in_an_address_is_refused_in_words_that_anybody_knows(organizer):
    page = organizer.post(address(make_version(), "begin"), {"version": "zwölf"})

    assert page.context["form"].errors == {"version": ["Only Latin letters, digits, - and _."]}


def test_the_sentence_above_the_form_names_the_field_that_is_missing(organizer):
    page = organizer.post(address(make_version(), "begin"), {})

    assert page.context["errors"] == [("id_version", "Name of the new version: This field is required.")]


def test_who_is_overtaken_is_led_to_the_comparison_and_makes_the_draft_from_the_other_version(organizer):
    earlier = make_version()
    other, draft = begin(earlier), begin(earlier, "2028")
    other.publish()

    page = html_of(organizer.post(address(draft, "publish"), {}))
    followed = organizer.post(address(draft, "follow"), {"latest": "2027"}, follow=True)

    assert f'href="{address(draft, "compare")}?with=2027"' in page
    assert "I have compared them" in page
    assert "It is made from version 2027 now." in html_of(followed)
    organizer.post(address(draft, "publish"), {})
    assert Statement.objects.published().newest_first().first() == draft


# --- What led to it ---


def test_problems_solutions_and_responses_that_led_to_a_version_are_chosen(organizer):
    draft = begin(make_version())
    problem, solution = make_problem(), make_solution()
    first, second, hidden = make_response(), make_response(), make_response(sharing="organizers")
    seen = organizer.get(address(draft, "behind")).context["form"]["seen"].value()
    typed = {"seen": seen, "problems_behind": [problem.pk], "solutions_behind": [solution.pk]}

    refused = organizer.post(address(draft, "behind"), typed | {"codes": f"{first.code} {hidden.code} nope"})
    assert list(refused.context["form"].errors) == ["codes"]
    assert not draft.responses_behind.exists()
    organizer.post(address(draft, "behind"), typed | {"codes": f"{first.code}\n{second.code}"})

    assert list(draft.problems_behind.all()) == [problem]
    assert list(draft.solutions_behind.all()) == [solution]
    assert set(draft.responses_behind.all()) == {first, second}


def test_a_response_that_was_put_away_is_not_named_and_stays(organizer):
    draft = begin(make_version())
    mine, known = make_response(), make_response()
    draft.responses_behind.set([mine, known])
    Recusal.objects.recuse(organizer.user, known)

    page = organizer.get(address(draft, "behind"))
    organizer.post(address(draft, "behind"), {"seen": page.context["form"]["seen"].value(), "codes": ""})

    assert (mine.code in html_of(page), known.code in html_of(page)) == (True, False)
    assert list(draft.responses_behind.all()) == [known]


# --- Quotations of the earlier version ---


def test_quotations_are_carried_over_where_they_are_ticked(organizer):
    later, quotation = make_quoted()
    shown = html_of(organizer.get(address(later, "carry_over")))
    assert "It says the same as before." in shown

    page = organizer.post(address(later, "carry_over"), {"quotations": [quotation.pk]}, follow=True)

    carried = Quotation.objects.exclude(pk=quotation.pk).get()
    assert (carried.clause, carried.quoted_by) == (later.clauses.first(), organizer.user)
    assert "1 author is asked." in html_of(page)
    assert "There is none that could be carried over." in html_of(page)


def test_a_quotation_of_a_response_that_was_put_away_is_not_shown_nor_carried_over(organizer):
    later, quotation = make_quoted("Kila mtu ana nafasi.")
    Recusal.objects.recuse(organizer.user, quotation.evidence.answer.response)

    page = organizer.get(address(later, "carry_over"))
    organizer.post(address(later, "carry_over"), {"quotations": [quotation.pk]})

    assert "nafasi" not in html_of(page)
    assert list(Quotation.objects.all()) == [quotation]


@pytest.mark.parametrize("verb", ["preview", "compare", "publish", "behind", "carry_over"])
def test_a_page_of_the_desk_takes_as_many_queries_for_one_clause_as_for_many(organizer, verb):
    counts = []
    for version, clauses in (("2017", ("One.",)), ("2018", ("One.", "Two.", "Three."))):
        earlier = make_version(version, clauses=clauses)
        later = begin(earlier, f"{version}-later")
        for position, clause in enumerate(earlier.clauses.all()):
            evidence = make_evidence(problem=make_problem(f"{version}-{position}"))
            clause.problems.add(evidence.problem)
            Quotation.objects.quote(clause, evidence, by=None)
        if verb == "carry_over":
            moment = timezone.now() + timedelta(days=1)
            Statement.objects.filter(pk=later.pk).update(published_at=moment, announced_on=moment.date())
        organizer.get(address(later, verb))
        with CaptureQueriesContext(connection) as queries:
            organizer.get(address(later, verb))
        counts.append(len(queries))

    assert counts[0] == counts[1]
