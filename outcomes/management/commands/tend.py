import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections

from outcomes.news_mail import send_news
from responses.catalogues import outlive_bad_ones
from responses.machine import carry_out_orders
from responses.models import AccountLink, Claim, Contact, Draft, NetworkCount
from responses.networks import forget_earlier_networks


class Command(BaseCommand):
    help = "Deletes what is past its day, fetches machine drafts, and sends news to who left an address; run it hourly."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="MINUTES", help="Go on for ever, with this pause between.")
        parser.add_argument("--no-mail", action="store_true", help="Send no mail.")

    def handle(self, *args, every, no_mail, **options):
        # Mails are in their readers' languages.
        outlive_bad_ones(settings.INTERFACE_LANGUAGES, settings.BASE_DIR / "locale")
        if every is None:
            self._tend(no_mail)
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            try:
                self._tend(no_mail)
            except (DatabaseError, InterfaceError) as fault:
                # The database may be away for a while; what is due stays due.
                self.stderr.write(f"Not now: {type(fault).__name__}. Trying again in {every} minutes.")
            close_old_connections()
            stop.wait(every * 60)

    def _tend(self, no_mail):
        for what in (Draft, Contact, AccountLink, NetworkCount, Claim):
            deleted, _by_model = what.objects.past().delete()
            if deleted:
                self.stdout.write(f"Deleted, because their day has come: {what._meta.verbose_name_plural}, {deleted}.")
        forget_earlier_networks()
        if not no_mail and (sent := send_news()):
            self.stdout.write(f"Messages sent: {sent}.")
        # Last: another server may take its time.
        if drafts := carry_out_orders():
            self.stdout.write(f"Machine drafts made: {drafts}.")
        self.stdout.flush()
