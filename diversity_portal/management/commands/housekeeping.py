import signal
import threading

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from outcomes.asking_mail import send_askings
from outcomes.models import Evidence
from outcomes.news_mail import send_news
from outcomes.organizer_mail import send_letters
from responses.access.rate_limits import forget_earlier_networks
from responses.erasure import empty_log, rewrite_tables
from responses.machine_translation import carry_out_orders, make_reading_aids
from responses.models import (
    AccountLink,
    Contact,
    Draft,
    MonthlyNumber,
    RateLimitCount,
    Reservation,
    ReviewReservation,
    Subscription,
    TranslatorRequest,
)

_EXPIRING = (
    Draft,
    Contact,
    Subscription,
    TranslatorRequest,
    AccountLink,
    RateLimitCount,
    Reservation,
    ReviewReservation,
)


class Command(BaseCommand):
    help = "Deletes what has expired, fetches machine drafts, and sends news to people who want it. Run it every hour."

    def add_arguments(self, parser):
        parser.add_argument(
            "--every", type=int, metavar="MINUTES", help="Run again and again, with this pause between runs."
        )
        parser.add_argument("--no-mail", action="store_true", help="Send no mail.")

    def handle(self, *args, every, no_mail, **options):
        if every is None:
            self._run(no_mail)
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            try:
                self._run(no_mail)
            except (DatabaseError, InterfaceError) as fault:
                # The database may be away for a while. Nothing is lost: the next run does what is due.
                self.stderr.write(f"No database ({type(fault).__name__}). Trying again in {every} minutes.")
            close_old_connections()
            stop.wait(every * 60)

    def _run(self, no_mail):
        for model in _EXPIRING:
            deleted, _by_model = model.objects.expired().delete()
            if deleted:
                self.stdout.write(f"Expired and deleted: {model._meta.verbose_name_plural}, {deleted}.")
        forget_earlier_networks()
        _delete_expired_log_in_counts()
        # Visits of people who were about to sign in are among them.
        call_command("clearsessions")
        empty_log()
        if rewrite_tables():
            self.stdout.write("Tables rewritten without what was deleted in them.")
        if closed := MonthlyNumber.objects.close():
            self.stdout.write(f"Months counted for “Our reviews in numbers”: {closed}.")
        # Letters to organizers tell of marks that were edited away.
        Evidence.objects.keep_lost()
        if not no_mail:
            self._send()
        # Last, because another server may take its time.
        if drafts := carry_out_orders():
            self.stdout.write(f"Machine drafts made: {drafts}.")
        if aids := make_reading_aids():
            self.stdout.write(f"Translations for reviewers made by a machine: {aids}.")
        self.stdout.flush()

    def _send(self):
        kinds = (
            ("Questions to authors", send_askings),
            ("Messages", send_news),
            ("Letters to organizers", send_letters),
        )
        for kind, send in kinds:
            if sent := send():
                self.stdout.write(f"{kind} sent: {sent}.")


def _delete_expired_log_in_counts():
    """The cache itself deletes expired rows only when it is full."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608  (the table is our own setting)
