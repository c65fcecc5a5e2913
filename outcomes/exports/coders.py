"""Coders in files: as numbers, so that no file names anybody."""

from django.db.models import Min


def numbers_of_coders(marks) -> dict[int, int]:
    """{key of a coder: their number from 1 on} of those who made these marks, in the order of their first mark.

    A mark whose coder's account is gone has none.
    """
    firsts = marks.exclude(coder=None).order_by().values_list("coder").annotate(first=Min("created_at"))
    return {key: number for number, (key, _first) in enumerate(firsts.order_by("first", "coder"), start=1)}
