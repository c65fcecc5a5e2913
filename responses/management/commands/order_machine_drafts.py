from django.core.management.base import BaseCommand, CommandError

from responses import machine_translation
from responses.languages import languages
from responses.models import Answer


class Command(BaseCommand):
    help = "Asks the machine for drafts of all public answers in one language that lack a translation into another."

    def add_arguments(self, parser):
        parser.add_argument("source", help="The language of the answers, such as sw.")
        parser.add_argument("target", help="The language of the drafts, such as ar.")

    def handle(self, *args, source, target, **options):
        if not machine_translation.is_available():
            raise CommandError("MACHINE_TRANSLATION_URL is not set.")
        if unknown := {source, target} - languages().keys():
            raise CommandError(f"Not in the registry of languages: {', '.join(sorted(unknown))}.")
        answers = Answer.objects.published().lacking_draft(target).filter(response__language=source)
        number = 0
        for answer in answers.iterator(chunk_size=500):
            number += machine_translation.order(answer, target)
        self.stdout.write(f"{number} drafts ordered; `manage.py housekeeping` fetches them.")
