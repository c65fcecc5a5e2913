from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from responses.forms.sharing import NewSharingForm

from .my_response import by_secret_link
from .not_now import gives_words_back
from .same_site import same_site_post


@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
@same_site_post
@gives_words_back
@by_secret_link
def my_response_sharing(request, response):
    """Change who may see what; hiding takes effect at once, showing more is read first."""
    if response.is_withdrawn:
        return redirect("my_response", response.key)
    seen = request.POST.get("seen", "") or response.fingerprint
    if request.method == "POST" and request.POST.get("action") != "switch":
        form = NewSharingForm(request.POST)
        if form.is_valid():
            try:
                response.share(seen=seen, **form.shared_fields)
                return redirect("my_response", response.key)
            except ValidationError as refusal:
                form.add_error(None, refusal)
                seen = response.fingerprint
    else:
        form = NewSharingForm(initial=request.POST.dict() or NewSharingForm.as_it_is(response))
    context = {"response": response, "form": form, "seen": seen}
    return render(request, "responses/my_response_sharing.html", context)
