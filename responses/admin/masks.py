"""Hiding a passage of an answer, at the desk where it is reviewed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from responses.models import Mask

from .mask_form import MaskForm, live_translations, typed_into_masks
from .page_forms import only_unsent, unsent
from .recusals import by_button


class MasksWords:
    """For the desk of responses: two addresses, and what happens there."""

    def get_urls(self):
        verbs = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(verb), name=f"responses_response_{name}")
            for name, verb in (("mask", self.mask), ("unmask", self.unmask))
        ]
        return [*verbs, *super().get_urls()]

    def typed_words(self, request):
        return super().typed_words(request) | typed_into_masks(request)

    @by_button
    def mask(self, request, pk):
        response = self._to_review(request, pk)
        answers = response.answers.prefetch_related(Prefetch("translations", live_translations()))
        answer = next((each for each in answers if str(each.pk) == request.POST.get("answer")), None)
        if answer is None:
            raise Http404("The author has emptied this answer.")
        form = MaskForm(answer, request.POST)
        left = {name for name in unsent(request, response) if not name.startswith(form.prefix)}
        if form.is_valid():
            try:
                with transaction.atomic():
                    form.hide(request.user)
                    # Never the words, nor the reason: the log outlives a withdrawn response.
                    self.log_change(request, response, _("Words hidden"))
                done = _("The words are hidden, in their copies too. For an hour you can show them again.")
                return self._after_masking(request, response, done, left)
            except ValidationError as refusal:
                # The page shows what has changed, so the next attempt is about that.
                answer.refresh_from_db(fields=["text"])
                again = request.POST.copy()
                again[f"{form.prefix}-seen"] = answer.fingerprint
                form = MaskForm(answer, again)
                form.add_error(None, refusal)
        return self._read(request, response, mask_form=form)

    @by_button
    def unmask(self, request, pk):
        """Show words again that one has hidden by mistake."""
        response = self._to_review(request, pk)
        masks = Mask.objects.filter(answer__response=response).select_related("answer__response")
        left = unsent(request, response)
        mask = next((each for each in masks if str(each.pk) == request.POST.get("mask")), None)
        try:
            if mask is None:
                raise ValidationError(_("This is not hidden any more."))
            with transaction.atomic():
                mask.take_back(by=request.user)
                self.log_change(request, response, _("Hidden words shown again"))
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return self._read(request, response)
        return self._after_masking(request, response, _("The words are shown again."), left)

    def _after_masking(self, request, response, done, left):
        """The same response, to go on with; with all that was typed and chosen in other fields of the page."""
        self.message_user(request, done, messages.SUCCESS)
        if not left:
            return redirect(self._within(request, response))
        only_unsent(request, response, left)
        # Notes about it may have words hidden, too.
        response.refresh_from_db()
        return self._read(request, response)
