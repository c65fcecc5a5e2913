import json
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.db import transaction

from outcomes.models import Evidence, Problem
from outcomes.models.evidence import find_passage
from responses.access.keys import key_of, new_submission
from responses.models import Question, Region, Response, Translation

SAMPLES = Path(__file__).parents[2] / "samples.json"


class Command(BaseCommand):
    help = "Fills an empty database with sample responses, each marked as a sample wherever it is shown."

    def add_arguments(self, parser):
        parser.add_argument("--remove", action="store_true", help="Removes the samples instead.")

    @transaction.atomic
    def handle(self, *args, remove, **options):
        if remove:
            Response.objects.filter(is_sample=True).delete()
            User.objects.filter(username__startswith="sample-", is_active=False).delete()
            self.stdout.write("The samples were removed.")
            return
        if Response.objects.exists():
            self.stdout.write("There are responses already; no samples were added.")
            return
        self.questions = {question.slug: question for question in Question.objects.all()}
        self.translator, self.reviewer, self.coder = map(self._account, ("translator", "reviewer", "coder"))
        samples = json.loads(SAMPLES.read_text(encoding="utf-8"))
        for sample in samples:
            self._load(sample)
        self.stdout.write(f"{len(samples)} sample responses added.")

    def _account(self, task):
        """An account to credit, which nobody can sign in to."""
        user, is_new = User.objects.get_or_create(username=f"sample-{task}", defaults={"is_active": False})
        if is_new:
            user.set_unusable_password()
            user.save()
        return user

    def _load(self, sample):
        told = {name: sample[name] for name in ("language", "sharing")}
        told |= {
            name: sample[name]
            for name in ("display_name", "affiliate_name", "people", "method", "place")
            if name in sample
        }
        response = Response.objects.submit(
            key_of(new_submission()),
            {self.questions[slug]: text for slug, text in sample["answers"].items()},
            region=Region.objects.filter(slug=sample.get("region")).first(),
            is_sample=True,
            **told,
        )
        response.accept()
        answers = {answer.question.slug: answer for answer in response.answers.select_related("question", "response")}
        for slug, texts in sample.get("translations", {}).items():
            for language, text in texts.items():
                translation = Translation.objects.suggest(
                    answers[slug], language, text, translator=self.translator, source_text=answers[slug].text
                )
                translation.review(by=self.reviewer, seen=translation.fingerprint)
                translation.agree()
        for mark in sample.get("evidence", []):
            answer = answers[mark["question"]]
            problem = Problem.objects.get(slug=mark["problem"])
            passage = find_passage(answer.text, mark["quote"])
            Evidence.objects.mark(problem, answer, passage, stance=mark["stance"], coder=self.coder)
