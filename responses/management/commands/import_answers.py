import sys
from collections import Counter
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from responses.exchange.answer_import import OUTCOMES, QUIET, check, import_answers


class Command(BaseCommand):
    help = "Imports translations of answers from a PO or XLIFF 2 file, as suggestions of a translator. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("translator", help="The name of the translator, as the portal shows it.")
        parser.add_argument("file", type=Path)

    def handle(self, *args, translator, file, **options):
        users = get_user_model().objects
        user = users.filter(username=translator).first() or users.filter(first_name=translator).first()
        if user is None or not user.has_perm("responses.add_translation"):
            raise CommandError(f"{translator} is not a translator.")
        counted = Counter()
        try:
            with file.open("rb") as opened:
                _languages, number = check(opened)
                progress = tqdm(
                    import_answers(opened, user), total=number, unit=" answers", disable=None, file=sys.stderr
                )
                for each in progress:
                    counted[each.outcome] += 1
                    if each.outcome not in QUIET:
                        # A file must not send control sequences to the terminal.
                        key = "".join(sign if sign.isprintable() else "\ufffd" for sign in each.unit.key)
                        self.stdout.write(f"{key}: {OUTCOMES[each.outcome]}")
        except OSError as fault:
            raise CommandError(f"{file}: {fault.strerror}") from None
        except ValidationError as fault:
            raise CommandError(f"{file}: {' '.join(fault.messages)}") from None
        beside = counted["older"] + counted["beside"]
        left = counted.total() - counted["taken"] - counted["same"] - beside
        self.stdout.write(
            f"{counted['taken']} stored, {counted['same']} there already, {beside} stored beside others, {left} left."
        )
