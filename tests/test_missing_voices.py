"""Whose voices are missing: what counts as an answer, what is hidden, and what nobody reads."""

from datetime import date

import pytest

from responses.missing_voices import missing_voices, unread_languages, voices_by_language
from responses.models import Conversation, Invitee, KnownLanguage, Region, Response
from tests.factories import (
    make_affiliate,
    make_conversation,
    make_gathering,
    make_response,
    make_user,
    put,
    submit,
)

pytestmark = pytest.mark.django_db

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def found(kind, conversation=None):
    """{name: (state, public, hidden, day of the latest)} of the invited, and the same of the others."""
    conversation = conversation or Conversation.objects.current()
    tables = {each.kind: each for each in missing_voices(conversation, voices_by_language(conversation))}

    def told(row):
        name = row.named.code if kind == "language" else str(row.named)
        hidden = "few" if row.voices.has_few_hidden else row.voices.hidden
        return name, (row.voices.state, row.voices.public, hidden, row.voices.latest_on)

    return dict(map(told, tables[kind].invited)), dict(map(told, tables[kind].others))


def invite(**who):
    Invitee.objects.invite(Conversation.objects.current(), by=None, **who)


def test_affiliates_have_answered_or_only_in_a_group_or_not_yet():
    alone, group, gathering, silent, uninvited = (make_affiliate(name=each) for each in "ABCDE")
    invite(affiliates=[alone, group, gathering, silent])
    make_response(affiliate=alone, sharing="affiliate", accepted_on=MARCH)
    make_response(affiliate=alone, sharing="affiliate", people=4, accepted_on=APRIL)
    make_response(affiliate=group, sharing="affiliate", people=4)
    make_response(affiliate=gathering, sharing="affiliate", gathering=make_gathering())
    make_response(affiliate=uninvited, sharing="affiliate")

    assert found("affiliate") == (
        {
            "A": ("answered", 2, 0, APRIL),
            "B": ("group", 1, 0, MARCH),
            "C": ("group", 1, 0, MARCH),
            "D": ("not", 0, 0, None),
        },
        {"E": ("answered", 1, 0, MARCH)},
    )


@pytest.mark.parametrize("status", ["declined", "withdrawn"])
def test_what_was_withdrawn_or_declined_counts_nowhere(status):
    affiliate, region = make_affiliate(), Region.objects.first()
    invite(affiliates=[affiliate], regions=[region], languages=["sw"])
    put(submit(affiliate=affiliate, region=region, sharing="affiliate"), status)

    counted = [found(kind) for kind in ("affiliate", "region", "language")]

    assert [list(invited.values()) for invited, _others in counted] == [[("not", 0, 0, None)]] * 3


def test_samples_and_other_conversations_do_not_count():
    invite(languages=["sw"])
    Response.objects.filter(pk=make_response().pk).update(is_sample=True)
    make_response(conversation=make_conversation())

    assert found("language") == ({"sw": ("not", 0, 0, None)}, {})


def test_of_a_group_that_readers_do_not_see_the_number_is_hidden_below_five_and_so_is_its_day():
    affiliate, region = make_affiliate(), Region.objects.first()
    invite(affiliates=[affiliate], regions=[region])
    make_response(affiliate=affiliate, region=region, sharing="affiliate", accepted_on=MARCH)
    for sharing in ("unnamed", "organizers", "unnamed"):
        make_response(affiliate=affiliate, region=region, sharing=sharing, on=MAY, accepted_on=MAY)
    submit(affiliate=affiliate, region=region, sharing="affiliate", on=MAY)

    few = found("affiliate")[0][str(affiliate)], found("region")[0][str(region)]
    submit(affiliate=affiliate, region=region, on=MAY)

    assert few == (("answered", 1, "few", MARCH), ("answered", 1, "few", MARCH))
    assert found("affiliate")[0] == {str(affiliate): ("answered", 1, 5, MAY)}


def test_of_a_language_all_that_is_published_is_public():
    make_response(language="ha", sharing="unnamed")
    make_response(language="ha", sharing="organizers")

    assert found("language") == ({}, {"ha": ("answered", 1, "few", MARCH)})


def test_a_language_that_is_not_listed_is_found_by_its_name_in_whatever_capitals_it_was_written():
    make_response(language="und", language_name="Kumzari")
    make_response(language="und", language_name="kumzari")
    conversation = Conversation.objects.current()

    [row] = missing_voices(conversation, voices_by_language(conversation))[2].others

    assert (row.named.autonym, row.voices.public, row.can_be_invited) == ("Kumzari", 2, False)


def unread():
    conversation = Conversation.objects.current()
    return {
        each.language.code: (each.has_reviewer, each.has_translator, {code.code for code in each.into})
        for each in unread_languages(voices_by_language(conversation))
    }


def test_what_waits_in_a_language_that_no_reviewer_reads_is_said():
    submit(language="ha")
    translator, reviewer = make_user("t", "Translator"), make_user("r", "Reviewer", is_staff=True)

    KnownLanguage.objects.know(translator, "ha", reads=True, writes=True)
    unknown = unread()
    KnownLanguage.objects.know(reviewer, "ha", reads=False, writes=True)
    written = unread()
    KnownLanguage.objects.know(reviewer, "ha", reads=True, writes=False)

    assert (unknown, written, unread()) == ({"ha": (False, True, set())}, {"ha": (False, True, set())}, {})


def test_what_is_public_in_a_language_that_no_translator_reads_is_said_with_the_languages_that_lack_one(settings):
    make_response(language="ha")
    everything = dict(settings.LANGUAGES).keys()
    translator = make_user("t", "Translator")

    nobody = unread()
    KnownLanguage.objects.know(make_user("somebody"), "ha", reads=True, writes=True)
    still_nobody = unread()
    KnownLanguage.objects.know(translator, "ha", reads=True, writes=False)
    KnownLanguage.objects.know(translator, "fr", reads=False, writes=True)

    assert nobody == still_nobody == {"ha": (True, False, set())}
    assert unread() == {"ha": (True, True, everything - {"fr"})}


def test_three_rows_cost_no_more_queries_than_one(django_assert_num_queries):
    conversation = Conversation.objects.current()
    for number in (1, 3):
        for each in range(number):
            affiliate = make_affiliate(name=f"{number} {each}")
            other = make_affiliate(name=f"{number} {each} other")
            make_response(affiliate=affiliate, sharing="affiliate", language="sw")
            make_response(affiliate=other, sharing="affiliate", language="ha", region=Region.objects.last())
            invite(affiliates=[affiliate], languages=["sw"], regions=[Region.objects.first()])
        with django_assert_num_queries(8):
            by_language = voices_by_language(conversation)
            missing_voices(conversation, by_language)
            unread_languages(by_language)
