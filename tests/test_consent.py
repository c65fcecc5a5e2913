"""Translations and quotations become public only after their author has had time to object."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from outcomes.models import Clause, Evidence, Quotation, Statement
from responses.models import Answer, Response, Translation
from responses.models.sharing import OBJECTION_DAYS
from tests.factories import make_answer, make_evidence, make_problem, make_translation, make_user

pytestmark = pytest.mark.django_db


def review(answer=None, text="لكل شخص مكان."):
    """A translation that has just been reviewed and that its author has not answered yet."""
    answer = answer or make_answer()
    translation = Translation.objects.suggest(answer, "ar", text, translator=None, source_text=answer.text)
    reviewer = make_user(f"reviewer{Translation.objects.count()}")
    translation.review(by=reviewer, seen=translation.fingerprint)
    return translation


def quote(evidence=None):
    statement, _is_new = Statement.objects.get_or_create(
        version="2017", defaults={"title_en": "S", "announced_on": "2017-12-07", "published_at": timezone.now()}
    )
    clause, _is_new = Clause.objects.get_or_create(statement=statement, position=1, defaults={"text_en": "C"})
    return Quotation.objects.quote(clause, evidence or make_evidence(), by=None)


def days_later(made, days):
    type(made).objects.filter(pk=made.pk).update(public_on=made.public_on - timedelta(days=days))


@pytest.mark.parametrize("make", [review, quote])
def test_a_translation_or_quotation_becomes_public_on_the_stated_day_and_not_earlier(make):
    made = make()

    assert made.public_on == timezone.localdate() + timedelta(days=OBJECTION_DAYS)
    days_later(made, OBJECTION_DAYS - 1)
    assert list(type(made).objects.published()) == []
    days_later(made, OBJECTION_DAYS)
    assert list(type(made).objects.published()) == [made]
    assert type(made).objects.get().is_public


@pytest.mark.parametrize("make", [review, quote])
def test_the_author_can_agree_to_publish_a_translation_or_quotation_at_once(make):
    made = make()

    made.agree()

    assert list(type(made).objects.published()) == [made]


@pytest.mark.parametrize("make", [review, quote])
def test_silence_counts_as_consent_only_if_the_terms_said_so(make):
    answer = make_answer()
    Response.objects.update(terms_version="1")
    answer.response.refresh_from_db()
    made = make(answer) if make is review else make(make_evidence(answer))

    assert made.public_on is None
    assert made.awaits_author
    assert list(type(made).objects.published()) == []
    made.agree()
    assert list(type(made).objects.published()) == [made]


@pytest.mark.parametrize("days", [0, OBJECTION_DAYS + 30])
@pytest.mark.parametrize("make", [review, quote])
def test_an_objection_hides_a_translation_or_quotation_at_once_whether_public_or_not(make, days):
    made = make()
    days_later(made, days)

    made.refuse("That is not what I mean.")

    stored = type(made).objects.get()
    assert (stored.public_on, stored.objected_on, stored.objection) == (
        None,
        timezone.localdate(),
        "That is not what I mean.",
    )
    assert list(type(made).objects.published()) == []
    with pytest.raises(ValidationError, match="objected"):
        made.agree()


def test_an_answer_whose_translation_was_objected_to_lacks_a_translation_again():
    translation = review()
    assert list(Answer.objects.lacking_translation("ar")) == []

    translation.refuse()

    assert list(Answer.objects.lacking_translation("ar")) == [translation.answer]
    assert list(Translation.objects.objected()) == [translation]


def test_a_better_translation_replaces_the_one_objected_to():
    first = review()
    first.refuse()

    second = review(first.answer, "ترجمة أفضل.")
    second.agree()

    assert list(Translation.objects.published()) == [second]
    assert Translation.objects.get(pk=first.pk).status == Translation.Status.REPLACED
    assert list(Translation.objects.objected().reviewed()) == []


def test_the_authors_correction_hides_the_translation_and_waits_for_review():
    translation = review()

    own = Translation.objects.correct(translation, "كما أقولها أنا.")

    assert (own.status, own.origin, own.translator, own.text) == ("suggested", "author", None, "كما أقولها أنا.")
    assert not own.is_outdated
    assert list(Translation.objects.published()) == []
    own.review(by=make_user("another"), seen=own.fingerprint)
    assert Translation.objects.get(pk=own.pk).is_reviewed


@pytest.mark.parametrize("text", ["", " \n", "لكل شخص مكان."])
def test_a_correction_must_differ_from_the_translation(text):
    translation = review()

    with pytest.raises(ValidationError):
        Translation.objects.correct(translation, text)
    assert not Translation.objects.get().is_objected_to


def test_a_passage_in_a_translation_is_not_evidence_once_its_author_objects():
    answer = make_answer()
    translation = make_translation(answer)
    evidence = make_evidence(answer, quote="مكان", translation=translation)
    assert list(Evidence.objects.published()) == [evidence]

    translation.refuse()

    assert list(Evidence.objects.published()) == []
    assert Evidence.objects.get().passage is None


def test_a_passage_in_a_translation_is_not_evidence_before_the_translation_is_public():
    translation = review()
    evidence = make_evidence(translation.answer, quote="مكان", translation=translation)

    assert list(Evidence.objects.found()) == []
    assert Evidence.objects.get().passage is None
    days_later(translation, OBJECTION_DAYS)
    assert list(Evidence.objects.found()) == [evidence]


def test_a_quotation_disappears_with_its_passage_and_with_its_response():
    quotation = quote()
    quotation.agree()

    answer = quotation.evidence.answer
    answer.response.edit({answer.question: "Entirely other words."})
    assert list(Quotation.objects.published()) == []
    answer.response.withdraw()
    assert Quotation.objects.count() == 0


def test_a_passage_can_be_quoted_beside_a_clause_only_once():
    quotation = quote()

    with pytest.raises(ValidationError, match="already"):
        Quotation.objects.quote(quotation.clause, quotation.evidence, by=None)


def test_a_response_for_the_organizers_only_is_never_quoted():
    evidence = make_evidence(make_answer(sharing="organizers"), problem=make_problem("other"))
    quotation = quote(evidence)
    quotation.agree()

    assert list(Quotation.objects.published()) == []


def test_the_authors_own_wording_hides_the_other_one_though_that_was_public():
    translation = make_translation()

    Translation.objects.correct(translation, "كما أقولها أنا.")

    assert list(Translation.objects.published()) == []
    assert Translation.objects.get(pk=translation.pk).is_objected_to


def test_a_correction_is_one_of_the_answer_that_was_translated():
    make_answer("Somebody else's answer.")
    translation = make_translation(make_answer("Kila mtu."))

    own = Translation.objects.correct(translation, "كما أقولها أنا.")

    assert (own.answer, own.source_text) == (translation.answer, "Kila mtu.")


def test_authors_are_shown_the_drafts_that_readers_see_or_would_see_if_they_had_not_objected():
    def draft(**fields):
        return make_translation(reviewed=False, origin="machine", **fields)

    draft()
    public, coming, refused = (
        draft(public_on=timezone.localdate()),
        draft(public_on=timezone.localdate() + timedelta(days=3)),
        draft(objected_on=timezone.localdate()),
    )

    assert list(Translation.objects.for_author()) == [public, coming, refused]
