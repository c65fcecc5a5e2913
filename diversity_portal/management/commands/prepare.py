from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Brings the database up to date and fills in what every portal has. Safe to repeat."

    def handle(self, *args, **options):
        # Migrating also gives the groups their rights (see diversity_portal/roles.py).
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("housekeeping", no_mail=True, stdout=self.stdout)
        call_command("load_2017_outcomes", stdout=self.stdout)
        call_command("make_organizer", stdout=self.stdout)
