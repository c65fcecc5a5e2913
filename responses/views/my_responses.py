"""Responses in somebody's account: brought there afterwards, found again without the link, and taken out again."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from responses.models import AccountLink, Response

from .my_response import keeps_its_address_secret


@cache_control(private=True, no_store=True)
@require_safe
@login_required
def my_responses(request):
    return render(request, "responses/my_responses.html", {"responses": Response.objects.of(request.user)})


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@keeps_its_address_secret
def attach(request, key):
    """Asks once: from here on the portal knows whose response it is."""
    response = get_object_or_404(Response.objects.with_key(key))
    if request.method == "POST":
        try:
            response.attach(request.user)
            messages.success(request, _("The response is in your account now."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("my_responses")
    return render(request, "responses/attach.html", {"response": response, "key": key})


@cache_control(private=True, no_store=True)
@require_POST
@login_required
def open_response(request, code):
    response = get_object_or_404(Response.objects.of(request.user), code=code)
    return redirect("my_response", AccountLink.objects.open(response))


@cache_control(private=True, no_store=True)
@require_POST
@login_required
def detach(request, code):
    get_object_or_404(Response.objects.of(request.user), code=code).detach()
    messages.success(request, _("The response is not in your account any more. Its secret link still opens it."))
    return redirect("my_responses")


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_account(request):
    """Asks once. The responses stay, without a trace of the account, unless they are to go too."""
    user = request.user
    if request.method != "POST" or user.is_staff:
        return render(request, "responses/delete_account.html", {"n": Response.objects.of(user).count()})
    with transaction.atomic():
        if request.POST.get("withdraw"):
            for response in Response.objects.of(user):
                response.withdraw()
        else:
            for response in Response.objects.of(user):
                response.detach()
        user.delete()
    logout(request)
    return redirect("home")
