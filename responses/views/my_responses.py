"""Responses in somebody's account: added afterwards, found again without the link, and taken out again."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from responses.erasure import empty_log
from responses.models import AccountLink, Response

from .decorators import account_page, account_post, no_store, read_or_post, secret_address


@require_safe
@account_page
def my_responses(request):
    return render(request, "responses/my_responses.html", {"responses": Response.objects.of(request.user)})


@read_or_post
@no_store
@secret_address
def attach(request, key):
    """Asks once: from then on the portal knows whose response it is.

    Somebody who is not signed in has to come back alone: the log-in page would keep the secret link, in its address and
    in the session.
    """
    response = get_object_or_404(Response.objects.with_key(key))
    if request.method == "POST" and request.user.is_authenticated:
        try:
            response.attach(request.user)
            messages.success(request, _("The response is in your account now."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("my_responses")
    return render(request, "responses/attach.html", {"response": response, "key": key})


@account_post
def open_response(request, code):
    response = get_object_or_404(Response.objects.of(request.user), code=code)
    try:
        return redirect("my_response", AccountLink.objects.open(response))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("my_responses")


@account_post
def detach(request, code):
    get_object_or_404(Response.objects.of(request.user), code=code).detach()
    messages.success(request, _("The response is not in your account any more. Its secret link still opens it."))
    return redirect("my_responses")


@read_or_post
@account_page
@reauthentication_required(allow_get=True)
def delete_account(request):
    """Asks once. The responses stay, without a trace of the account, unless they are to be withdrawn too."""
    user = request.user
    if request.method != "POST" or user.is_staff:
        return render(request, "responses/delete_account.html", {"n": Response.objects.of(user).count()})
    with transaction.atomic():
        Response.objects.of(user).leave_account(withdraw=bool(request.POST.get("withdraw")))
        user.delete()
    empty_log()
    logout(request)
    return redirect("home")
