import sys

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.contrib.auth import get_user_model
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.http import HttpRequest, QueryDict
from tqdm import tqdm

from responses.models import DeclineReason, Response


class Command(BaseCommand):
    help = """Declines all responses of a list at the review desk, for one reason that their authors read. Without --yes
    it only says how many there are. If it is stopped, run it again: what was declined is not in the list any more."""

    def add_arguments(self, parser):
        parser.add_argument(
            "filters",
            help='What the address of the list has behind the "?", such as "flag=links&language=en". "" is all.',
        )
        parser.add_argument("--reason", required=True, help="The slug of a standard reason, or a text of your own.")
        parser.add_argument("--by", required=True, metavar="USER", help="The name of a reviewer, for the log.")
        parser.add_argument("--yes", action="store_true", help="Decline them.")

    def handle(self, *args, filters, reason, by, yes, **options):
        desk, request = admin.site.get_model_admin(Response), HttpRequest()
        request.GET = QueryDict(filters.removeprefix("?"))
        request.user = get_user_model().objects.filter(username=by, is_active=True).first()
        if request.user is None or not desk.has_review_permission(request):
            raise CommandError(f"{by} is not a reviewer.")
        if not reason.strip():
            raise CommandError("Say why: the authors read the reason.")
        try:
            listed = desk.get_changelist_instance(request)
        except (IncorrectLookupParameters, SuspiciousOperation) as fault:
            raise CommandError(f"The list cannot be filtered like this: {fault}") from None
        used = {name for each in listed.filter_specs for name in each.used_parameters} | {SEARCH_VAR, PAGE_VAR}
        if ignored := sorted(request.GET.keys() - used):
            raise CommandError(f"Without effect, leave it out: {', '.join(ignored)}")
        rows = listed.queryset.declinable()
        standard = DeclineReason.objects.offered().filter(slug=reason).first()
        number = rows.count()
        said = f"for the standard reason {standard.slug}" if standard else f"for this reason: {reason}"
        if not yes:
            self.stdout.write(f"{number} responses would be declined, {said}\nTo do it, add --yes.")
            return
        declined = 0
        progress = tqdm(rows.iterator(chunk_size=500), total=number, unit=" responses", disable=None, file=sys.stderr)
        for response in progress:
            still_listed = rows.filter(pk=response.pk)
            declined += self._decline(desk, request, response, still_listed, "" if standard else reason, standard)
        self.stdout.write(f"{declined} declined, {said}\n{number - declined} left as they were.")

    @staticmethod
    def _decline(desk, request, response, still_listed, reason, standard) -> bool:
        """Whether it could be declined. Each for itself, so that what was done is done if this is stopped."""
        try:
            with transaction.atomic():
                response.lock()
                if not still_listed.exists():
                    # Somebody has accepted it meanwhile, or its author has changed what it was found by.
                    return False
                response.decline(reason, declined_for=standard, by=request.user)
                desk.log_change(request, response, Response.Status(response.status).label)
        except ValidationError:
            # Its author has withdrawn it.
            return False
        return True
