from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from responses import organizer_texts


class Command(BaseCommand):
    help = "Imports the organizers' texts in one interface language from a catalogue. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("language", help="A language of the interface other than English, such as sw.")
        parser.add_argument("file", type=Path)

    def handle(self, *args, language, file, **options):
        try:
            imported = organizer_texts.import_catalogue(organizer_texts.read(file.read_bytes()), language)
        except OSError as fault:
            raise CommandError(f"{file}: {fault.strerror}") from None
        except ValidationError as fault:
            raise CommandError(f"{file}: {' '.join(fault.messages)}") from None
        for key, before, now in imported.changed:
            self.stdout.write(f"{key}: {before or '(empty)'} -> {now}")
        for key, reason in imported.left:
            self.stdout.write(f"{key}: left as it was. {organizer_texts.REASONS[reason]}")
        counts = (
            f"{len(imported.changed)} changed, {imported.same} there already, {len(imported.left)} left as they were"
        )
        self.stdout.write(f"{counts}.")
