import sys
from collections import Counter
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from responses.exchange.answer_import import OUTCOMES, QUIET, STORED, check, import_answers


class Command(BaseCommand):
    help = "Imports translations of answers from a PO or XLIFF 2 file, as suggestions of a translator. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("translator", help="The name of the translator, as the portal shows it.")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--copies", action="store_true", help="Store texts too that are the same as the original, such as names."
        )

    def handle(self, *args, translator, file, copies, **options):
        users = get_user_model().objects
        user = users.filter(username=translator).first() or users.filter(first_name=translator).first()
        if user is None or not user.has_perm("responses.add_translation"):
            raise CommandError(f"{translator} is not a translator.")
        counted = Counter()
        try:
            with file.open("rb") as opened:
                _languages, number = check(opened)
                progress = tqdm(
                    import_answers(opened, user, copies=copies),
                    total=number,
                    unit=" answers",
                    disable=None,
                    file=sys.stderr,
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
        told = [f"{counted['taken']} stored", f"{counted['same']} there already"]
        told += [f"{counted['beside']} stored beside others"]
        told += [f"{counted['older']} stored, but outdated"] if counted["older"] else []
        left = sum(number for outcome, number in counted.items() if outcome not in (*STORED, "same"))
        self.stdout.write(f"{', '.join(told)}, {left} left.")
        if not counted:
            self.stdout.write("There is no translation in the file yet.")
