import secrets

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction


class Command(BaseCommand):
    help = "Makes the first organizer account and prints its password, once. Does nothing if there is one already."

    @transaction.atomic
    def handle(self, *args, **options):
        users = get_user_model().objects
        if users.filter(is_superuser=True).exists():
            return
        password = secrets.token_urlsafe(12)
        user = users.create_superuser("organizer", "organizer@localhost", password)
        # Nobody can open a mail to localhost, so the address counts as confirmed.
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        self.stdout.write(f"Organizer account: user name organizer, password {password}")
        self.stdout.write("The password is shown this once. Change it after the first log-in.")
        # Shown before it is stored: an end between the two must not leave a password that nobody knows.
        self.stdout.flush()
