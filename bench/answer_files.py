"""What files of 100,000 answers take, in time and memory: python bench/answer_files.py [number]

Writes its own SQLite file. Compare the times with that of parsing the same PO file with polib alone. Memory is the peak
of what Python holds, for a tenth of the answers and for all of them: if it is bounded, the two are about equal.
"""

import io
import os
import secrets
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "diversity_portal.settings"
os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
FOLDER = Path(tempfile.mkdtemp())
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER}/bench.sqlite3"
os.environ["ALLOWED_HOSTS"] = ""

import django  # noqa: E402

django.setup()

import polib  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from responses.exchange import po, xliff  # noqa: E402
from responses.exchange.answer_import import import_answers  # noqa: E402
from responses.exchange.units import Languages, units_to_translate  # noqa: E402
from responses.models import Answer, Conversation, Question, Response, Translation  # noqa: E402

PAIR = Languages("sw", "ar")


def fill(number):
    question, day, conversation = Question.objects.first(), timezone.localdate(), Conversation.objects.current()
    for begin in range(0, number, 5_000):
        made = Response.objects.bulk_create(
            Response(
                code=f"{n:08d}".translate(str.maketrans("01", "xy")), key_hash=f"{n:064d}", language="sw",
                status="accepted", terms_version="2", agreed_on=day,
                started_on=day, submitted_on=day, accepted_on=day, conversation=conversation,
            )
            for n in range(begin, min(begin + 5_000, number))
        )  # fmt: skip
        Answer.objects.bulk_create(
            Answer(
                response=each, question=question, text=f"Neno {each.code}. " * 12, prompt_text="?", prompt_language="sw"
            )
            for each in made
        )


def measured(work):
    """Seconds, and the peak of Python's memory in MB in a second run."""
    begun = time.perf_counter()
    work()
    took = time.perf_counter() - begun
    tracemalloc.start()
    work()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return took, peak / 1e6


def write(form, most):
    with (FOLDER / "out").open("w", encoding="utf-8") as file:
        form.write(file, PAIR, units_to_translate(PAIR, most))


def import_file(file, user):
    # Django's own way to delete would fetch all of them first.
    Translation.objects.all()._raw_delete("default")
    with file.open("rb") as opened:
        if any(each.outcome != "taken" for each in import_answers(opened, user)):
            raise SystemExit("Not all answers were imported.")


def main(number):
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    fill(number)
    user = User.objects.create_user("translator")
    for form, mark in ((po, ('msgstr ""', 'msgstr "كلمة"')), (xliff, ("</source>", "</source><target>كلمة</target>"))):
        name = form.__name__.rpartition(".")[2]
        for most in (number // 10, number):
            took, peak = measured(lambda most=most, form=form: write(form, most))
            print(f"{name}: {most} answers written in {took:.1f} s, peak {peak:.1f} MB")
            text = (FOLDER / "out").read_text(encoding="utf-8")
            header, body = text.split("\n\n", 1) if form is po else ("", text)
            file = FOLDER / "back"
            file.write_text(f"{header}\n\n{body.replace(*mark)}".lstrip("\n"), encoding="utf-8")
            took, peak = measured(lambda file=file: import_file(file, user))
            print(f"{name}: {most} answers imported in {took:.1f} s, peak {peak:.1f} MB")
            Translation.objects.all()._raw_delete("default")
            if form is po:
                begun = time.perf_counter()
                polib.pofile(io.StringIO(file.read_text(encoding="utf-8")).getvalue())
                print(f"polib alone parses that file in {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
