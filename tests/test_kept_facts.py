"""What is kept for indexes beside the rows that it follows from: the same as these say, whatever happens."""

import random

import pytest
from django.core.exceptions import ValidationError

from outcomes.models import Coding, CodingPlan, Evidence, Problem, SharedAnswer
from outcomes.models.shared_sample import Choice
from responses.languages.passages import find_passage
from responses.models import Answer, Response

from .factories import make_problem, make_user, submit
from .whole import IS_WHOLE

pytestmark = pytest.mark.django_db

WORDS = ["umeme", "maji", "watu"]


def kept():
    """What is kept: of answers, of marks, and of the shared sample."""
    answers = Answer.objects.all()
    return {
        "accepted_on": {each.pk: each.accepted_on for each in answers},
        "of response": {each.pk: (each.language, each.conversation_id) for each in answers if each.accepted_on},
        "settled": set(Evidence.objects.settled().values_list("pk", flat=True)),
        "older": set(Evidence.objects.filter(is_of_older_words=True).values_list("pk", flat=True)),
        "to look at again": set(Evidence.objects.exclude(reworded_on=None).values_list("pk", flat=True)),
        "coded": {each.pk for each in answers if each.is_coded},
        "lost": set(Evidence.objects.edited_away().values_list("pk", flat=True)),
        "half read": set(SharedAnswer.objects.half_read().values_list("answer", flat=True)),
        "to agree on": set(SharedAnswer.objects.to_agree_on().values_list("answer", flat=True)),
    }


def derived():
    """The same, from the rows that it follows from."""
    answers = list(Answer.objects.select_related("response"))
    done = {each.pk: each.codings.filter(of_text=each.fingerprint).count() for each in answers}
    open_ones = set(SharedAnswer.objects.open().values_list("answer", flat=True))
    accepted_answers = [each for each in answers if each.response.status == Response.Status.ACCEPTED]
    accepted = {each.pk for each in accepted_answers}
    marks = Evidence.objects.select_related("answer__response").with_wordings()
    return {
        "accepted_on": {each.pk: each.response.accepted_on for each in answers},
        "of response": {each.pk: (each.response.language, each.response.conversation_id) for each in accepted_answers},
        "settled": {each.pk for each in marks if each.answer_id not in open_ones},
        "older": {each.pk for each in marks if each.claim_revision < each.claim.revision},
        "to look at again": {
            each.pk for each in marks if each.claim_revision < each.claim.revision and each.answer_id in accepted
        },
        "coded": {pk for pk, number in done.items() if number},
        "lost": {each.pk for each in marks if each.is_lost and each.answer_id in accepted},
        "half read": {pk for pk in open_ones & accepted if done[pk] == 1},
        "to agree on": {pk for pk in open_ones & accepted if done[pk] == 2},
    }


class Walk:
    """Everybody who has to do with a response does something, in any order."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.coders = [make_user(f"coder {n}", "Coder") for n in range(2)]
        self.reviewer = make_user("reviewer", "Reviewer")
        self.claims = [make_problem(f"p{n}") for n in range(2)]
        self.texts = 0
        self.response = submit({"meaning": self.text(), "needs": self.text()})

    def text(self):
        """Words that have not been said before."""
        self.texts += 1
        words = self.chance.sample(WORDS, self.chance.choice([2, 3]))
        return " ".join(f"Hakuna {word}, sivyo." for word in words) + f" {self.texts}"

    @property
    def answer(self):
        return self.chance.choice(list(Answer.objects.select_related("response", "question").order_by("pk")))

    def accept(self):
        self.response.accept(by=self.reviewer)

    def undo(self):
        self.response.undo()

    def decline(self):
        self.response.decline("No.", by=self.reviewer)

    def ask(self):
        self.response.ask("Where?", by=self.reviewer)

    def reply(self):
        self.response.reply("Here.")

    def edit(self):
        answers = list(self.response.answers.select_related("question"))
        changed = self.chance.choice(answers)
        self.response.edit({each.question: self.text() if each == changed else each.authors_text for each in answers})

    def share(self):
        self.response.share(sharing=self.chance.choice(["unnamed", "organizers"]), display_name="")

    def mask(self):
        answer = self.answer
        start = answer.authors_text.index(self.chance.choice(WORDS))
        answer.mask(start, start + 4, "A name.", by=self.reviewer, seen=answer.fingerprint)

    def unmask(self):
        self.answer.masks.first().take_back(by=self.reviewer)

    def mark(self):
        answer, coder = self.answer, self.chance.choice(self.coders)
        passage = find_passage(answer.text, self.chance.choice(WORDS))
        stance = self.chance.choice(Evidence.Stance.values)
        Evidence.objects.mark(self.chance.choice(self.claims), answer, passage, stance=stance, coder=coder)

    def reword(self):
        claim = Problem.objects.get(pk=self.chance.choice(self.claims).pk)
        self.texts += 1
        claim.title_en = f"Title {self.texts}"
        claim.store()

    def still_right(self):
        mark = self.chance.choice(list(Evidence.objects.order_by("pk")))
        mark.still_right(seen=mark.state, claim_seen=mark.claim.fingerprint)

    def move(self):
        mark = self.chance.choice(list(Evidence.objects.order_by("pk")))
        mark.change(claim=self.chance.choice(self.claims), stance=mark.stance, note="")

    def take_back(self):
        self.chance.choice(list(Evidence.objects.order_by("pk"))).take_back()

    def finish(self):
        answer = self.answer
        Coding.objects.finish(answer, self.chance.choice(self.coders), seen=answer.fingerprint)

    def undo_coding(self):
        self.chance.choice(list(Coding.objects.order_by("pk"))).undo()

    def agree(self):
        shared = SharedAnswer.objects.to_agree_on().first()
        units = shared.units()
        decisions = {each.key: (self.chance.choice([Choice.FIRST, Choice.NOTHING]), "") for each in units}
        shared.agree(decisions, by=self.coders[0], seen=shared.fingerprint(units))

    def withdraw(self):
        self.response.withdraw()

    def step(self):
        """The name of what was done."""
        often = [self.mark] * 8 + [self.finish] * 12 + [self.agree] * 12 + [self.accept] * 8
        decided = [self.undo, self.decline, self.ask, self.reply]
        seldom = [self.edit, self.share, self.mask, self.unmask, self.take_back, self.undo_coding, *decided]
        seldom += [self.reword, self.still_right, self.move]
        self.response = Response.objects.get(pk=self.response.pk)
        verb = self.chance.choice(often + seldom)
        try:
            verb()
        except (ValidationError, ValueError, AttributeError, IndexError):
            # Refused, or nothing is there to do it with.
            return self.step()
        return verb.__name__


@pytest.mark.parametrize("share", [0, 100])
@pytest.mark.parametrize("seed", range(10 if IS_WHOLE else 2))
def test_what_is_kept_is_what_it_follows_from_after_every_verb(seed, share):
    CodingPlan.objects.create(pk=1, share=share)
    walk = Walk(seed)

    done = []
    for _n in range(60):
        done.append(walk.step())

        assert (done, kept()) == (done, derived())

    walk.withdraw()
    assert kept() == derived()
