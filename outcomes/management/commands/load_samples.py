import json
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from modeltranslation.utils import build_localized_fieldname

from outcomes.models import Evidence, Problem, Solution
from responses.access.keys import key_of, new_code, new_submission, sha256_of
from responses.languages.passages import find_passage
from responses.models import Conversation, Gathering, MovedPromise, Question, Region, Response, Translation

SAMPLES = Path(__file__).parents[2] / "samples.json"
# The texts of conversations by their slugs, in each interface language. Each of them says that it is a sample.
CONVERSATIONS = Path(__file__).parents[2] / "sample_conversations.json"
# The results of the first are out.
SLUG, BEING_READ, NOT_OPEN = "sample", "sample-being-read", "sample-not-open"
# What happened in it, and how many days ago.
OPENED, SENT, CLOSED, MOVED, PROMISED, RESULTS, PROMISED_ANEW = 300, 200, 120, 90, 60, 35, 30


class Command(BaseCommand):
    help = (
        "Fills an empty database with sample responses, each marked as a sample wherever it is shown: some in the "
        "current conversation, some in one that is closed. Other sample conversations show the other states."
    )

    def add_arguments(self, parser):
        parser.add_argument("--remove", action="store_true", help="Removes the samples instead.")

    @transaction.atomic
    def handle(self, *args, remove, **options):
        self.texts = json.loads(CONVERSATIONS.read_text(encoding="utf-8"))
        if remove:
            self._remove()
            User.objects.filter(username__startswith="sample-", is_active=False).delete()
            self.stdout.write("The samples were removed.")
            return
        if Response.objects.exists() or Conversation.objects.filter(slug__in=self.texts).exists():
            self.stdout.write("There are responses or samples already; no samples were added.")
            return
        samples = json.loads(SAMPLES.read_text(encoding="utf-8"))
        asked = set(Conversation.objects.current().questions.values_list("slug", flat=True))
        if not asked.issuperset(slug for sample in samples for slug in sample["answers"]):
            self.stdout.write("The current conversation asks other questions than the samples; none were added.")
            return
        self.today = timezone.localdate()
        self.questions = {question.slug: question for question in Question.objects.all()}
        self.translator, self.reviewer, self.coder = map(self._account, ("translator", "reviewer", "coder"))
        # Closed, as it was when people answered it; and one whose promised day is over.
        self.past = self._conversation(SLUG, OPENED, CLOSED, PROMISED)
        self._conversation(BEING_READ, 110, 50, 7)
        self._conversation(NOT_OPEN, -60, -120, -200)
        for sample in samples:
            self._load(sample)
        self._publish_results()
        self.stdout.write(f"{len(samples)} sample responses added.")

    def _remove(self):
        """What somebody has added to a sample stays, and so does the sample that it belongs to."""
        samples = Response.objects.filter(is_sample=True)
        gatherings = list(Gathering.objects.filter(responses__in=samples).values_list("pk", flat=True))
        samples.delete()
        Gathering.objects.filter(pk__in=gatherings, responses=None).delete()
        untouched = {"responses": None, "gatherings": None, "drafts": None, "subscriptions": None}
        Conversation.objects.filter(slug__in=self.texts, is_current=False, **untouched).delete()

    def _days_ago(self, days):
        return self.today - timedelta(days=days)

    def _conversation(self, slug, opened, closed, promised):
        """A conversation that has made way for a later one, or opens later. Takes how many days ago its days are."""
        texts = self.texts[slug]
        conversation = Conversation.objects.create(
            slug=slug,
            opens_on=self._days_ago(opened),
            closes_on=self._days_ago(closed),
            results_by=self._days_ago(promised),
            made_way_at=timezone.now() - timedelta(days=closed - 1) if closed > 0 else None,
            **{name: text for field in texts if field != "reason" for name, text in self._worded(slug, field).items()},
        )
        conversation.questions.set(Conversation.objects.current().questions.all())
        return conversation

    def _publish_results(self):
        """The promised day moves once, and the results are out in time."""
        MovedPromise.objects.create(
            conversation=self.past,
            results_by=self.past.results_by,
            moved_on=self._days_ago(MOVED),
            **self._worded(SLUG, "reason"),
        )
        self.past.results_by, self.past.results_on = self._days_ago(PROMISED_ANEW), self._days_ago(RESULTS)
        self.past.save()

    def _worded(self, slug, field):
        return {build_localized_fieldname(field, language): text for language, text in self.texts[slug][field].items()}

    def _gathering(self, sample, conversation, held_on):
        """The gathering that a sample was sent at. The secret link of its host is printed, because it is not stored."""
        key = key_of(new_submission())
        gathering = Gathering.objects.create(
            code=new_code(),
            key_hash=sha256_of(key),
            conversation=conversation,
            title=sample["gathering"],
            held_on=held_on,
            place=sample["place"],
        )
        self.stdout.write(f"A sample gathering: {gathering.get_absolute_url()}")
        self.stdout.write(f"Its host's page: {reverse('my_gathering', args=[key])}")
        return gathering

    def _account(self, task):
        """An account to credit, which nobody can sign in to."""
        user, is_new = User.objects.get_or_create(username=f"sample-{task}", defaults={"is_active": False})
        if is_new:
            user.set_unusable_password()
            user.save()
        return user

    def _load(self, sample):
        conversation = self.past if "is_past" in sample else Conversation.objects.current()
        sent_on = self._days_ago(SENT) if "is_past" in sample else self.today
        told = {name: sample[name] for name in ("language", "sharing")}
        told |= {
            name: sample[name]
            for name in ("display_name", "affiliate_name", "people", "method", "place", "content_kinds", "content_note")
            if name in sample
        }
        response = Response.objects.submit(
            key_of(new_submission()),
            {self.questions[slug]: text for slug, text in sample["answers"].items()},
            conversation=conversation,
            gathering=self._gathering(sample, conversation, sent_on) if "gathering" in sample else None,
            on=sent_on,
            region=Region.objects.filter(slug=sample.get("region")).first(),
            is_sample=True,
            **told,
        )
        response.accept(on=sent_on)
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
            kind, slug = (Problem, mark["problem"]) if "problem" in mark else (Solution, mark["solution"])
            passage = find_passage(answer.text, mark["quote"])
            Evidence.objects.mark(kind.objects.get(slug=slug), answer, passage, stance=mark["stance"], coder=self.coder)
