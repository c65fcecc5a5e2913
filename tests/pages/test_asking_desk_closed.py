"""What organizers see of an asking when it has closed, and let readers see."""

import pytest
from django.contrib.admin.models import LogEntry

from outcomes.models import Asked
from responses.models import Recusal
from tests.askings import LIST, answer, ask, asked_on, behind, close, make_closed, make_draft, notice, publish, text_of
from tests.factories import change_current, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_promised():
    change_current(results_by=None)


@pytest.fixture
def organizer(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    return client


@pytest.fixture
def closed():
    return make_closed()


def logged():
    return list(LogEntry.objects.order_by("pk").values_list("change_message", flat=True))


def show(client, asking, action="show", words=None):
    chosen = words or asking.asked.get(own_words__startswith="Maneno")
    return client.post(f"{LIST}{asking.pk}/change/", {"words": chosen.pk, "action": action}, follow=True)


def test_organizers_read_own_words_without_a_code_an_answer_or_a_day(organizer, closed):
    page = organizer.get(f"{LIST}{closed.pk}/change/")

    text = text_of(page)
    assert "6 responses stand behind this (at least 6 people)." in text
    # Of so few, organizers see the numbers when readers do.
    assert "From five to nine have answered." in text
    assert ("answered:" in text, "not told any more" in text) == (False, False)
    assert text.index("Mafupi.") < text.index("Maneno marefu <zaidi> ya haya.")
    whole = page.content.decode()
    # Their keys are random, and in the form only of words that may be shown.
    assert [each.response.code for each in closed.asked.all() if each.response.code in whole] == []
    assert [str(each.pk) for each in closed.asked.all() if str(each.pk) in whole] == [
        str(closed.asked.get(own_words__startswith="Maneno").pk)
    ]


def test_no_unread_word_is_public_and_none_without_the_box_of_its_author(client, closed):
    publish(closed.problem)
    before = client.get("/en/problems/closed-doors/").content.decode()
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    show(client, closed)
    refused = show(client, closed, words=closed.asked.get(own_words="Mafupi."))

    assert ("Maneno" in before, "Mafupi." in before) == (False, False)
    assert "These words cannot be shown any more." in text_of(refused)
    after = client.get("/en/problems/closed-doors/").content.decode()
    assert '<blockquote class="words" lang="" dir="auto"><p>Maneno marefu &lt;zaidi&gt; ya haya.</p>' in after
    assert "Mafupi." not in after
    assert logged() == ["Own words shown"]
    show(client, closed, "hide")
    assert "Maneno" not in client.get("/en/problems/closed-doors/").content.decode()


@pytest.mark.parametrize("chosen", ["", "x", "9" * 5000, "-1"])
def test_words_that_nobody_has_are_not_shown(organizer, closed, chosen):
    page = organizer.post(f"{LIST}{closed.pk}/change/", {"words": chosen, "action": "show"}, follow=True)

    assert "These words cannot be shown any more." in text_of(page)
    assert not Asked.objects.filter(is_shown=True).exists()


def test_own_words_are_read_by_nobody_once_one_of_those_asked_has_left(organizer, closed):
    publish(closed.problem)
    show(organizer, closed)
    closed.asked.filter(said="").get().response.withdraw()

    page, public = organizer.get(f"{LIST}{closed.pk}/change/"), organizer.get("/en/problems/closed-doors/")

    assert [words in text_of(each) for each in (page, public) for words in ("Maneno", "Mafupi.", "answered:")] == [
        False
    ] * 6
    assert notice(public).startswith(f"{asked_on(closed)} 5 responses stand behind this (at least 5 people).")


def test_own_words_are_not_read_when_fewer_than_five_have_answered(organizer):
    problem = make_draft()
    behind(problem, 6)
    asking = ask(problem)
    for row in answer(asking, "yes", "no", "no", "part")[:4]:
        row.answer("no", "Maneno ya siri.", may_be_public=True)
    close(asking)

    text = text_of(organizer.get(f"{LIST}{asking.pk}/change/"))

    assert ("Maneno ya siri." in text, "Fewer than five answered." in text) == (False, True)
    assert "These words cannot be shown any more." in text_of(show(organizer, asking, words=asking.asked.first()))


def test_whoever_knows_one_of_those_who_were_asked_reads_no_own_words(organizer, closed):
    Recusal.objects.recuse(make_user("other"), closed.asked.first().response)
    assert "Mafupi." in text_of(organizer.get(f"{LIST}{closed.pk}/change/"))
    me = organizer.get("/admin/").wsgi_request.user

    Recusal.objects.recuse(me, closed.asked.filter(own_words="").first().response)

    text = text_of(organizer.get(f"{LIST}{closed.pk}/change/"))
    assert "You know who wrote one of the responses that were asked" in text
    assert ("Mafupi." in text, "Maneno" in text) == (False, False)


def test_what_has_closed_waits_on_the_first_page(organizer, closed):
    assert f'href="{LIST}{closed.pk}/change/"' in organizer.get("/admin/").content.decode()
    listed = organizer.get(f"{LIST}?state=waits")
    assert list(listed.context["cl"].result_list) == [closed]
    assert list(organizer.get(f"{LIST}?state=open").context["cl"].result_list) == []

    publish(closed.problem)

    assert "Authors have been asked" not in text_of(organizer.get("/admin/"))


def test_organizers_see_the_numbers_of_few_answers_when_readers_see_them(organizer, closed):
    publish(closed.problem)

    text = text_of(organizer.get(f"{LIST}{closed.pk}/change/"))

    assert "5 answered: 3 yes, 1 in part, 1 no." in text
    assert "From five to nine have answered." not in text


def test_organizers_are_told_to_wait_while_what_was_sent_on_the_last_day_is_stored(organizer, clock):
    problem = make_draft()
    behind(problem, 6)
    asking = ask(problem)
    clock("2026-03-25", hour=12)

    text = text_of(organizer.get(f"{LIST}{asking.pk}/change/"))

    assert "What was sent on the last day is still being stored. Come back in a few minutes." in text
    assert ("stand behind this" in text, "none of those who were asked" in text) == (False, False)
