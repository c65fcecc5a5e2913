"""Who did what with an answer, a problem, a solution or a statement, when and why, for the desks."""

import itertools
import re
from dataclasses import replace

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q

from outcomes.models import (
    Asking,
    Clause,
    Coding,
    Evidence,
    JointDecision,
    Objection,
    Place,
    Quotation,
    Revision,
    SharedAnswer,
)
from responses.access.keys import CODE_ALPHABET
from responses.desk_log import is_told_by_a_row, log_about, log_of, names_of_rows
from responses.history import PAGE_OF_MANY, REVIEW, Cursor, Deed, are_at_once, deeds_about, start_of
from responses.kept_log import own_words_in
from responses.models import Recusal

# The right that it takes to be told who marked what.
CODE = "outcomes.view_evidence"
# As a row that belongs to an answer is named.
_CODES = re.compile(rf"\b([{CODE_ALPHABET}]{{8}})/")
# Logs that are looked through in one query. SQLite takes 500.
_MOST_AT_ONCE = 100
# Kinds of deeds that the log knows as well.
_ALSO_LOGGED = ("accepted", "declined", "asked", "undone", "masked", "unmasked", "looked_at")


def history_of_response(response, user) -> list[Deed]:
    """As far as somebody with the right to see the response may know it. Kinds beside those of `Deed`:

    marked, found, agreed, found_alike, decided_jointly, placed, quoted, quotation_refused
    """
    deeds = deeds_about(response)
    if response.is_withdrawn:
        return deeds
    deeds += [*_coding(response, user), *_agreement(response), *_quoting(response)]
    deeds += _logged_about(response, user, deeds)
    return [each for each in deeds if not each.right or user.has_perm(each.right)]


def history_of_answer(answer, user) -> list[Deed]:
    """What of the history of its response concerns an answer."""
    deeds = history_of_response(answer.response, user)
    return [each for each in deeds if not each.answers or answer.pk in each.answers]


def history_of_claim(claim, user, before: Cursor | None = None) -> list[Deed]:
    """What was done with a problem or solution before a place in the list; at least a page of it, if there is as much.

    Marks and what the log says may be many: of these only so many are looked up. What the log says of those that were
    merged into it is there too. Other kinds than above:
    proposed, published, reworded
    """
    deeds = [*_facts(claim), *_revisions(claim)]
    if user.has_perm(CODE):
        marks = Evidence.objects.visible_to(user).not_recused_by(user).of(claim).order_by("-created_at", "-pk")
        rows = _before(marks, "created_at", "marked", before)[: PAGE_OF_MANY + 1]
        rows = rows.select_related("coder").prefetch_related("answer__response", "answer__question")
        for each in rows:
            # The same for all of them: it need not be looked up for each.
            setattr(each, claim.kind(), claim)
            deeds.append(_marked(each, claim))
    # What went into it had a history too.
    keys = [claim.pk, *claim.merges.values_list("old_id", flat=True)]
    for some in itertools.batched(keys, _MOST_AT_ONCE, strict=False):
        deeds += _logged(_log_of_each(type(claim), some, before), user, before)
    return deeds + _logged(_log_of_askings(Asking.objects.about(claim)), user, before)


def history_of_statement(statement, user, before: Cursor | None = None) -> list[Deed]:
    """The same of a statement and its clauses, with what was quoted in them and who asked authors about them."""
    deeds = [*_facts(statement)]
    quoted = Quotation.objects.not_recused_by(user).filter(clause__statement=statement).order_by("-quoted_at", "-pk")
    deeds += [_refused(each) for each in quoted.filter(objected_on__isnull=False).select_related("evidence")]
    rows = _before(quoted, "quoted_at", "quoted", before)[: PAGE_OF_MANY + 1]
    rows = rows.select_related("quoted_by", "clause__statement", "evidence__answer__response")
    deeds += [_quoted(each) for each in rows.select_related("evidence__answer__question")]
    clauses = statement.clauses.values_list("pk", flat=True)
    askings = Asking.objects.filter(Q(statement=statement) | Q(clause__in=clauses))
    for log in (log_of(type(statement), [statement.pk]), log_of(Clause, clauses), _log_of_askings(askings)):
        deeds += _logged(log, user, before)
    return [each for each in deeds if not each.right or user.has_perm(each.right)]


def _before(rows, moment, kind, place):
    """Those rows whose deeds stand behind a place. moment: the field with their time."""
    if place is None:
        return rows
    at, other, key = place
    earlier = Q(**{f"{moment}__lt": at})
    if kind < other:
        earlier |= Q(**{moment: at})
    elif kind == other:
        earlier |= Q(**{moment: at, "pk__lt": key})
    # The moment alone, too: that is where an index begins.
    return rows.filter(earlier, **{f"{moment}__lte": at})


# --- Coders -------------------------------------------------------------------------------------------------------


def _coding(response, user):
    marks = Evidence.objects.visible_to(user).filter(answer__response=response)
    for mark in marks.select_related("coder", "problem", "solution", "answer__response", "answer__question"):
        yield _marked(mark, mark.claim)
    is_open = Exists(SharedAnswer.objects.open().filter(answer=OuterRef("answer")))
    codings = Coding.objects.filter(answer__response=response).exclude(is_open & ~Q(coder=user))
    for coding in codings.select_related("coder", "answer__question"):
        of = {"about": coding, "right": CODE, "answers": frozenset([coding.answer_id])}
        yield Deed("found", coding.finished_at, coding.pk, coding.coder, **of)
    places = Place.objects.filter(evidence__in=marks).select_related("confirmed_by", "translation", "evidence")
    for place in places.defer("translation__text", "translation__source_text"):
        of = {"about": place, "right": CODE, "answers": frozenset([place.evidence.answer_id])}
        yield Deed("placed", place.confirmed_at, place.pk, place.confirmed_by, **of)


def _marked(mark, claim):
    of = {"about": (mark, claim), "right": CODE, "answers": frozenset([mark.answer_id])}
    return Deed("marked", mark.created_at, mark.pk, mark.coder, **of)


def _agreement(response):
    agreed = SharedAnswer.objects.filter(answer__response=response, agreed_at__isnull=False)
    for shared in agreed.select_related("agreed_by", "answer__question"):
        kind = "agreed" if shared.agreed_by_id else "found_alike"
        of = {"about": shared, "right": CODE, "answers": frozenset([shared.answer_id])}
        by = "" if shared.agreed_by_id else "coders"
        yield Deed(kind, shared.agreed_at, shared.pk, shared.agreed_by, by=by, **of)
    decisions = JointDecision.objects.filter(shared__in=agreed).select_related("decided_by", "problem", "solution")
    for each in decisions.select_related("shared"):
        of = {"about": each, "right": CODE, "answers": frozenset([each.shared.answer_id])}
        yield Deed("decided_jointly", each.decided_at, each.pk, each.decided_by, why=each.note, **of)


def _quoting(response):
    quoted = Quotation.objects.filter(evidence__answer__response=response)
    for quotation in quoted.select_related("quoted_by", "clause__statement", "evidence__answer__question"):
        yield _quoted(quotation)
    for each in Objection.objects.filter(answer__response=response).defer("quote", "objection"):
        yield _refused(each)


def _refused(row):
    """row: what has `objected_on`, and belongs to an answer."""
    answer = row.evidence.answer_id if isinstance(row, Quotation) else row.answer_id
    of = {"right": CODE, "answers": frozenset([answer])}
    return Deed("quotation_refused", start_of(row.objected_on), row.pk, by="author", **of)


def _quoted(quotation):
    of = {"about": quotation, "right": CODE, "answers": frozenset([quotation.evidence.answer_id])}
    return Deed("quoted", quotation.quoted_at, quotation.pk, quotation.quoted_by, **of)


# --- Organizers ---------------------------------------------------------------------------------------------------


def _facts(row):
    """What is known of a row without the log."""
    if getattr(row, "proposed_at", None):
        yield Deed("proposed", row.proposed_at, row.pk, by="coders")
    if row.published_at:
        yield Deed("published", row.published_at, row.pk, by="organizers")


def _revisions(claim):
    for each in Revision.objects.filter(**{claim.kind(): claim}).select_related("replaced_by"):
        yield Deed("reworded", each.replaced_at, each.pk, each.replaced_by, about=each)


# --- What the log says --------------------------------------------------------------------------------------------


def _logged(log, user, before):
    """The newest of these entries, but for those that name a response of which somebody must not be told."""
    entries = list(_before(log, "action_time", "logged", before).order_by("-action_time", "-pk")[: PAGE_OF_MANY + 1])
    named = {code for each in entries for code in _CODES.findall(names_of_rows(each))}
    if named:
        agreeing = SharedAnswer.objects.open().filter(answer__response__code__in=named)
        hidden = agreeing.codes() | Recusal.objects.codes_of(user)
        entries = [each for each in entries if not hidden.intersection(_CODES.findall(names_of_rows(each)))]
    return [_entry(each) for each in entries]


def _log_of_each(model, keys, before):
    """What the log has about these rows: of several, the newest about each, which an index of all does not know."""
    if len(keys) == 1:
        return log_of(model, keys)
    newest = [
        _before(log_of(model, [key]), "action_time", "logged", before).order_by("-action_time", "-pk").values("pk")
        for key in keys
    ]
    # A part with an end of its own stands in a union only as a part of a part.
    first, *others = (LogEntry.objects.filter(pk__in=each[: PAGE_OF_MANY + 1]).values("pk") for each in newest)
    return LogEntry.objects.filter(pk__in=first.union(*others, all=True)).select_related("user", "content_type")


def _log_of_askings(askings):
    """Who has asked authors about something, has stopped it, or has shown what some of them wrote."""
    return log_of(Asking, askings.values_list("pk", flat=True))


def _entry(entry, **told):
    return Deed("logged", entry.action_time, entry.pk, entry.user, about=(entry, entry.get_change_message()), **told)


def _logged_about(response, user, deeds):
    """What the log has about a response and all that belongs to it, unless a row tells the same with more."""
    answers = {str(each): each.pk for each in response.answers.select_related("response", "question")}
    agreeing = SharedAnswer.objects.open().filter(answer__response=response).values_list("answer", flat=True)
    mine = {each.pk for each in ContentType.objects.filter(app_label="outcomes")}
    shared = ContentType.objects.get_for_model(SharedAnswer).pk
    made = {(each.kind, each.key) for each in deeds}
    also_logged = [each for each in deeds if each.kind in _ALSO_LOGGED]
    found, still_agreeing = [], set(agreeing)
    for entry in log_about(response):
        of_coders = entry.content_type_id in mine
        answer = answers.get(entry.object_repr.partition(" ")[0])
        if of_coders and answer in still_agreeing and entry.user_id != user.pk:
            continue
        if _is_told(entry, also_logged, made) or (entry.content_type_id == shared and not entry.change_message):
            continue
        of = {"right": CODE if of_coders else REVIEW, "answers": frozenset([answer] if answer else ())}
        told = _entry(entry, **of)
        if own := own_words_in(entry):
            told = replace(told, about=(entry, ""), why=own)
        found.append(told)
    return found


def _is_told(entry, also_logged, made):
    if entry.action_flag == ADDITION and entry.object_id.isdecimal():
        key = int(entry.object_id)
        return not made.isdisjoint({("marked", key), ("quoted", key)})
    if entry.action_flag == DELETION or not is_told_by_a_row(entry):
        return False
    return any(
        are_at_once(each.at, entry.action_time) and (each.who is None or each.who == entry.user) for each in also_logged
    )
