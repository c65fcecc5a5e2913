"""Coders in files: as numbers, so that no file names anybody."""


def numbers_of_coders(marks) -> dict[int, int]:
    """{key of a coder: their number from 1 on} of those who made these marks, in the order of their first mark.

    A mark whose coder's account is gone has none.
    """
    keys = marks.exclude(coder=None).order_by("created_at", "pk").values_list("coder", flat=True)
    return {key: number for number, key in enumerate(dict.fromkeys(keys), start=1)}
