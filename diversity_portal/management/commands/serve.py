import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Serves the portal on this machine alone, as in production but without HTTPS."

    def add_arguments(self, parser):
        parser.add_argument("port", type=int, nargs="?", default=settings.PORT)

    def handle(self, *args, port, **options):
        if not settings.IS_LOCAL:
            raise CommandError("ALLOWED_HOSTS names public hosts; docs/operating.md says how to serve those.")
        if not 0 < port < 65536:
            raise CommandError(f"{port} is not a port.")
        self.stdout.write(f"\nThe portal:      http://127.0.0.1:{port}/")
        self.stdout.write(f"For organizers:  http://127.0.0.1:{port}/admin/\n\nStop it with Ctrl+C.")
        self.stdout.flush()
        arguments = f"gunicorn --bind 127.0.0.1:{port} --workers 1"
        # This very program with fixed words; nothing that somebody typed gets here.
        os.execv(  # noqa: S606
            sys.executable, [sys.executable, "-m", *arguments.split(), "diversity_portal.wsgi"]
        )
