"""What a reviewer looks at first: shown above the words, found in them, and ticked off before a response is public."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from responses.kept_log import saying
from responses.models import Flag, Response
from responses.models.flag import CONTACT_KINDS, MOST_ALIKE

from .recusals import by_button

# Contact details of one kind that are listed. All of them are marked in the words.
MOST_LISTED = 20


@dataclass
class ToLookAt:
    """Flags of one kind in a response, for a page. What a reader told is one for itself."""

    flags: list[Flag]
    # [(answer, start, end, words)] of contact details in answers; [(name of the field, words)] of others.
    found: list[tuple] = field(default_factory=list)
    told: list[tuple] = field(default_factory=list)
    # Whether the reviewer has ticked it on the page that comes back.
    is_ticked: bool = False
    # Those that say the same. Not the ones that the reviewer has put away.
    others: list[Response] = field(default_factory=list)

    @property
    def listed(self) -> list[tuple]:
        return self.found[:MOST_LISTED]

    @property
    def not_listed(self) -> int:
        return len(self.found) - len(self.listed)

    @property
    def flag(self) -> Flag:
        return self.flags[0]

    @property
    def keys(self) -> str:
        return " ".join(str(each.pk) for each in self.flags)


def show_flags(response, answers: Iterable, put_away: set[str], ticked: Iterable[str] = ()) -> None:
    """For a page that shows these answers: what is to be looked at, what somebody has looked at, and where it stands.

    The response gets `to_look_at` and `looked_at`, each answer its `places`. put_away: the codes of the responses that
    the reviewer is never shown. ticked: keys of flags, as `looked_at_in` finds them.
    """
    flags = list(response.flags.all())
    response.to_look_at = _grouped([each for each in flags if each.ticked_off_at is None])
    response.looked_at = _grouped([each for each in flags if each.ticked_off_at])
    kinds = {each.flag.kind for each in response.to_look_at} & CONTACT_KINDS
    for answer in answers:
        answer.places = [each for each in response.contact_places(answer.text) if each.kind in kinds] if kinds else []
    told = response.contact_details_told() if kinds else {}
    for each in response.to_look_at:
        each.found = [
            (answer, start, end, answer.text[start:end])
            for answer in answers
            for start, end, kind in answer.places
            if kind == each.flag.kind
        ]
        each.told = [
            (response._meta.get_field(name).verbose_name, words)
            for name, found in told.items()
            for kind, words in found
            if kind == each.flag.kind
        ]
        each.is_ticked = set(each.keys.split()) <= set(ticked)
        each.others = [other for other in _others(response, each) if other.code not in put_away]


def _grouped(flags) -> list[ToLookAt]:
    groups: dict[object, ToLookAt] = {}
    for each in flags:
        key = each.pk if each.kind == Flag.Kind.READER else (each.kind, each.ticked_off_by_id, each.ticked_off_at)
        groups.setdefault(key, ToLookAt([])).flags.append(each)
    order = list(Flag.Kind)
    return sorted(groups.values(), key=lambda each: (order.index(each.flag.kind), each.flag.raised_on, each.flag.pk))


def _others(response, shown):
    if shown.flag.kind == Flag.Kind.ALIKE:
        return [each.other for each in shown.flags]
    if shown.flag.kind == Flag.Kind.REPEATED and response.duplicate_key:
        same = Response.objects.filter(duplicate_key=response.duplicate_key).exclude(pk=response.pk)
        return list(same.order_by("submitted_on", "pk")[:MOST_ALIKE])
    return []


def looked_at_in(request) -> list[str]:
    """The keys of the flags that a reviewer has ticked on a page."""
    return " ".join(request.POST.getlist("looked_at")).split()


class TicksOffFlags:
    """For the review desk: an address where flags are ticked off and opened again."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.look_at_flags)
        return [path("<int:pk>/flags/", view, name="responses_response_flags"), *super().get_urls()]

    @by_button
    def look_at_flags(self, request, pk):
        """Tick flags off, or open them again; who did it and when is kept. The page keeps what was typed on it."""
        response = self._to_review(request, pk)
        is_again = "look_again" in request.POST
        chosen = request.POST.get("look_again" if is_again else "is_fine", "").split()
        flags = response.flags.all().with_keys(chosen)
        try:
            with transaction.atomic():
                response.check_seen(request.POST.get("seen", ""))
                # Never what a reader told: the log outlives a withdrawn response.
                with override(None):
                    kinds = " ".join(dict.fromkeys(str(each.get_kind_display()) for each in flags))
                if not (flags.untick() if is_again else flags.tick_off(request.user)):
                    raise ValidationError(
                        _("Nothing was changed: somebody has looked at it already, or the words have changed.")
                    )
                said = _("To be looked at again: %(flags)s") if is_again else _("Looked at: %(flags)s")
                self.log_change(request, response, saying(said, flags=kinds))
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.WARNING)
            response.refresh_from_db()
        return self._read(request, response)
