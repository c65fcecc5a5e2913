from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from responses.forms.sharing import NewSharingForm

from .decorators import by_secret_link, form_page


@form_page
@by_secret_link
def my_response_sharing(request, response):
    """Change who may see what. Hiding takes effect at once; what is shown for the first time is reviewed first."""
    if response.is_withdrawn:
        return redirect("my_response", response.key)
    seen = request.POST.get("seen", "") or response.fingerprint
    if request.method == "POST" and request.POST.get("action") != "switch":
        form = NewSharingForm(request.POST)
        if form.is_valid():
            try:
                response.share(seen=seen, **form.details)
                return redirect("my_response", response.key)
            except ValidationError as refusal:
                form.add_error(None, refusal)
                seen = response.fingerprint
    else:
        form = NewSharingForm(initial=request.POST.dict() or NewSharingForm.as_typed(response))
    context = {"response": response, "form": form, "seen": seen}
    return render(request, "responses/my_response_sharing.html", context)
