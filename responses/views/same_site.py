from functools import wraps
from urllib.parse import urlsplit

from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt


def same_site_post(view):
    """For pages that carry nobody's authority: no CSRF token and so no cookie, but no posts from other sites either.

    Every browser of today says in Sec-Fetch-Site where a post comes from, older ones in Origin. Who sends neither
    is no browser, and cannot be made to send anything by another site.
    """

    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.method == "POST" and not _is_from_here(request):
            return render(request, "other_site.html", status=403)
        return view(request, *args, **kwargs)

    return csrf_exempt(checked)


def _is_from_here(request):
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc == request.get_host()
    except ValueError:
        return False
