"""Going from one response to the next, in the order and within the filter and search that a reviewer has chosen."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from responses.models import Response, ReviewReservation

from .capped_paginator import COUNTED_AT_MOST, capped_count
from .list_behind import FILTERS, list_behind
from .page_forms import LEFT_BEHIND, unsent
from .recusals import RecusesFromReview, by_button


class ReviewsInOrder(RecusesFromReview):
    """Opening a page writes nothing. So a response is reserved by the button that leads to it, not by its page."""

    def get_urls(self):
        def at(address, verb, name):
            return path(address, self.admin_site.admin_view(verb), name=f"responses_response_{name}")

        return [
            at("next/", require_POST(self.start), "next"),
            at("<int:pk>/skip/", self.skip, "skip"),
            at("<int:pk>/reserve/", self.reserve, "reserve"),
            *super().get_urls(),
        ]

    def get_preserved_filters(self, request):
        """As Django has it, for buttons too: their forms send along from which list somebody came."""
        if posted := request.POST.get(FILTERS):
            return urlencode({FILTERS: posted})
        return super().get_preserved_filters(request)

    def next_one(self, request, present=None):
        """Reserve and open what follows the present one in the list; at the end, go on at its beginning."""
        listed = list_behind(self, request).queryset.not_withdrawn()
        found = None
        if present is not None:
            listed = listed.exclude(pk=present.pk)
            if present.submitted_on:
                found = ReviewReservation.objects.take_first(listed.behind(present), request.user)
        found = found or ReviewReservation.objects.take_first(listed, request.user)
        if found is None:
            self.message_user(request, _("Nothing else in this list is free to review."), messages.INFO)
        return redirect(self._within(request, found))

    def _within(self, request, response=None):
        """The address of a response, or of the list, with the filters of the reviewer."""
        address = reverse("admin:responses_response_changelist")
        if response is not None:
            address = reverse("admin:responses_response_change", args=[response.pk])
        kept = {"opts": self.opts, "preserved_filters": self.get_preserved_filters(request)}
        return add_preserved_filters(kept, address)

    def start(self, request):
        if not self.has_review_permission(request):
            raise PermissionDenied
        return self.next_one(request)

    @by_button
    def skip(self, request, pk):
        """Leave it as it is, to others too, and go on."""
        response = self._to_review(request, pk)
        if unsent(request, response) - LEFT_BEHIND:
            if response.is_withdrawn:
                return self._read(request, response)
            said = _("What you have typed or chosen is not sent yet. Send it or take it back, then skip this response.")
            self.message_user(request, said, messages.WARNING)
            return self._read(request, response)
        ReviewReservation.objects.filter(response=response, user=request.user).delete()
        return self.next_one(request, response)

    @by_button
    def reserve(self, request, pk):
        """For whoever has not come by a button that reserves."""
        response = self._to_review(request, pk)
        ReviewReservation.objects.take(response, request.user)
        if unsent(request, response):
            return self._read(request, response)
        return redirect(self._within(request, response))

    def place_of(self, request, response):
        """For the page of a response: where it stands in its list, and who else is reading it."""
        listed = list_behind(self, request)
        is_listed = response.submitted_on is not None and listed.queryset.filter(pk=response.pk).exists()
        place = capped_count(listed.queryset.ahead_of(response)) + 1 if is_listed else 0
        standing = ReviewReservation.objects.standing().filter(response=response).select_related("user").first()
        return {
            "alike": Response.objects.not_recused_by(request.user).filter(flags_of_others__response=response),
            "place": place if place <= COUNTED_AT_MOST else 0,
            "in_all": listed.paginator.number,
            "reservation": standing,
            "is_mine": standing is not None and standing.user_id == request.user.pk,
            "filters": QueryDict(self.get_preserved_filters(request)).get(FILTERS, ""),
            "preserved_filters": self.get_preserved_filters(request),
        }
