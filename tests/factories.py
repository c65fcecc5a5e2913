"""Rows for tests: plain functions. A test states every value that it asserts on."""

import uuid
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, User
from django.db import models
from django.utils import timezone

from outcomes.models import Evidence, Problem, Solution
from responses.access.keys import key_of, new_code, sha256_of
from responses.languages import UNLISTED
from responses.languages.passages import find_passage
from responses.models import (
    Affiliate,
    Answer,
    Conversation,
    DeclineReason,
    Gathering,
    Question,
    Region,
    Response,
    Translation,
)

DAY = date(2026, 3, 1)


def freeze(monkeypatch, moment):
    """The portal's clock stands still at a moment, such as "2026-03-01T12:00Z"."""
    now = datetime.fromisoformat(moment)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def make_conversation(slug="next", *, questions=("meaning", "needs", "resources"), **fields):
    """A conversation that is not current, unless the fields say so."""
    fields.setdefault("title", f"Conversation {slug}")
    fields.setdefault("opens_on", DAY)
    conversation = Conversation.objects.create(slug=slug, **fields)
    conversation.questions.set(Question.objects.filter(slug__in=questions))
    return conversation


def change_current(**fields):
    """The current conversation, with other days. It has been open for a long time, unless the fields say otherwise."""
    Conversation.objects.filter(is_current=True).update(**{"opens_on": date(2026, 1, 10), **fields})
    return Conversation.objects.current()


def make_march():
    """The current conversation: open in March 2026, with results promised by 1 May."""
    current = Conversation.objects.current()
    current.title_en, current.title_sv = "What do you need?", "Vad behöver du?"
    current.opens_on, current.closes_on, current.results_by = date(2026, 3, 1), date(2026, 3, 31), date(2026, 5, 1)
    current.store()
    return current


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
    fields.setdefault("conversation", Conversation.objects.current())
    return Response.objects.submit(
        key_of(submission or uuid.uuid4()), {questions[slug]: text for slug, text in answers.items()}, on=on, **fields
    )


def make_response(answers=None, *, accepted_on=DAY, **fields):
    """An accepted response."""
    response = submit(answers, **fields)
    response.accept(on=accepted_on)
    return response


def put(response, status):
    """Into a status, as reviewers and its author do it."""
    if status == "asked":
        Response.objects.filter(pk=response.pk).update(status=status)
    elif status == "accepted":
        response.accept()
    elif status == "declined":
        response.decline("No.")
    elif status == "withdrawn":
        response.withdraw()


def make_full_response(**fields):
    """A response with something in every field that a row can have, so that data could leak from each of them."""
    response = make_response(**fields)
    told = {field.name: _filled(field) for field in Response._meta.concrete_fields if field.name not in FIXED}
    Response.objects.filter(pk=response.pk).update(**told | CHOSEN)
    response = Response.objects.get(pk=response.pk)
    empty = {field.name for field in Response._meta.concrete_fields if not getattr(response, field.attname)}
    assert empty == {"affiliate", "withdrawn_on", "may_be_translated"}
    return response


# What a response is found by; what its status says; and an affiliate, which is on the roster or has a name, never both.
FIXED = {"id", "code", "key_hash", "status", "withdrawn_on", "affiliate"}
# What only certain values may be in.
CHOSEN = {"sharing": "named", "language": UNLISTED, "content_kinds": "violence", "added_kinds": "abuse insults"}
CHOSEN |= {"may_be_translated": False}


def _filled(field):
    """A value that only this field has."""
    if isinstance(field, models.ForeignKey):
        makers = {
            Conversation: Conversation.objects.current,
            Region: lambda: Region.objects.get(slug="nwe"),
            DeclineReason: lambda: DeclineReason.objects.get(slug="attacks-somebody"),
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
    fields.setdefault("conversation", Conversation.objects.current())
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
    translation = Translation.objects.create(answer=answer, language=language, text=text, **fields)
    answer.translations.keep_waiting()
    translation.refresh_from_db(fields=["to_review_since", "to_replace_since"])
    return translation


def make_problem(slug="closed-doors", *, title="Closed doors", published=True, **fields):
    return Problem.objects.create(
        slug=slug, title_en=title, published_at=timezone.now() if published else None, **fields
    )


def make_solution(slug="open-doors", *, title="Open doors", published=True, **fields):
    return Solution.objects.create(
        slug=slug, title_en=title, published_at=timezone.now() if published else None, **fields
    )


def store(claim, by=None, **fields):
    """As an organizer changes it. Returns it as it is stored now."""
    row = type(claim).objects.get(pk=claim.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    row.store(by=by)
    return row


def make_evidence(answer=None, *, problem=None, solution=None, quote="nafasi", stance="supports", **how):
    """A mark for a problem or a solution; without one, for a new problem. how: as for `mark`."""
    answer, translation = answer or make_answer(), how.get("translation")
    passage = find_passage(translation.text if translation else answer.text, quote)
    claim = problem or solution or make_problem()
    return Evidence.objects.mark(claim, answer, passage, stance=stance, **{"coder": None} | how)
