import random
import statistics
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from responses.language_statistics import SMALLEST_SHOWN, numbers_by_language
from responses.models import Answer, KnownLanguage, Translation

from .factories import DAY, make_answer, make_translation, make_user

pytestmark = pytest.mark.django_db


def recount():
    """The same numbers, counted row by row."""
    answers = [each for each in Answer.objects.published() if not each.response.is_sample]
    rows = [
        each
        for each in Translation.objects.filter(answer__in=answers).select_related("answer__response")
        if each.status != "replaced"
        and each.objected_on is None
        and not (each.origin == "machine" and each.status == "suggested")
    ]
    current = [each for each in rows if each.source_text == each.answer.text]
    reviewed = [each for each in current if each.status == "reviewed"]
    public = {each.answer_id for each in reviewed if each.public_on and each.public_on <= timezone.localdate()}
    writers = {
        each.user_id: each
        for each in KnownLanguage.objects.filter(writes=True)
        if each.user.has_perm("responses.add_translation")
    }
    codes = {each.response.language for each in answers} | {each.language for each in rows}
    codes |= {each.language for each in writers.values()}
    found = {}
    for code in codes:
        into = [each for each in reviewed if each.language == code]
        days = [(each.reviewed_at.date() - each.answer.response.accepted_on).days for each in into]
        found[code] = (
            sum(each.response.language == code for each in answers),
            sum(each.response.language == code and each.pk not in public for each in answers),
            len({each.answer_id for each in current if each.language == code}),
            len({each.answer_id for each in reviewed if each.language == code}),
            len({each.answer_id for each in rows if each.language == code and each not in current}),
            statistics.median(days) if days else None,
            len(
                {user for user, each in writers.items() if each.language == code}
                | {each.translator_id for each in rows if each.language == code and each.translator_id}
            ),
        )
    return found


def counted():
    return {
        each.language.code: (
            each.written, each.unread, each.translated, each.reviewed, each.outdated, each.days, each.translators
        )
        for each in numbers_by_language()
    }  # fmt: skip


def test_the_numbers_by_language_agree_with_a_recount():
    chance = random.Random(5)  # noqa: S311  (repeatable, not secret)
    people = [make_user(f"t{n}", *chance.choice([("Translator",), ()])) for n in range(12)]
    for user in people:
        KnownLanguage.objects.know(user, chance.choice(["ar", "es", "ha"]), reads=True, writes=chance.random() < 0.8)
    for n in range(30):
        hidden = {"sharing": "organizers"} if chance.random() < 0.3 else {}
        answer = make_answer(f"Neno {n}.", language=chance.choice(["sw", "ha", "es"]), **hidden)
        for language in ("ar", "es", "sw"):
            if language != answer.response.language and chance.random() < 0.6:
                make_translation(
                    answer,
                    language=language,
                    translator=chance.choice(people),
                    source_text=chance.choice([answer.text, answer.text, "Before."]),
                    public_on=chance.choice([DAY, timezone.localdate() + timedelta(days=1)]),
                    reviewed_at=datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=chance.randrange(40)),
                )
            elif language != answer.response.language and chance.random() < 0.5:
                make_translation(answer, language=language, reviewed=False, origin=chance.choice(["human", "machine"]))
    assert DAY.isoformat() == "2026-03-01"

    assert counted() == recount()
    assert len(counted()) == 4


def test_a_review_before_the_latest_acceptance_does_not_count_as_waiting_time():
    for reviewed_on in (datetime(2026, 3, 11, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)):
        make_translation(make_answer(accepted_on=date(2026, 3, 1)), reviewed_at=reviewed_on)

    assert counted()["ar"][5] == 10


def test_readers_see_fewer_than_five_instead_of_a_small_number_of_translators(client):
    for n in range(SMALLEST_SHOWN):
        user = make_user(f"t{n}", "Translator")
        KnownLanguage.objects.know(user, "sw", reads=True, writes=True)
        if n < SMALLEST_SHOWN - 1:
            KnownLanguage.objects.know(user, "ha", reads=True, writes=True)

    html = client.get("/en/languages/").content.decode()
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    admin = client.get("/admin/responses/knownlanguage/?numbers=1").content.decode()

    assert html.count("fewer than 5") == 1
    assert "t0" not in html
    assert ("fewer than" in admin, " · ".join(f"<bdi>t{n}</bdi>" for n in range(SMALLEST_SHOWN - 1)) in admin) == (
        False,
        True,
    )


def test_the_page_says_how_many_answers_have_no_public_translation(client):
    make_answer(language="ha")
    make_translation(make_answer(language="sw"))
    make_answer(language="ln", sharing="organizers")
    make_answer(language="sn", is_sample=True)

    page = client.get("/en/languages/")

    assert [(each.language.code, each.unread) for each in page.context["unread"]] == [("ha", 1)]
    assert "Nothing has been published yet." not in page.content.decode()


def test_the_page_says_if_there_are_no_answers_yet(client):
    assert "Nothing has been published yet." in client.get("/en/languages/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_number_of_queries_however_many_languages_it_lists(
    client, django_assert_num_queries, number
):
    for code in ("sw", "ha", "ln")[:number]:
        make_translation(make_answer(language=code))

    # One for the conversations. Eight queries count, seven store the result in the cache for a minute; then one reads
    # it from there.
    with django_assert_num_queries(16):
        first = client.get("/en/languages/").content
    with django_assert_num_queries(2):
        assert client.get("/en/languages/").content == first


def test_the_numbers_are_for_organizers_and_have_one_page(client):
    client.force_login(make_user("coder", "Coder", is_staff=True))
    address = "/admin/responses/knownlanguage/"
    assert client.get(address).status_code == 403
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    assert client.get(f"{address}1/change/").url == address
