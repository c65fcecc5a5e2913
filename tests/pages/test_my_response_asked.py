"""Did we understand you? What an author reads and answers, by their secret link."""

import html

import pytest
from django.utils import timezone

from outcomes.models import Asked, Asking, Problem
from responses.models import Response
from tests.askings import ask, behind, close, make_draft, make_statement
from tests.factories import make_evidence, make_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def problem():
    return make_draft(title_sv="Stängda dörrar", description_en="The doors are <closed>.")


@pytest.fixture
def response(problem):
    found = make_response({"meaning": "Kila mtu ana nafasi, kwa sababu."})
    make_evidence(found.answers.get(), problem=problem)
    return found


def page_of(response, asking, language="en"):
    return f"/{language}/my-response/{response.key}/asked/{asking.pk}/"


def post(client, response, asking, action, **typed):
    return client.post(page_of(response, asking), {"action": action, "complete": "yes", **typed})


def read(page):
    return html.unescape(page.content.decode())


def test_what_waits_for_an_author_stands_first_on_their_page(client, problem, response):
    asking = ask(problem)

    page = client.get(f"/en/my-response/{response.key}/")

    text = read(page)
    assert f'href="{page_of(response, asking)}"' in text
    assert text.index("Did we understand you?") < text.index("What became of it")
    assert "If you say nothing, nothing is counted." in text


def test_the_page_shows_what_is_meant_to_be_published_and_their_own_marked_words(client, problem, response):
    behind(problem, 2)
    asking = ask(problem)

    english, swedish = (client.get(page_of(response, asking, code)).content.decode() for code in ("en", "sv"))

    assert '<h2 lang="en" dir="ltr">Closed doors</h2>' in english
    assert "The doors are &lt;closed&gt;." in english
    assert '<h2 lang="sv" dir="ltr">Stängda dörrar</h2>' in swedish
    assert '<p lang="en" dir="ltr">The doors are &lt;closed&gt;.</p>' in swedish
    assert "with those of 2 others. Nobody is told what you answer." in english
    assert 'lang="sw"' in english
    assert "nafasi</mark>" in english
    # Nobody else's.
    assert "nafasi, 0" not in english


def test_authors_are_warned_that_their_language_may_tell_who_they_are(client, problem, response):
    text = read(client.get(page_of(response, ask(problem))))

    assert "only if five or more answer. Your language, or what you tell, may still show them who you are." in text


def test_the_three_answers_are_equal_buttons_and_the_box_is_empty(client, problem, response):
    asking = ask(problem)

    text = read(client.get(page_of(response, asking)))

    buttons = [
        f'<button name="action" value="{value}">{label}</button>'
        for value, label in (("yes", "Yes, that is what I mean"), ("part", "In part"), ("no", "No"))
    ]
    assert "".join(buttons) in text
    assert 'name="may_be_public"' in text
    assert "checked" not in text


@pytest.mark.parametrize("said", ["yes", "part", "no"])
def test_an_author_answers_and_changes_it(client, problem, response, said):
    asking = ask(problem)
    post(client, response, asking, "yes", own_words="Ndiyo.", may_be_public="yes")

    page = post(client, response, asking, said, own_words="Si hivyo <tu>.")

    assert (page.status_code, page.url) == (302, page_of(response, asking))
    [stored] = Asked.objects.all()
    assert (stored.said, stored.own_words, stored.may_be_public) == (said, "Si hivyo <tu>.", False)
    assert stored.answered_on == timezone.localdate()
    again = read(client.get(page_of(response, asking)))
    assert stored.get_said_display() in again
    assert "Si hivyo <tu>." in again
    assert "Did we understand you?" not in read(client.get(f"/en/my-response/{response.key}/"))


def test_an_answer_is_taken_back_and_the_question_waits_again(client, problem, response):
    asking = ask(problem)
    post(client, response, asking, "no", own_words="Hapana.")

    post(client, response, asking, "take-back")

    assert list(Asked.objects.values_list("said", "own_words", "answered_on")) == [("", "", None)]
    assert "Read it and answer" in read(client.get(f"/en/my-response/{response.key}/"))


@pytest.mark.parametrize(
    ("action", "typed", "message"),
    [
        ("send", {"own_words": "Maneno yangu."}, "Choose one of the three answers."),
        ("maybe", {"own_words": "Maneno yangu."}, "Choose one of the three answers."),
        ("yes", {"own_words": "Maneno yangu." + "x" * 2000}, "This text is 13 characters too long"),
        ("yes", {"own_words": "Maneno yangu.", "complete": ""}, "Not all of it arrived"),
        ("yes", {"own_words": "Maneno yangu.\x00"}, "NUL"),
    ],
)
def test_what_cannot_be_stored_comes_back_with_every_word(client, problem, response, action, typed, message):
    asking = ask(problem)

    page = post(client, response, asking, action, **{"may_be_public": "yes"} | typed)

    text = read(page)
    assert (page.status_code, message in text, "Maneno yangu." in text) == (200, True, True)
    assert "checked" in text
    assert not Asked.objects.answered().exists()


def test_words_that_organizers_hide_are_refused_here_too(client, problem):
    response = make_response({"meaning": "Mwalimu Juma ana nafasi."})
    given = response.answers.get()
    make_evidence(given, problem=problem)
    given.mask(8, 12, "A name.", by=None, seen=given.fingerprint)
    asking = ask(problem)

    page = post(client, response, asking, "part", own_words="Juma si hivyo.")

    assert "Leave these words out here" in read(page)
    assert "Juma si hivyo." in read(page)
    assert not Asked.objects.answered().exists()
    # Its author reads what others do not.
    assert "Mwalimu Juma ana" in read(page)


def test_the_language_of_the_page_changes_with_what_is_typed(client, problem, response):
    asking = ask(problem)

    page = client.post(
        page_of(response, asking, "sv"), {"action": "switch", "own_words": "Maneno yangu.", "may_be_public": "yes"}
    )

    assert ("Maneno yangu." in read(page), "checked" in read(page)) == (True, True)
    assert 'lang="sv"' in read(page)
    assert not Asked.objects.answered().exists()


def end_by_stopping(asking):
    asking.stop()


def end_by_withdrawing(asking):
    Response.objects.get().withdraw()


@pytest.mark.parametrize("end", [end_by_stopping, end_by_withdrawing])
def test_an_answer_to_what_is_not_asked_any_more_is_given_back(client, problem, response, end):
    asking = ask(problem)
    address = page_of(response, asking)
    end(asking)

    page = client.post(address, {"action": "no", "own_words": "Maneno <yangu>.", "complete": "yes"})

    text = read(page)
    assert page.status_code == 409
    assert "You are not asked about this any more." in text
    assert "Maneno <yangu>." in text
    assert not Asked.objects.exists()
    opened = client.get(address)
    assert (opened.status_code, opened.url) == (302, f"/en/my-response/{response.key}/")


def test_an_answer_after_the_last_day_is_given_back_and_changes_nothing(client, problem, response):
    asking = ask(problem)
    post(client, response, asking, "yes", own_words="Ndiyo.")
    close(asking)

    page = post(client, response, asking, "no", own_words="Hapana.")

    text = read(page)
    assert "The last day to answer is over. Nothing was changed; your words are below." in text
    assert "Hapana." in text
    assert list(Asked.objects.values_list("said", "own_words")) == [("yes", "Ndiyo.")]


def test_what_was_answered_stays_readable_when_it_has_closed_and_is_published(client, problem, response):
    asking = ask(problem)
    post(client, response, asking, "part", own_words="Si hivyo tu.")
    close(asking)
    problem.title_en = "Another title"
    problem.published_at = timezone.now()
    problem.store()

    text = read(client.get(page_of(response, asking)))

    assert ("Closed doors" in text, "Another title" in text, "<button name" in text) == (True, False, False)
    assert "Si hivyo tu." in text
    assert 'href="/en/problems/closed-doors/"' in text
    own = read(client.get(f"/en/my-response/{response.key}/"))
    assert "What we asked you about was published on" in own
    assert "In part" in own


def test_the_download_has_what_was_asked_and_answered(client, problem, response):
    asking = ask(problem)
    post(client, response, asking, "part", own_words="Si <hivyo> tu.")

    text = client.get(f"/en/my-response/{response.key}/data.txt").content.decode()
    told = client.get(f"/en/my-response/{response.key}/data.json").json()["did_we_understand_you"]

    assert ("The doors are <closed>." in text, "Si <hivyo> tu." in text) == (True, True)
    assert [(each["answer"], each["own_words"]) for each in told] == [("part", "Si <hivyo> tu.")]


def test_nobody_else_opens_it_and_no_other_site_posts_to_it(client, problem, response):
    asking = ask(problem)
    other = make_response()

    assert client.get(page_of(other, asking)).status_code == 302
    assert client.get(f"/en/my-response/{'x' * 26}/asked/{asking.pk}/").status_code == 404
    posted = client.post(
        page_of(response, asking), {"action": "no", "own_words": "Maneno."}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert (posted.status_code, "Maneno." in read(posted)) == (403, True)
    assert not Asked.objects.answered().exists()
    assert client.get(f"/en/my-response/{response.key}/asked/{10**40}/").status_code == 302


def test_clauses_and_statements_are_asked_about_with_their_numbers(client, problem, response):
    statement, one, _other = make_statement()
    one.problems.add(problem)
    asking = ask(one)
    text = read(client.get(page_of(response, asking)))
    assert "Clause 1, as it is meant to read" in text
    asking.stop()

    whole = ask(statement)

    text = read(client.get(page_of(response, whole)))
    assert "The statement, as it is meant to read" in text
    assert "1. Clause 1." in text
    assert "2. Clause 2." in text
    assert Asking.objects.count() == 1
    assert Problem.objects.count() == 1
