import os
import shutil
from contextlib import ExitStack
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from outcomes.exports.files import FILES
from outcomes.models import Export
from responses.languages import languages


class Command(BaseCommand):
    help = "Writes a file with answers and marks, as the desk does, whatever its size. It is logged there."

    def add_arguments(self, parser):
        parser.add_argument("file", choices=[each.name for each in FILES])
        parser.add_argument("--by", required=True, metavar="USER", help="Who takes it, for the log.")
        parser.add_argument("--language", default="en", help="The language of the translations in it, such as sw.")
        parser.add_argument("--into", help="Where to write it. By default, under its name in this folder.")

    def handle(self, *args, file, by, language, into, **options):
        chosen = next(each for each in FILES if each.name == file)
        user = get_user_model().objects.filter(username=by, is_active=True).first()
        if user is None or not user.has_perm("outcomes.add_export"):
            raise CommandError(f"{by} may not take files.")
        if language not in languages():
            raise CommandError(f"There is no language {language}.")
        path = Path(into or file)
        try:
            # Nobody else at the server reads it: it holds people's words.
            target = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        except OSError as fault:
            raise CommandError(f"It cannot be written: {fault}") from None
        try:
            # A file is there if and only if it is logged, also if somebody interrupts this.
            with ExitStack() as removed_if_it_fails:
                removed_if_it_fails.callback(path.unlink)
                with target, transaction.atomic(), Export.objects.take(chosen, language, by=user) as made:
                    shutil.copyfileobj(made, target)
                    target.flush()
                removed_if_it_fails.pop_all()
        except (OSError, ValidationError) as fault:
            raise CommandError(f"It cannot be written: {' '.join(getattr(fault, 'messages', [str(fault)]))}") from None
        self.stdout.write(f"{path} written.")
