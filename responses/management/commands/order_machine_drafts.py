from django.core.management.base import BaseCommand, CommandError

from responses import machine
from responses.answer_files.units import Languages, answers_to_translate
from responses.languages import languages


class Command(BaseCommand):
    help = "Asks the machine for drafts of all public answers in one language that lack a translation into another."

    def add_arguments(self, parser):
        parser.add_argument("source", help="The language of the answers, such as sw.")
        parser.add_argument("target", help="The language of the drafts, such as ar.")

    def handle(self, *args, source, target, **options):
        if not machine.is_available():
            raise CommandError("MACHINE_TRANSLATION_URL names no server.")
        if unknown := {source, target} - languages().keys():
            raise CommandError(f"{', '.join(sorted(unknown))}: no language of the registry.")
        answers = answers_to_translate(Languages(source, target))
        for answer in answers.exclude(translations__language=target, translations__origin="machine").iterator():
            machine.order(answer, target)
        self.stdout.write(f"{answers.count()} answers lack a translation; `manage.py tend` fetches their drafts.")
