from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import render

from responses.models import OrganizerLetter

from .decorators import stop_page


@stop_page
def stop_letters(request, token):
    """Stops the letters to an organizer, who need not sign in, when the button is pressed."""
    try:
        letter = OrganizerLetter.objects.with_stop_token(token)
    except BadSignature:
        raise Http404("No letters belong to this link.") from None
    if request.method == "POST":
        letter.stop()
    return render(request, "responses/stop_letters.html", {"is_wanted": letter.wanted().exists()})
