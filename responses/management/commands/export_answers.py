import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from responses.exchange import po, xliff
from responses.exchange.units import Languages, answers_to_translate, units_to_translate
from responses.languages import UNLISTED, languages


class Command(BaseCommand):
    help = "Writes the public answers in one language that lack a translation into another, as PO or XLIFF 2."

    def add_arguments(self, parser):
        parser.add_argument("source", help="The language of the answers, such as sw; und for those not listed.")
        parser.add_argument("target", help="The language to translate into, such as ar.")
        parser.add_argument("file", type=Path, help="The file to write: XLIFF 2 if it ends in .xlf, otherwise PO.")

    def handle(self, *args, source, target, file, **options):
        for code, known in ((source, {*languages(), UNLISTED}), (target, languages())):
            if code not in known:
                raise CommandError(f"{code} is not a language of the registry.")
        pair = Languages(source, target)
        number = answers_to_translate(pair).count()
        units = tqdm(units_to_translate(pair), total=number, unit=" answers", disable=None, file=sys.stderr)
        writer = xliff if file.suffix in (".xlf", ".xliff") else po
        try:
            with file.open("w", encoding="utf-8", newline="\n") as opened:
                writer.write(opened, pair, units)
        except OSError as fault:
            raise CommandError(f"{file}: {fault.strerror}") from None
        self.stdout.write(f"{number} answers.")
