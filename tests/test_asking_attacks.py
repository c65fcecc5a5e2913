"""Did we understand you? What must not tell who answered what, and what must not lose or misstate a word."""

import html

import pytest
from django.core import mail
from django.utils import timezone

from outcomes.asking_mail import send_askings
from outcomes.models import Asked, Asking, Clause, Merge
from outcomes.news import happenings, happenings_untold
from outcomes.statistics import understood
from responses.models import Contact
from responses.models.mask import AuthorsText
from tests.askings import answer, ask, behind, close, make_draft, make_version, refusal
from tests.factories import make_evidence, make_response, store

pytestmark = pytest.mark.django_db


def page_of(response, asking, language="en"):
    return f"/{language}/my-response/{response.key}/asked/{asking.pk}/"


def read(page):
    return html.unescape(page.content.decode())


# --- Whose words these are -----------------------------------------------------------------------------------


def test_words_that_are_hidden_in_one_response_are_hidden_in_the_own_words_of_all_who_were_asked_the_same():
    problem, other = make_draft(), make_draft("other")
    responses = [make_response({"meaning": f"Mwalimu Juma ana nafasi, {n}."}) for n in range(3)]
    for each in responses:
        make_evidence(each.answers.get(), problem=problem)
    asking = ask(problem)
    [elsewhere] = behind(other)
    ask(other).asked.get().answer("no", "Juma pia.")
    first, second, _silent = asking.asked.all()
    first.answer("yes", "Namaanisha Juma.")
    second.answer("no", "Juma hapana.")
    close(asking)

    hiding = first.response.answers.get()
    hiding.mask(8, 12, "A name.", by=None, seen=hiding.fingerprint)

    assert set(asking.asked.values_list("own_words", flat=True)) == {"Namaanisha ████.", "████ hapana.", ""}
    assert {each.authors_words for each in asking.asked.all()} == {"Namaanisha Juma.", "Juma hapana.", ""}
    assert Asked.objects.get(response=elsewhere).own_words == "Juma pia."
    assert set(AuthorsText.objects.values_list("response", flat=True)) == {first.response_id, second.response_id}


def test_an_author_takes_their_words_back_from_readers_when_it_has_closed(client):
    problem = make_draft()
    responses = behind(problem, 6)
    asking = ask(problem)
    answer(asking, "yes", "yes", "yes", "part", "no")
    row = asking.asked.get(response=responses[0])
    row.answer("no", "Maneno yangu.", may_be_public=True)
    close(asking)
    asking.asked.filter(pk=row.pk).update(is_shown=True)
    address = page_of(responses[0], asking)
    before = read(client.get(address))

    page = client.post(address, {"action": "keep-back", "complete": "yes"})

    assert (page.status_code, page.url) == (302, address)
    assert "Readers may see these words, without your name." in before
    after = read(client.get(address))
    assert "Only the organizers may read these words." in after
    assert ("Maneno yangu." in after, "Do not show my words to readers any more" in after) == (True, False)
    assert list(Asked.objects.public()) == []
    assert Asked.objects.filter(said="no", own_words="Maneno yangu.", may_be_public=False).count() == 1


# --- Few answers ---------------------------------------------------------------------------------------------


def told_now(asking):
    [found] = understood([Asking.objects.get(pk=asking.pk)]).values()
    return found.answered, found.by_answer, found.is_withheld, found.tells_words


@pytest.mark.parametrize(("said", "is_told"), [(5, False), (9, False), (10, True)])
def test_organizers_who_know_most_answers_are_not_told_the_rest_unless_readers_see_it_too(said, is_told):
    # Four responses that an organizer has written, and one of somebody else.
    problem = make_draft()
    behind(problem, 12)
    asking = ask(problem)
    answer(asking, *["yes"] * (said - 1), "no")
    close(asking)

    before = told_now(asking)
    problem.published_at = timezone.now()
    problem.store()

    whole = (said, {"yes": said - 1, "part": 0, "no": 1})
    # What they wrote is for organizers, whatever is told of the numbers.
    assert before == (*(whole if is_told else (None, None)), not is_told, True)
    assert told_now(asking) == (*whole, False, True)


@pytest.mark.parametrize(("number", "warns"), [(1, False), (4, False), (5, True), (14, True), (15, False)])
def test_an_author_who_is_among_few_is_told_that_the_numbers_may_tell_their_answer(client, number, warns):
    problem = make_draft()
    [response, *_others] = behind(problem, number)

    text = read(client.get(page_of(response, ask(problem))))

    assert ("whoever knows what the others answer could work out what you answer" in text) is warns


def leave(responses):
    """Some withdraw, the others share with the organizers only."""
    for n, each in enumerate(responses):
        if n % 2:
            each.withdraw()
        else:
            each.share(sharing="organizers")


@pytest.mark.parametrize("number", [5, 10, 12])
def test_what_authors_read_about_the_others_does_not_tell_that_somebody_has_left(client, number):
    problem = make_draft()
    [response, *others] = behind(problem, number)
    address = page_of(response, ask(problem))
    before = read(client.get(address))
    assert f"with those of {number - 1} others" in before

    leave(others[:2])

    assert read(client.get(address)) == before


def test_an_author_who_is_among_few_once_many_have_left_is_told_too(client):
    problem = make_draft()
    [response, *others] = behind(problem, 15)
    address = page_of(response, ask(problem))

    leave(others[:6])

    assert "whoever knows what the others answer could work out what you answer" in read(client.get(address))


@pytest.mark.parametrize("is_open", [True, False])
def test_an_author_who_shares_with_organizers_only_is_told_that_their_answer_is_not_counted(client, is_open):
    problem = make_draft()
    [response, *_others] = behind(problem, 2)
    asking = ask(problem)
    asking.asked.get(response=response).answer("no")
    told = "If a response is for the organizers only when the last day ends, its answer is not counted."
    before = read(client.get(page_of(response, asking)))

    response.share(sharing="organizers")

    if not is_open:
        close(asking)
    assert (told in before, told in read(client.get(page_of(response, asking)))) == (False, True)


# --- No word is lost -----------------------------------------------------------------------------------------


def test_words_come_back_when_the_language_is_switched_after_the_last_day(client):
    problem = make_draft()
    [response] = behind(problem)
    asking = close(ask(problem))

    page = client.post(page_of(response, asking, "en"), {"action": "switch", "own_words": "Maneno <yangu>."})

    text = read(page)
    assert "The last day to answer is over. Nothing was changed; your words are below." in text
    assert "Maneno <yangu>." in text
    assert not Asked.objects.answered().exists()


def test_taking_an_answer_back_after_the_last_day_promises_no_words_where_none_were_typed(client):
    problem = make_draft()
    [response] = behind(problem)
    asking = ask(problem)
    asking.asked.get().answer("part")
    close(asking)

    text = read(client.post(page_of(response, asking), {"action": "take-back", "complete": "yes"}))

    assert "The last day to answer is over. Nothing was changed." in text
    assert "your words are below" not in text
    assert Asked.objects.get().said == "part"


# --- What authors are told -----------------------------------------------------------------------------------


def test_nobody_is_told_that_what_they_were_asked_about_was_published_when_it_went_into_something_else(client):
    gone, into = make_draft("gone", title="Gone"), make_draft("into", title="Into")
    [response] = behind(gone)
    Contact.objects.leave(response, "me@example.org", "en")
    asking = close(ask(gone))
    into.published_at = timezone.now()
    into.store()

    Merge.objects.merge(gone, into, by=None)

    assert [each.kind for each in happenings(response) if each.kind == "published"] == []
    assert "published" not in {each.kind for each in happenings_untold(Contact.objects.get())}
    own = read(client.get(f"/en/my-response/{response.key}/"))
    assert f'<a href="{page_of(response, asking)}"><span lang="en" dir="ltr">Gone</span>' in own
    assert "See it as readers do" not in read(client.get(page_of(response, asking)))


def test_what_was_asked_is_named_as_it_read_then(client):
    problem = make_draft(title="Closed doors", title_sv="Stängda dörrar")
    [response] = behind(problem)
    asking = close(ask(problem))
    problem.title_en = "Another title"
    problem.store()

    english, swedish = (read(client.get(f"/{code}/my-response/{response.key}/")) for code in ("en", "sv"))

    assert f'<a href="{page_of(response, asking)}"><span lang="en" dir="ltr">Closed doors</span>' in english
    assert f'<a href="{page_of(response, asking, "sv")}"><span lang="sv" dir="ltr">Stängda dörrar</span>' in swedish


@pytest.mark.parametrize("leaves", ["edits", "narrows"])
def test_nobody_is_written_to_about_words_that_are_not_published_at_the_moment(clock, leaves):
    problem = make_draft()
    [response] = behind(problem)
    Contact.objects.leave(response, "me@example.org", "en")
    ask(problem)
    if leaves == "edits":
        response.edit({response.answers.get().question: "Maneno mengine."})
    else:
        type(response).objects.filter(pk=response.pk).update(sharing="organizers")
    clock("2026-03-11")

    assert (send_askings(), mail.outbox) == (0, [])


# --- What is asked about stays -------------------------------------------------------------------------------


@pytest.mark.parametrize("position", [1, 2])
def test_a_clause_is_not_emptied_while_authors_are_asked_about_the_version(position):
    statement, clause = make_version()
    behind(clause.problems.get())
    ask(statement)
    clause.text_en, clause.position = "", position

    assert "stop the asking" in refusal(clause.store)

    assert Clause.objects.get().text_en == "Doors are closed."


@pytest.mark.parametrize("kind", ["problem", "clause", "statement"])
def test_nobody_is_asked_about_what_is_not_worded_in_english_yet(kind):
    statement, clause = make_version()
    problem = clause.problems.get()
    behind(problem)
    if kind == "problem":
        store(problem, title_en="", title_sv="Stängda dörrar", description_en="The doors are closed.")
    else:
        Clause.objects.update(text_en="", text_sv="Dörrar är stängda.")
    thing = {"problem": problem, "clause": clause, "statement": statement}[kind]

    assert refusal(ask, thing) == "Word all of it in English first: whoever lacks it in their language reads that."

    assert not Asked.objects.exists()
