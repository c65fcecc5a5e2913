import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from outcomes.models import Evidence
from responses.access.keys import CODE_ALPHABET, key_of, new_submission, sha256_of
from responses.models import AccountLink, Answer, Contact, Question, Response, Translation, Version
from responses.models.sharing import AuthorDetails

from .factories import (
    DAY,
    make_affiliate,
    make_evidence,
    make_full_response,
    make_problem,
    make_response,
    make_translation,
    submit,
)

pytestmark = pytest.mark.django_db


def refused_by(name, response, **fields):
    """Whether the database itself refuses these values, by the constraint of this name."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Response.objects.filter(pk=response.pk).update(**fields)


def test_what_is_sent_waits_for_review_with_days_and_terms():
    response = submit({"meaning": "Watu wote.", "needs": "Intaneti."}, on=DAY)

    assert (response.status, response.submitted_on, response.agreed_on, response.terms_version) == (
        "submitted",
        DAY,
        DAY,
        "2",
    )
    assert list(response.answers.values_list("question__slug", "text", "prompt_text", "prompt_language")) == [
        ("meaning", "Watu wote.", "What does diversity mean in your context?", "en"),
        ("needs", "Intaneti.", "What specific needs should be addressed to advance your work?", "en"),
    ]


def test_sending_the_same_twice_stores_once_and_leads_to_the_same_link():
    submission = uuid.uuid4()

    first = submit({"needs": "Mtandao."}, submission=submission)
    second = submit({"needs": "Mtandao."}, submission=submission)

    assert (second.pk, second.key) == (first.pk, first.key)
    assert Response.objects.count() == 1


def test_another_text_under_the_same_submission_is_refused_and_changes_nothing():
    submission = uuid.uuid4()
    submit({"needs": "Mtandao."}, submission=submission)

    with pytest.raises(ValidationError) as refusal:
        submit({"needs": "Somebody else's words."}, submission=submission)

    assert refusal.value.code == "already_sent"
    assert list(Response.objects.values_list("answers__text", flat=True)) == ["Mtandao."]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_sending_the_same_many_times_at_once_stores_once():
    submission = uuid.uuid4()

    def send(_number):
        try:
            return submit({"needs": "Mtandao."}, submission=submission).code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as clicks:
        codes = set(clicks.map(send, range(24)))

    assert codes == set(Response.objects.values_list("code", flat=True))
    assert Response.objects.count() == 1
    assert Response.objects.get().answers.count() == 1


def test_the_key_is_found_by_its_hash_and_never_stored():
    submission = new_submission()
    response = submit(submission=submission)

    key = key_of(submission)

    assert response.key == key
    assert len(key) == 26
    assert list(Response.objects.with_key(key)) == [response]
    assert Response.objects.get().key_hash == sha256_of(key)
    assert key not in str(Response.objects.values().get())


def test_codes_are_random_and_have_no_letters_that_look_alike():
    codes = [submit(submission=uuid.uuid4()).code for _ in range(20)]

    assert len(set(codes)) == 20
    assert {letter for code in codes for letter in code} <= set(CODE_ALPHABET)


def test_a_response_keeps_days_and_no_moment():
    moments = {field.name for field in Response._meta.get_fields() if field.get_internal_type() == "DateTimeField"}

    assert moments == set()


def test_only_accepted_responses_that_are_not_for_organizers_are_published():
    public = make_response(sharing="unnamed")
    make_response(sharing="organizers")
    submit()
    submit().decline("Not about the questions.")
    make_response().withdraw()

    assert list(Response.objects.published()) == [public]


def test_accepting_publishes_on_the_day():
    response = submit()

    response.accept(on=date(2026, 5, 1))

    response.refresh_from_db()
    assert (response.status, response.accepted_on, response.is_published) == ("accepted", date(2026, 5, 1), True)


def test_accepting_what_has_changed_since_it_was_read_is_refused():
    response = submit({"meaning": "Read by the reviewer."})
    seen = response.fingerprint
    response.edit({question: "Changed meanwhile." for question in Question.objects.filter(slug="meaning")})

    with pytest.raises(ValidationError):
        response.accept(seen=seen)

    assert Response.objects.get().status == "submitted"


def test_declining_needs_a_reason_and_can_take_back_an_acceptance():
    response = make_response()

    with pytest.raises(ValidationError):
        response.decline("  ")
    response.decline("It names somebody who did not agree.")

    response.refresh_from_db()
    assert (response.status, response.accepted_on, response.decline_reason) == (
        "declined",
        None,
        "It names somebody who did not agree.",
    )


def test_a_withdrawn_response_can_be_neither_accepted_nor_declined_nor_edited():
    response = submit()
    response.withdraw()
    answers = {question: "Back again." for question in Question.objects.all()}

    for verb in (response.accept, lambda: response.decline("No."), lambda: response.edit(answers)):
        with pytest.raises(ValidationError):
            verb()

    assert list(Response.objects.values_list("status", "answers__text")) == [("withdrawn", None)]


def test_editing_an_accepted_response_takes_it_back_to_review():
    response = make_response({"meaning": "Before.", "needs": "Stays."})
    questions = Question.objects.in_bulk(field_name="slug")

    response.edit(
        {questions["meaning"]: "After.", questions["needs"]: "", questions["resources"]: "New."}, on=date(2026, 6, 1)
    )

    response.refresh_from_db()
    assert (response.status, response.submitted_on, response.accepted_on) == ("submitted", date(2026, 6, 1), None)
    assert dict(response.answers.values_list("question__slug", "text")) == {"meaning": "After.", "resources": "New."}


@pytest.mark.parametrize("text", ["", None])
def test_an_edit_that_leaves_no_answer_is_refused_and_changes_nothing(text):
    response = make_response({"meaning": "Moja.", "needs": "Mbili."})

    with pytest.raises(ValidationError, match="at least one"):
        response.edit(dict.fromkeys(Question.objects.all(), text))

    assert list(Response.objects.published()) == [response]
    assert set(response.answers.values_list("text", flat=True)) == {"Moja.", "Mbili."}
    assert response.versions.count() == 0


def test_sending_an_edit_that_changes_no_word_leaves_the_response_published():
    response = make_response({"meaning": "The same."})

    response.edit({question: "The same." for question in Question.objects.filter(slug="meaning")})

    assert list(Response.objects.published()) == [response]


def test_withdrawing_deletes_every_word_and_leaves_a_dated_tombstone():
    response = make_full_response()
    answer = response.answers.get()
    make_evidence(answer, quote="nafasi", translation=None)
    make_evidence(answer, problem=make_problem("other"), quote="مكان", translation=make_translation(answer))
    Contact.objects.leave(response, "me@example.org", "sv")
    response.keep_version()
    AccountLink.objects.open(response)

    response.withdraw(on=date(2026, 7, 1))

    stored = Response.objects.values().get()
    assert {name: value for name, value in stored.items() if value} == {
        "id": response.pk,
        "code": response.code,
        "key_hash": response.key_hash,
        "conversation_id": response.conversation_id,
        "is_sample": True,
        "status": "withdrawn",
        "withdrawn_on": date(2026, 7, 1),
        "sharing": "unnamed",
        "people": 1,
    }
    left = (Answer, Translation, Evidence, Contact, Version, AccountLink)
    assert [model.objects.count() for model in left] == [0] * 6


@pytest.mark.parametrize("name", ["language", *(field.name for field in AuthorDetails.detail_fields())])
def test_a_reviewer_vouches_for_every_detail_that_was_told(name):
    response = make_full_response()
    seen = response.fingerprint
    field = Response._meta.get_field(name)
    changed = make_affiliate().pk if name == "affiliate" else None if field.is_relation else field.get_default()
    changed = True if name == "may_be_translated" else changed

    setattr(response, field.attname, changed)

    assert response.fingerprint != seen


def test_readers_may_see_every_detail_but_only_as_its_author_chose():
    response = make_full_response()
    details = {field.name for field in AuthorDetails.detail_fields()} - {
        "sharing",
        "affiliate_name",
        "may_be_translated",
    }

    def shown(sharing):
        response.sharing = sharing
        return {name for name, _value in response.shown}

    assert {sharing: shown(sharing) for sharing in Response.Sharing.values} == {
        "named": details | {"words"},
        "affiliate": details - {"display_name", "written_by"} | {"words"},
        "unnamed": {"words"},
        "organizers": set(),
    }


def test_readers_see_the_author_as_the_author_chose():
    affiliate = make_affiliate(name="Wikimedia Testland")
    told = {"display_name": "A. Name", "written_by": "A. Scribe", "affiliate": affiliate}

    shown = {
        sharing: (r.public_name, r.public_scribe, r.public_group, r.shows_group, r.tells_how, r.licence)
        for sharing in Response.Sharing.values
        for r in [Response(sharing=sharing, **told)]
    }

    assert shown == {
        "named": ("A. Name", "A. Scribe", "Wikimedia Testland", True, True, "CC BY-SA 4.0"),
        "affiliate": ("", "", "Wikimedia Testland", True, False, "CC BY-SA 4.0"),
        "unnamed": ("", "", "", False, False, "CC0 1.0"),
        "organizers": ("", "", "", False, False, ""),
    }


def test_nobody_leaves_a_note_on_a_withdrawn_response():
    response = make_response()
    response.withdraw()

    with pytest.raises(ValidationError):
        response.note("Come back.")

    assert list(Response.objects.values_list("note_to_author", "noted_on")) == [("", None)]


def test_the_name_of_a_row_contains_no_words_of_its_author():
    response = make_response({"meaning": "Secret words."}, sharing="named", display_name="A. Name")

    assert str(response) == response.code


def test_the_database_refuses_what_must_not_exist():
    response = submit()

    refused_by("response_status_is_known", response, status="published")
    refused_by("response_sharing_is_known", response, sharing="everybody")
    refused_by("response_people_from_1_to_100000", response, people=0)
    refused_by("response_people_from_1_to_100000", response, people=10**9)
    refused_by("response_has_a_language", response, language="")
    refused_by("response_is_sent_under_terms", response, terms_version="")
    refused_by("response_is_sent_under_terms", response, agreed_on=None)
    refused_by("response_accepted_has_its_day", response, status="accepted")
    refused_by("response_accepted_has_its_day", response, accepted_on=DAY)
    refused_by("response_declined_has_a_reason", response, status="declined")
    refused_by("response_withdrawn_has_its_day", response, status="withdrawn")
    refused_by("response_shared_by_name_has_one", response, sharing="named")
    refused_by("response_shared_by_group_has_one", response, sharing="affiliate")
    refused_by("response_has_one_affiliate_at_most", response, affiliate=make_affiliate(), affiliate_name="Another")
