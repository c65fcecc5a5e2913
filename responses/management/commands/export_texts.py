from django.core.management.base import BaseCommand, CommandError

from responses import organizer_texts


class Command(BaseCommand):
    help = "Writes the organizers' texts in one interface language as a gettext catalogue, for translators."

    def add_arguments(self, parser):
        parser.add_argument("language", help="A language of the interface other than English, such as sw.")

    def handle(self, *args, language, **options):
        if language not in organizer_texts.OTHERS:
            raise CommandError(f"{language} is not one of {', '.join(organizer_texts.OTHERS)}.")
        self.stdout.write(str(organizer_texts.catalogue(language)))
