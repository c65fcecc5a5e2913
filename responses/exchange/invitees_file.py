"""Who was invited to a conversation as CSV, out and in. Nothing is ever deleted."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from responses.languages import languages
from responses.languages.text_matching import name_key
from responses.models import Affiliate, Conversation, Invitee, Region
from responses.models.conversation import has_begun
from responses.models.invitee import KINDS
from responses.validators import organizers_text

from .csv_tables import read_table, written
from .roster_changes import Cells, Change, Plan, plan_of

COLUMNS = [*KINDS, "invited_on", "reminded_on", "note"]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def invitees_csv(conversation: Conversation) -> bytes:
    """All who were invited to a conversation. Read for another one, it invites the same there."""
    rows = conversation.invitees.select_related("affiliate", "region")
    every = sorted(rows, key=lambda each: (KINDS.index(each.kind), _cells(each)))
    return written(COLUMNS, (_cells(each) for each in every))


def plan_invitees(conversation: Conversation, data: bytes, *, lock: bool = False) -> Plan:
    """What the file would change. Columns that it does not have, and days that it leaves empty, stay as they are.

    lock: let nobody else invite to the conversation until the end of the transaction. Raises ValidationError if the
    file cannot be read.
    """
    rows = read_table(data, COLUMNS, [])
    if lock:
        Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    stored = conversation.invitees.select_related("affiliate", "region").order_by("pk")
    # Every row that may change is held too: its own page does not lock the conversation.
    held = stored.select_for_update(of=("self",), no_key=True) if lock else stored
    there = {each.key: each for each in held}
    known = _known()
    return plan_of([_change(row, conversation, known, there) for row in rows], rows)


@transaction.atomic
def store_invitees(conversation: Conversation, data: bytes, *, seen: str, by) -> Plan:
    """Store what was shown, all of it. seen, errors: as in `store_affiliates`. by: who has invited the new ones."""
    plan = plan_invitees(conversation, data, lock=True)
    plan.check(seen)
    for change in plan.changed:
        for name in _TOLD:
            setattr(change.row, name, change.values[name])
    Invitee.objects.bulk_update([each.row for each in plan.changed], _TOLD, batch_size=500)
    for change in plan.new:
        change.row = Invitee(conversation=conversation, invited_by=by, **change.values)
    Invitee.objects.bulk_create([each.row for each in plan.new])
    return plan


# What a file can change.
_TOLD = ["invited_on", "reminded_on", "note"]


def _known():
    """{column: {text, as `name_key` has it: (field, value)}} of all who can be invited."""
    affiliates: dict[str, tuple] = {}
    for pk, name in Affiliate.objects.order_by("is_active").values_list("pk", "name"):
        affiliates[name_key(name)] = ("affiliate_id", pk)
    spoken: dict[str, tuple] = {}
    for code, each in reversed(languages().items()):
        spoken |= dict.fromkeys(map(name_key, (each.english_name, each.autonym)), ("language", code))
    spoken |= {code: ("language", code) for code in languages()}
    regions = {each.slug: ("region_id", each.pk) for each in Region.objects.all()}
    return {"affiliate": affiliates, "region": regions, "language": spoken}


def _cells(invitee) -> list[str]:
    affiliate, region = invitee.affiliate, invitee.region
    who = [affiliate.name if affiliate else "", region.slug if region else "", invitee.language]
    return [*who, _day_shown(invitee.invited_on), _day_shown(invitee.reminded_on), invitee.note]


def _day_shown(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise ValidationError(_("Write the date as year-month-day, such as 2026-03-31."))
    if not has_begun(day):
        raise ValidationError(_("This day has not come yet."))
    return day


def _note(text: str) -> str:
    return Invitee._meta.get_field("note").clean(organizers_text(text, is_line=True), None)


def _change(row, conversation, known, there) -> Change:
    cells = Cells(row)
    named = [(kind, row.cells[kind]) for kind in KINDS if row.cells.get(kind)]
    change = Change(row.line, " · ".join(text for _kind, text in named), faults=cells.faults)
    if row.fault:
        return change
    if len(named) != 1:
        cells.faults.append(_("Exactly one of these has to be filled in: %(columns)s.") % {"columns": ", ".join(KINDS)})
        return change
    (kind, text), told = named[0], {}
    if (key := known[kind].get(name_key(text))) is None:
        cells.faults.append(_("This is not on the list: %(kind)s “%(name)s”.") % {"kind": kind, "name": text[:190]})
    for column, understand in (("invited_on", _day), ("reminded_on", _day), ("note", _note)):
        if column in row.cells:
            told[column] = cells.read(column, understand)
    change.key = key
    if cells.faults:
        return change
    change.row = there.get(key)
    change.is_new = change.row is None
    before = change.row or Invitee(conversation=conversation, invited_on=timezone.localdate())
    # An empty day says nothing about it.
    told = {column: value for column, value in told.items() if value is not None}
    now = {name: told.get(name, getattr(before, name)) for name in _TOLD}
    if now["reminded_on"] and now["reminded_on"] <= now["invited_on"]:
        cells.faults.append(_("A reminder comes after the day of the invitation."))
        return change
    change.values = dict([key]) | now
    if change.row:
        change.differences = [
            (name, _text(getattr(before, name)), _text(now[name]))
            for name in _TOLD
            if getattr(before, name) != now[name]
        ]
    return change


def _text(value) -> str:
    return value if isinstance(value, str) else _day_shown(value)
