"""The roster of affiliates as CSV, out and in. An affiliate is known by its name; nothing is ever deleted."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from responses.languages.text_matching import name_key
from responses.models import Affiliate, Region
from responses.models.affiliate import check_countries, check_languages
from responses.validators import is_blank, organizers_text

from .csv_tables import read_table, written
from .roster_changes import Cells, Change, Plan, plan_of

COLUMNS = ["name", "kind", "region", "countries", "page", "languages", "active"]
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")
# For a new one, if the file does not have the column.
_DEFAULTS = {"region": None, "countries": "", "page": "", "languages": "", "is_active": True}


def affiliates_csv() -> bytes:
    """The whole roster, to be changed elsewhere and read again."""
    every = Affiliate.objects.select_related("region").order_by("name")
    return written(COLUMNS, ([_shown(name, getattr(each, _field(name))) for name in COLUMNS] for each in every))


def plan_affiliates(data: bytes, *, lock: bool = False) -> Plan:
    """What the file would change. Columns that it does not have stay as they are.

    lock: hold the stored rows until the end of the transaction. Raises ValidationError if the file cannot be read.
    """
    rows = read_table(data, COLUMNS, ["name"])
    stored = Affiliate.objects.select_related("region").order_by("pk")
    there: dict[str, list[Affiliate]] = {}
    for each in stored.select_for_update(of=("self",), no_key=True) if lock else stored:
        there.setdefault(name_key(each.name), []).append(each)
    understand = _understand({each.slug: each for each in Region.objects.all()})
    return plan_of([_change(row, there, understand) for row in rows], rows)


@transaction.atomic
def store_affiliates(data: bytes, *, seen: str) -> Plan:
    """Store what was shown, all of it. seen: the fingerprint of the plan that was shown.

    Raises ValidationError if the file would change something else by now; then nothing is stored.
    """
    plan = plan_affiliates(data, lock=True)
    plan.check(seen)
    for change in plan.changed:
        for name, value in change.values.items():
            setattr(change.row, name, value)
    fields = sorted({name for change in plan.changed for name in change.values})
    if fields:
        Affiliate.objects.bulk_update([change.row for change in plan.changed], fields, batch_size=500)
    for change in plan.new:
        change.row = Affiliate(**_DEFAULTS | change.values)
    Affiliate.objects.bulk_create([each.row for each in plan.new])
    return plan


def _understand(regions) -> dict[str, Callable]:
    """{column: what makes a value of its text, or raises ValidationError}"""

    def kind(text):
        known = {value: value for value in Affiliate.Kind.values}
        known |= {str(label).casefold(): value for value, label in Affiliate.Kind.choices}
        if text.casefold() not in known:
            raise ValidationError(
                _("“%(text)s” is not a kind. Known are: %(known)s.")
                % {"text": text[:50], "known": ", ".join(Affiliate.Kind.values)}
            )
        return known[text.casefold()]

    def region(text):
        if text and text.casefold() not in regions:
            raise ValidationError(
                _("“%(text)s” is not a region. Known are: %(known)s.")
                % {"text": text[:50], "known": ", ".join(regions)}
            )
        return regions[text.casefold()] if text else None

    def active(text):
        if text.casefold() not in (*_YES, *_NO):
            raise ValidationError(_("Write yes or no."))
        return text.casefold() in _YES

    def countries(text):
        codes = _checked("countries", " ".join(text.upper().split()))
        check_countries(codes)
        return codes

    def languages(text):
        codes = _checked("languages", " ".join(text.casefold().split()))
        check_languages(codes)
        return codes

    return {
        "name": lambda text: _checked("name", organizers_text(text, is_line=True)),
        "kind": kind,
        "region": region,
        "countries": countries,
        "page": lambda text: _checked("page", organizers_text(text, is_line=True)),
        "languages": languages,
        "active": active,
    }


def _checked(name, value):
    """A value of a field, if its own validators allow it."""
    return Affiliate._meta.get_field(name).clean(value, None)


def _field(column):
    return "is_active" if column == "active" else column


def _shown(column, value) -> str:
    if column == "active":
        return _YES[0] if value else _NO[0]
    if column == "region":
        return value.slug if value else ""
    return value


def _change(row, there, understand) -> Change:
    cells = Cells(row)
    name = row.cells.get("name", "")
    key = None if is_blank(name) else name_key(name)
    if row.fault:
        return Change(row.line, name, key, faults=cells.faults)
    values = {_field(column): cells.read(column, understand[column]) for column in row.cells}
    same = there.get(key, [])
    if len(same) > 1:
        cells.faults.append(_("Several affiliates on the roster have this name. Change them one by one."))
    stored = same[0] if same else None
    if stored is None and "kind" not in row.cells:
        cells.faults.append(_("It is new, so its kind has to be said: the column “kind” is missing."))
    differences = [
        (column, _shown(column, getattr(stored, _field(column))), _shown(column, values[_field(column)]))
        for column in row.cells
        if not cells.faults and stored and getattr(stored, _field(column)) != values[_field(column)]
    ]
    return Change(row.line, name, key, values, stored, stored is None, differences, cells.faults)
