from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from responses.forms.respond import ResponseForm

from .same_site import same_site_post


# Private: the page holds the token of one submission. Not "no-store": going back must find the words still there.
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
@same_site_post
def respond(request):
    if request.method == "POST" and request.POST.get("action") != "switch":
        form = ResponseForm(request.POST)
        if form.is_valid() and (response := form.send()):
            return redirect("my_response", response.key)
    else:
        form = ResponseForm(initial=request.POST.dict())
    return render(request, "responses/respond.html", {"form": form})
