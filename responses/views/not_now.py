from functools import wraps

from django.db import InterfaceError, OperationalError
from django.shortcuts import render


def gives_words_back(view):
    """Where the database is away or full, a post comes back with every word in it and a button to try again.

    The page asks the database for nothing; it goes on where the post was going, with the same fields.
    """

    @wraps(view)
    def kept(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            # "complete" stays the last one: it tells whether all of the form has arrived.
            fields = sorted(request.POST.items(), key=lambda field: field[0] == "complete")
            page = render(request, "not_now.html", {"fields": fields}, status=503)
            page.headers["Retry-After"] = "10"
            return page

    return kept
