import os
import socket
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Serves the portal on this machine alone, as in production but without HTTPS."

    def add_arguments(self, parser):
        parser.add_argument("port", nargs="?", default=str(settings.PORT))

    def handle(self, *args, port, **options):
        if not settings.IS_LOCAL:
            raise CommandError("ALLOWED_HOSTS names public hosts; docs/operating.md says how to serve those.")
        port = _free(port)
        self.stdout.write(f"\nThe portal:      http://127.0.0.1:{port}/")
        self.stdout.write(f"For organizers:  http://127.0.0.1:{port}/admin/\n\nStop it with Ctrl+C.")
        self.stdout.flush()
        arguments = f"gunicorn --bind 127.0.0.1:{port} --workers 1"
        # This very program with fixed words; nothing that somebody typed gets here.
        os.execv(  # noqa: S606
            sys.executable, [sys.executable, "-m", *arguments.split(), "diversity_portal.wsgi"]
        )


def _free(typed: str) -> int:
    """The port that was typed, if the portal can be served there."""
    # Digits of other scripts are digits to Python, too.
    port = int(typed) if typed.isascii() and typed.isdigit() else 0
    if not 0 < port < 65536:
        raise CommandError(f"{typed!r} is not a port; choose a number from 1 to 65535, such as `make run PORT=8123`.")
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as fault:
            another = port + 1 if 1023 < port < 65535 else 8123
            raise CommandError(
                f"Port {port} cannot be used ({fault.strerror}); choose another, such as `make run PORT={another}`."
            ) from None
    return port
