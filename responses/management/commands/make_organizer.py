import secrets

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.db import transaction


class Command(BaseCommand):
    help = "Makes the first organizer account and prints its password, once. Does nothing where there is one already."

    @transaction.atomic
    def handle(self, *args, **options):
        if User.objects.filter(is_superuser=True).exists():
            return
        password = secrets.token_urlsafe(12)
        user = User.objects.create_superuser("organizer", "organizer@localhost", password)
        # Nobody can open a mail to localhost; without this the log-in would wait for it.
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        self.stdout.write(f"Organizer account: user name organizer, password {password}")
        self.stdout.write("The password is shown this once. Change it after the first log-in.")
