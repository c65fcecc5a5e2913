"""Reviewers find responses by unread words, names and codes; readers by neither."""

import pytest

from responses.models import NamesText, Response, SearchText
from tests.factories import make_affiliate, make_gathering, make_response, submit

pytestmark = pytest.mark.django_db


def telling(typed):
    return set(Response.objects.telling(typed, 100))


def test_unread_words_are_found_by_reviewers_and_not_by_readers(client):
    response = submit({"meaning": "Embe tamu."})

    assert telling("EMBE") == {response}
    assert list(Response.objects.published().saying("embe")) == []
    assert client.get("/en/responses/", {"q": "embe"}).context["entries"] == []


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("amina", {"sharing": "named", "display_name": "Ámina K."}),
        ("valley friends", {"affiliate_name": "Friends of the Valley"}),
        ("mwanza", {"place": "Mwanza"}),
        ("mwalimu", {"written_by": "Mwalimu"}),
        ("yuu", {"language": "und", "language_name": "Yuu"}),
    ],
)
def test_names_are_found_by_reviewers_and_never_by_readers(client, typed, fields):
    response = submit(**fields)
    other = submit()

    assert telling(typed) == {response}
    response.accept()
    other.accept()

    assert telling(typed) == {response}
    assert list(Response.objects.published().saying(typed)) == []
    assert client.get("/en/responses/", {"q": typed}).context["entries"] == []


def test_codes_gatherings_and_affiliates_are_found_whatever_the_affiliate_is_called_by_now():
    affiliate, gathering = make_affiliate(name="Wikimedia Kenya"), make_gathering(title="Warsha ya Moshi")
    at_gathering, of_affiliate, other = submit(gathering=gathering), submit(affiliate=affiliate), submit()
    affiliate.name = "Wikimedia Community Kenya"
    affiliate.save()

    assert telling("moshi") == telling(gathering.code) == {at_gathering}
    assert telling("community kenya") == {of_affiliate}
    assert telling(other.code.upper()) == {other}
    assert telling("\u200b") == telling("nobody") == set()


def test_what_its_author_changes_is_found_as_it_reads_now():
    response = submit({"meaning": "Embe."}, place="Mwanza")
    question = response.answers.get().question

    response.edit({question: "Ndizi."})
    response.share(sharing="unnamed", place="Moshi")

    assert (telling("embe"), telling("ndizi")) == (set(), {response})
    assert (telling("mwanza"), telling("moshi")) == (set(), {response})


def test_a_withdrawn_response_leaves_no_words_and_no_names():
    response = make_response({"meaning": "Embe."}, place="Mwanza")

    response.withdraw()

    assert (SearchText.objects.count(), NamesText.objects.count()) == (0, 0)


def test_a_language_that_was_listed_is_not_found_by_the_name_that_its_author_gave_it():
    response = submit(language="und", language_name="Yuu")

    response.list_language("sw")

    assert telling("yuu") == set()
