"""A note at a mark is for coders: it is on no page of readers or authors, in no download and in no mail."""

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.urls import get_resolver, reverse

from outcomes.models import Clause, Quotation, Statement
from outcomes.news_mail import send_news
from responses.models import Contact
from tests.factories import (
    make_evidence,
    make_gathering,
    make_problem,
    make_response,
    make_solution,
    make_translation,
    make_user,
)

pytestmark = pytest.mark.django_db

NOTE = "OnlyForCoders"
# Where the passages, or what became of them, are told of: these have to be among the pages that were read.
TELLING = {
    "problem",
    "problems",
    "solution",
    "solutions",
    "statement",
    "statement_version",
    "response",
    "responses",
    "my_response",
    "my_response_data",
    "my_response_text",
    "translate_language",
    "translate_problem",
    "translate_solution",
    "translate_answer",
}


@pytest.fixture
def values():
    """A value for each part of an address. A mark with a note is behind whatever they lead to."""
    problem, solution = make_problem("doors"), make_solution("doors")
    solution.problems.add(problem)
    author = make_user("author", "Translator")
    told = {"sharing": "named", "display_name": "Amina", "gathering": make_gathering(), "user": author}
    response = make_response({"meaning": "Kila mtu ana nafasi."}, **told)
    Contact.objects.leave(response, "amina@example.org", "en")
    answer = response.answers.get()
    translation = make_translation(answer, language="en", text="Everybody has room.", translator=author)
    coder = make_user("coder")
    mark = make_evidence(answer, problem=problem, note=NOTE, coder=coder)
    make_evidence(answer, solution=solution, quote="room", translation=translation, note=NOTE, coder=coder)
    statement = Statement.objects.create(
        version="draft", title_en="S", announced_on="2026-12-07", published_at=problem.published_at
    )
    clause = Clause.objects.create(statement=statement, position=1, text_en="C")
    clause.problems.add(problem)
    Quotation.objects.quote(clause, mark, by=None).agree()
    return {
        "slug": "doors",
        "version": "draft",
        "language": "ar",
        "source": "sw",
        "form": "po",
        "pk": answer.pk,
        "suggestion": translation.pk,
        "translation": translation.pk,
        "mark": mark.pk,
        "code": response.code,
        "key": response.key,
        "token": "x",
    }


@pytest.mark.parametrize("who", [None, "author"])
def test_a_note_of_a_coder_is_on_no_page_of_readers_authors_and_translators(client, values, who):
    if who:
        client.force_login(User.objects.get(username=who))

    pages = {}
    for pattern in [each for app in ("responses", "outcomes") for each in get_resolver(f"{app}.urls").url_patterns]:
        address = reverse(pattern.name, kwargs={part: values[part] for part in pattern.pattern.converters})
        for query in ("", "?show=originals", "?q=nafasi"):
            pages[pattern.name, query] = client.get(address + query)

    read = {name for (name, query), page in pages.items() if page.status_code == 200}
    assert (TELLING if who else {name for name in TELLING if not name.startswith("translate")}) - read == set()
    assert [place for place, page in pages.items() if NOTE in page.getvalue().decode()] == []


def test_a_note_of_a_coder_is_in_no_mail(values):
    send_news()

    assert [NOTE in message.message().as_string() for message in mail.outbox] == [False]
