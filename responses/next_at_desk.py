"""Where somebody at a desk goes on who is done with a row, or passes its words over."""

from django.urls import reverse


def next_at_desk(rows, to_row, to_list, *also) -> str:
    """The address of the first of these rows; of their list if there is none.

    to_row, to_list: names of the addresses. also: what both of them need beside the number of the row.
    """
    following = rows.first()
    return reverse(to_list, args=also) if following is None else reverse(to_row, args=[following.pk, *also])
