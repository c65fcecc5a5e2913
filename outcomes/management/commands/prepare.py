from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Brings the database up to date and fills in what every portal has. Safe to repeat."

    def handle(self, *args, **options):
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        # Counters of log-ins that ran out: the cache itself forgets them only when it is full.
        cache.clear()
        call_command("tend", no_mail=True, stdout=self.stdout)
        call_command("load_2017_outcomes", stdout=self.stdout)
        call_command("make_organizer", stdout=self.stdout)
