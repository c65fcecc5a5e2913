"""A portal with many rows, made by a few statements: for what is measured on PostgreSQL."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from outcomes.models import (
    Asked,
    Asking,
    Clause,
    Coding,
    Evidence,
    Problem,
    Quotation,
    SharedAnswer,
    Solution,
    Statement,
)
from responses.models import (
    Affiliate,
    Answer,
    Conversation,
    Decision,
    Flag,
    Gathering,
    Inquiry,
    KnownLanguage,
    MachineDraftOrder,
    NamesText,
    Question,
    ReadingAid,
    ReadingRequest,
    Recusal,
    Region,
    Response,
    SearchText,
    Translation,
)
from tests.whole import IS_WHOLE

# Numbers of responses. What takes long is measured by `make long`.
FEW, MANY = 1_000, 100_000 if IS_WHOLE else 5_000
# The rows are committed: a transaction cannot vacuum, and without that PostgreSQL visits rows that an index could tell.
in_a_portal_of_its_own = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
# Of these there are more when there are more responses. Each stands behind those that it refers to.
OF_RESPONSES = [
    Gathering,
    Response,
    Answer,
    Translation,
    Flag,
    Recusal,
    Inquiry,
    Decision,
    ReadingRequest,
    ReadingAid,
    MachineDraftOrder,
    SearchText,
    NamesText,
    Evidence,
    Quotation,
    SharedAnswer,
    Coding,
    Asked,
]
LANGUAGES = ["sw", "ha", "es", "ar", "fr"]
# What a filter or a search may ask for and find in few responses.
RARE = {"language": "yo", "word": "upekee", "name": "mwanza", "affiliate": "Testland", "gathering": "rare"}
_RARELY = 30
# An odd number, so that ids of copies are unique, and as scattered as random ones.
_STEP = 4_398_046_511_093


def fill(number):
    """Make the first 1,000 responses, with what belongs to them, half of it dealt with; called again, as many more.

    The others are copies of these, with ids, codes and keys of their own. Of what `RARE` has there are as many, however
    many others there are.
    """
    if not Response.objects.exists():
        _fill_first()
    Response.objects.filter(language=RARE["language"]).delete()
    if number > FEW:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")  # references are right without being asked
            for model in OF_RESPONSES:
                cursor.execute(_copying(model, number // FEW))
            cursor.execute("SET session_replication_role = origin")
    _add_rare()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def empty():
    """Take them away, which would take long row by row."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(model._meta.db_table for model in OF_RESPONSES)} CASCADE")


def _copying(model, times):
    """SQL that copies all rows. times: how many of each there are then."""
    fields, table = model._meta.concrete_fields, model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in fields)
    copied = ", ".join(map(_copied, fields))
    # As they arrive.
    order = " ORDER BY submitted_on - copy % 28" if model is Response else ""
    return f"INSERT INTO {table} ({columns}) SELECT {copied} FROM {table}, generate_series(1, {times - 1}) copy{order}"


def _copied(field):
    if field.primary_key or field.related_model in OF_RESPONSES:
        return f'("{field.column}" + copy * {_STEP}) % {2**53}'
    if field.name in ("code", "key_hash", "duplicate_key"):
        return f"left(md5(concat_ws('-', {field.column}, copy)), {field.max_length})"
    if field.name == "submitted_on":
        return f'"{field.column}" - copy % 28'  # so that on no day all have the same status
    if field.name == "created_at":
        return f"\"{field.column}\" - copy * interval '1 minute'"
    return f'"{field.column}"'


def _fill_first():
    now, today = timezone.now(), timezone.localdate()
    days = [today - timedelta(days=number % 400) for number in range(FEW)]
    questions = list(Question.objects.order_by("position"))[:2]
    conversation = Conversation.objects.current()
    readers = User.objects.bulk_create(User(username=f"reader{n}") for n in range(10))
    KnownLanguage.objects.bulk_create(
        KnownLanguage(user=user, language=LANGUAGES[n % 5], reads=True) for n, user in enumerate(readers)
    )
    gatherings = Gathering.objects.bulk_create(
        Gathering(code=f"g{n:09}", key_hash=f"g{n}", conversation=conversation, title=f"Café {n}") for n in range(50)
    )
    # In turn: two of four are published; one waits for review; one is declined, withdrawn, asked or for organizers.
    responses = Response.objects.bulk_create(_response(n, days[n], conversation, gatherings) for n in range(FEW))
    answers = Answer.objects.bulk_create(
        Answer(
            response=response,
            question=question,
            text=f"Neno {n}: " + "kila mtu ana nafasi. " * 10,
            prompt_text="?",
            prompt_language="en",
            **_kept_of(response),
            is_coded=n % 8 == 0,
        )
        for n, response in enumerate(responses)
        if response.status != Response.Status.WITHDRAWN
        for question in questions
    )
    NamesText.objects.bulk_create(NamesText(response=each, words=f"jina {n}") for n, each in enumerate(responses))
    SearchText.objects.bulk_create(
        SearchText(answer=each, response=each.response, words=f"neno {n}") for n, each in enumerate(answers)
    )
    accepted = [each for each in answers if each.accepted_on]
    waiting = [each for each in responses if each.status == Response.Status.SUBMITTED]
    kinds = [kind for kind in Flag.Kind if kind not in (Flag.Kind.ALIKE, Flag.Kind.PHONE)]
    Flag.objects.bulk_create(
        Flag(
            response=each,
            kind=kinds[n % len(kinds)],
            words="Look again." * (kinds[n % len(kinds)] == Flag.Kind.READER),
            raised_on=days[n],
            ticked_off_at=now if n % 2 else None,
        )
        for n, each in enumerate(responses)
        if n % 3 == 0
    )
    Recusal.objects.bulk_create(
        Recusal(response=each, user=readers[1 + n % 9], recused_on=days[n])
        for n, each in enumerate(responses)
        if n % 30 == 0
    )
    Inquiry.objects.bulk_create(
        Inquiry(
            response=each,
            text="Who is meant?",
            asked_at=timezone.now() - timedelta(days=n % 400),
            replied_on=days[n] if n % 2 else None,
        )
        for n, each in enumerate(waiting)
        if n % 5 < 2
    )
    Decision.objects.bulk_create(
        Decision(response=each, decided_by=readers[0], before={}) for each in responses if each.accepted_on
    )
    ReadingRequest.objects.bulk_create(
        ReadingRequest(response=each, language="en", requested_by=readers[1]) for each in waiting[::2]
    )
    asked = {each.response_id for each in ReadingRequest.objects.all()[::2]}
    ReadingAid.objects.bulk_create(
        ReadingAid(answer=each, language="en", text="Everybody has a place.", source_text=each.text)
        for each in answers
        if each.response_id in asked
    )
    MachineDraftOrder.objects.bulk_create(MachineDraftOrder(answer=each, language="id") for each in accepted[::3])
    translations = [_translation(n, each, now, today, readers) for n, each in enumerate(accepted)]
    Translation.objects.bulk_create(translations)
    claims = [
        {"problem": Problem.objects.create(slug="filled", title_en="Filled", published_at=now)},
        {"solution": Solution.objects.create(slug="filled", title_en="Filled", published_at=now)},
    ]
    marks = Evidence.objects.bulk_create(
        _mark(each, readers[n % 10], **claims[n // 2 % 2], **_waits(n, days[n % FEW]))
        for n, each in enumerate(accepted)
        if n % 2 == 0
    )
    _ask_back([each for each in responses if each.accepted_on and each.sharing != "organizers"], now, today)
    statement = Statement.objects.create(version="filled", title_en="Filled", announced_on=today, published_at=now)
    clause = Clause.objects.create(statement=statement, position=1, text_en="Filled.")
    Quotation.objects.bulk_create(
        Quotation(clause=clause, evidence=each, objected_on=today if n % 4 == 0 else None)
        for n, each in enumerate(marks)
        if n % 5 == 0
    )
    # Of the shared sample, some have been read by two, some by one, some by nobody. Read are those that wait longest.
    shared = [each for n, each in enumerate(accepted) if n % 10 == 1 and not each.is_coded]
    SharedAnswer.objects.bulk_create(
        SharedAnswer(
            answer=each,
            first_finished_at=now if n % 3 else None,
            first_coder=readers[0] if n % 3 else None,
            both_finished_at=now if n % 3 == 2 else None,
            second_coder=readers[1] if n % 3 == 2 else None,
            agreed_at=now if n % 6 == 5 else None,
        )
        for n, each in enumerate(shared)
    )
    Coding.objects.bulk_create(
        Coding(answer=each, coder=coder, of_text=each.fingerprint)
        for n, each in enumerate(shared)
        for coder in readers[: n % 3]
    )
    half_read = SharedAnswer.objects.half_read().values("answer")
    Answer.objects.filter(pk__in=half_read).update(accepted_on=today - timedelta(days=500), is_coded=True)
    Translation.objects.keep_waiting()
    ReadingRequest.objects.keep_waiting()


def _ask_back(responses, now, today):
    """Two of three have answered, one of three in own words."""
    draft = Problem.objects.create(slug="asked", title_en="Asked")
    asking = Asking.objects.create(
        problem=draft, asked_at=now, closes_on=today + timedelta(days=20), words=[], number=len(responses)
    )
    Asked.objects.bulk_create(
        Asked(
            asking=asking,
            response=each,
            said="part" if n % 3 else "",
            answered_on=today if n % 3 else None,
            own_words="Zaidi ya hayo." if n % 3 == 2 else "",
        )
        for n, each in enumerate(responses)
    )


def _add_rare():
    """The newest of those that wait and of those that were accepted; their marks are the oldest."""
    today, coder = timezone.localdate(), User.objects.get(username="reader0")
    conversation, _is_new = Conversation.objects.get_or_create(
        slug="rare", defaults={"title_en": "Rare", "opens_on": today}
    )
    region, gathering = Region.objects.last(), Gathering.objects.filter(code=RARE["gathering"]).first()
    affiliate, _is_new = Affiliate.objects.get_or_create(name=RARE["affiliate"], defaults={"kind": "chapter"})
    gathering = gathering or Gathering.objects.create(
        code=RARE["gathering"], key_hash="rare", conversation=conversation, title="Warsha"
    )
    told = {"conversation": conversation, "region": region, "affiliate": affiliate, "gathering": gathering}
    told |= {"language": RARE["language"], "sharing": "affiliate", "is_sample": True}
    question = Question.objects.order_by("position").last()
    problem, _is_new = Problem.objects.get_or_create(slug="rare", defaults={"title_en": "Rare", "revision": 2})
    for n in range(2 * _RARELY):
        state = {"status": Response.Status.ACCEPTED, "accepted_on": today} if n % 2 else {}
        response = Response.objects.create(**_sent(f"rare{n}", today) | told | state)
        answer = Answer.objects.create(
            response=response,
            question=question,
            text="Neno la upekee.",
            prompt_text="?",
            prompt_language="en",
            **_kept_of(response),
        )
        SearchText.objects.create(answer=answer, response=response, words=f"neno la {RARE['word']}")
        NamesText.objects.create(response=response, words=f"warsha {RARE['name']}")
        Flag.objects.create(response=response, kind=Flag.Kind.PHONE)
        if n < 2:
            # One person knows few others.
            Recusal.objects.create(response=response, user=coder, recused_on=today)
        if n % 2:
            mark = _mark(answer, coder, problem=problem, stance="contradicts", is_of_older_words=True)
            mark.created_at -= timedelta(days=500)
            mark.save(force_insert=True)


def _kept_of(response):
    return {name: getattr(response, name) for name in ("accepted_on", "language", "conversation")}


def _mark(answer, coder, **told):
    fields = {"start": 0, "end": 4, "quote": "Neno", "after": answer.text[4:64], "stance": "supports"}
    return Evidence(answer=answer, coder=coder, **fields | told)


def _waits(n, day):
    """Of ten marks, one was edited away, and one was made under older words."""
    reworded = {"is_of_older_words": True, "reworded_on": day, "claim_revision": 0}
    return {0: {"lost_on": day}, 4: reworded}.get(n % 10, {})


def _sent(code, day):
    return {
        "code": code,
        "key_hash": code,
        "duplicate_key": code,
        "status": Response.Status.SUBMITTED,
        "submitted_on": day,
        "agreed_on": day,
        "terms_version": "2",
    }


def _response(n, day, conversation, gatherings):
    status, extra = Response.Status.ACCEPTED, {"accepted_on": day}
    if n % 4 == 1:
        status, extra = Response.Status.SUBMITTED, {}
    elif n % 4 == 3:
        status, extra = [
            (Response.Status.DECLINED, {"declined_on": day, "decline_reason": "Spam."}),
            (Response.Status.WITHDRAWN, {"withdrawn_on": day}),
            (Response.Status.ASKED, {}),
            (Response.Status.ACCEPTED, {"accepted_on": day, "sharing": "organizers"}),
        ][n // 4 % 4]
    place = {"gathering": gatherings[n // 2 % 50] if n % 2 else None, "conversation": conversation}
    return Response(**_sent(f"f{n:09}", day) | place | {"language": LANGUAGES[n % 5], "status": status} | extra)


def _translation(n, answer, now, today, readers):
    """In turn: three reviewed, two of them current; two suggested, one of them current; one objected to."""
    language = LANGUAGES[(LANGUAGES.index(answer.response.language) + 1) % 5]
    reviewed = {"status": Translation.Status.REVIEWED, "reviewed_at": now, "public_on": today}
    suggested = {"status": Translation.Status.SUGGESTED, "created_at": now - timedelta(days=n % 300)}
    state = [
        reviewed,
        suggested,
        reviewed,
        reviewed | {"public_on": None, "objected_on": today - timedelta(days=n % 300)},
        suggested | {"source_text": "Before."},
        reviewed | {"source_text": "Before."},
    ][n % 6]
    return Translation(
        answer=answer,
        language=language,
        **{"text": "Word", "source_text": answer.text, "translator": readers[n % 10], "reviewer": None} | state,
    )
