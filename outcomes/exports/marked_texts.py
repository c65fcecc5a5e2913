"""The texts that leave in files for organizers, each with the marks in it: answers and public translations of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import batched

from django.conf import settings
from django.utils.translation import override

from outcomes.models import Evidence, SharedAnswer
from responses.languages.passages import Passage
from responses.models import Answer, Response
from responses.models.answer import AnswerWording
from responses.organizer_texts import SOURCE

# Responses whose answers are held in memory at a time. All of these may be of the greatest length.
BATCH = 200


@dataclass(frozen=True)
class MarkedText(AnswerWording):
    """An answer as everybody may read it, or a public translation of it, and the marks that were made in that wording.

    marks: [(mark, where its words stand in the text)], in the order of the text.
    """

    marks: list[tuple[Evidence, Passage]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The public code, the question and the language: no other text has the same."""
        return f"{self.answer.response.code}/{self.answer.question.slug}/{self.language}"

    @property
    def address(self) -> str:
        """Where readers find the answer, for as long as its author lets them."""
        return f"{permanent_address(self.answer.response)}#answer-{self.answer.question.slug}"


def permanent_address(row) -> str:
    """The whole address of the page of a row, in the language that the portal always has."""
    with override(SOURCE):
        return settings.PORTAL_ORIGIN + row.get_absolute_url()


def marked_texts() -> Iterator[MarkedText]:
    """Every published answer, each followed by those of its public translations in which somebody has marked words.

    Without the open ones of the shared sample: without its marks, such an answer would look as if nothing were in it.
    In three queries a batch. Whatever is withdrawn or hidden while a file is written is in no later batch.
    """
    keys = Response.objects.published().order_by("pk").values_list("pk", flat=True)
    for batch in batched(keys.iterator(chunk_size=BATCH), BATCH, strict=False):
        responses = Response.objects.published().filter(pk__in=batch)
        answers = Answer.objects.filter(response__in=responses).exclude(SharedAnswer.objects.open().has("pk"))
        yield from _with_marks(answers.select_related("response", "question").order_by("response", "question"))


def _with_marks(answers) -> Iterator[MarkedText]:
    by_answer: dict[int, dict[int | None, MarkedText]] = {each.pk: {None: MarkedText(each)} for each in answers}
    marks = Evidence.objects.to_export(list(by_answer)).select_related("problem", "solution")
    for mark in marks.with_wordings():
        texts = by_answer[mark.answer_id]
        # The words that are written into the file, even if somebody has edited the answer a moment ago.
        mark.answer = texts[None].answer
        made_in = mark.present_translation
        # What its author can still object to is not public as a whole, although a passage of it may have been.
        if (made_in and not made_in.is_public) or (passage := mark.passage) is None:
            continue
        key = made_in.pk if made_in else None
        texts.setdefault(key, MarkedText(mark.answer, made_in)).marks.append((mark, passage))
    for texts in by_answer.values():
        for each in texts.values():
            each.marks.sort(key=lambda found: (found[1].start, found[1].end, found[0].pk))
            yield each
