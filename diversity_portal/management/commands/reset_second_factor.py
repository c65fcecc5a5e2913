from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Takes away somebody's second factor, for who has lost the device and the recovery codes."

    def add_arguments(self, parser):
        parser.add_argument("username", help="The user name, or the e-mail address.")

    def handle(self, *args, username, **options):
        users = get_user_model().objects
        user = users.filter(username=username).first() or users.filter(email=username.lower()).first()
        if user is None:
            raise CommandError(f"Nobody has the user name {username}.")
        _number, by_model = Authenticator.objects.filter(user=user).delete()
        if not by_model:
            raise CommandError(f"{user} has no second factor.")
        self.stdout.write(f"{user} signs in with the password alone now, and is asked to set up a new second factor.")
