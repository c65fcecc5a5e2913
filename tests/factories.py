"""Rows for tests: plain functions. A test states every value that it asserts on."""

import uuid
from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, User
from django.db import models
from django.utils import timezone

from outcomes.models import Evidence, Problem
from outcomes.models.evidence import find_passage
from responses.access.keys import key_of, new_code, sha256_of
from responses.languages import UNLISTED
from responses.models import Affiliate, Answer, Gathering, Question, Region, Response, Translation

DAY = date(2026, 3, 1)


def make_user(name, *groups, **fields):
    user = User.objects.create_user(name, f"{name}@example.org", "a long password", **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def show_again(client, password="a long password"):
    """Whoever is signed in types the password once more, as before each change of what guards an account."""
    client.post("/en/accounts/reauthenticate/", {"password": password})


def make_affiliate(**fields):
    fields.setdefault("name", "Wikimedia Testland")
    fields.setdefault("kind", Affiliate.Kind.CHAPTER)
    return Affiliate.objects.create(**fields)


def submit(answers=None, *, submission=None, on=DAY, **fields):
    """A response as the respond page sends it. answers: {slug: text}."""
    fields.setdefault("language", "sw")
    answers = answers or {"meaning": "Kila mtu ana nafasi."}
    questions = {question.slug: question for question in Question.objects.all()}
    return Response.objects.submit(
        key_of(submission or uuid.uuid4()), {questions[slug]: text for slug, text in answers.items()}, on=on, **fields
    )


def make_response(answers=None, *, accepted_on=DAY, **fields):
    """An accepted response."""
    response = submit(answers, **fields)
    response.accept(on=accepted_on)
    return response


def make_full_response(**fields):
    """A response with something in every field that a row can have, so that data could leak from each of them."""
    response = make_response(**fields)
    told = {field.name: _filled(field) for field in Response._meta.concrete_fields if field.name not in FIXED}
    Response.objects.filter(pk=response.pk).update(**told | {"sharing": "named", "language": UNLISTED})
    response = Response.objects.get(pk=response.pk)
    empty = {field.name for field in Response._meta.concrete_fields if not getattr(response, field.attname)}
    assert empty == {"affiliate", "withdrawn_on"}
    return response


# What a response is found by; what its status says; and an affiliate, which is on the roster or has a name, never both.
FIXED = {"id", "code", "key_hash", "status", "withdrawn_on", "affiliate"}


def _filled(field):
    """A value that only this field has."""
    if isinstance(field, models.ForeignKey):
        makers = {
            Region: lambda: Region.objects.get(slug="nwe"),
            Gathering: make_gathering,
            User: lambda: make_user("me"),
        }
        return makers[field.related_model]()
    if isinstance(field, models.DateField):
        return DAY
    if isinstance(field, models.PositiveIntegerField):
        return 37
    if isinstance(field, models.BooleanField):
        return True
    return f"{field.name}!"[: field.max_length]


def make_gathering(**fields):
    key = key_of(uuid.uuid4())
    return Gathering.objects.create(**{"title": "A <café>", "code": new_code(), "key_hash": sha256_of(key), **fields})


def make_answer(text="Kila mtu ana nafasi.", **fields):
    """The only answer of an accepted response."""
    return Answer.objects.select_related("response", "question").get(
        response=make_response({"meaning": text}, **fields)
    )


def make_translation(answer=None, *, language="ar", text="لكل شخص مكان.", reviewed=True, **fields):
    answer = answer or make_answer()
    fields.setdefault("source_text", answer.text)
    if reviewed:
        # Its author has had time to object.
        fields = {"status": Translation.Status.REVIEWED, "reviewed_at": timezone.now(), "public_on": DAY, **fields}
    return Translation.objects.create(answer=answer, language=language, text=text, **fields)


def make_problem(slug="closed-doors", *, title="Closed doors", published=True, **fields):
    return Problem.objects.create(
        slug=slug, title_en=title, published_at=timezone.now() if published else None, **fields
    )


def make_evidence(answer=None, *, problem=None, quote="nafasi", stance="supports", translation=None, coder=None):
    answer = answer or make_answer()
    passage = find_passage(translation.text if translation else answer.text, quote)
    return Evidence.objects.mark(
        problem or make_problem(), answer, passage, stance=stance, coder=coder, translation=translation
    )
