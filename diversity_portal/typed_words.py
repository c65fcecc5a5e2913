"""What somebody has typed into a form that cannot be stored, whichever form it is: they get it back to copy."""

import re

from django.conf import settings
from django.http import HttpResponse, HttpResponseForbidden
from django.template.loader import render_to_string

# The names of fields that forms send along and nobody has typed; and of those that no page may show.
_NOT_TYPED = re.compile(
    r"_|csrf|page-|.*seen|.*password|(next|opened|action|index|confirmed|complete|source_text|login|username|code)$"
)


def typed_words(request) -> dict[str, str]:
    """{name of a field: words} of a form. Rather a few too many than one too few."""
    return {
        name: "\n".join(words)
        for name, values in request.POST.lists()
        if not _NOT_TYPED.match(name) and (words := [each for each in values if each.strip() and not each.isdecimal()])
    }


def csrf_failure(request, reason=""):
    """For Django: somebody has signed in anew, in another window, since the form was opened.

    Or the form is larger than anything that the server gathers, so that nothing of it has come here.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return HttpResponse(render_to_string("400.html"), status=413)
    return HttpResponseForbidden(render_to_string("403_csrf.html", {"typed": typed_words(request)}))
