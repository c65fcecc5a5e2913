from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from responses.access.keys import sha256_of
from responses.languages import UNLISTED
from responses.languages.hidden_words import HIDDEN
from responses.languages.text_matching import original_of
from responses.validators import not_blank

from .conversation import Conversation
from .mask import Masked
from .question import Question
from .recusal import AboutResponses
from .response import Response
from .translation import Translation

# Characters (code points). Longer texts come back whole, with a message.
LONGEST_ANSWER = 20_000
# A translation may need more characters than its original.
LONGEST_TRANSLATION = 3 * LONGEST_ANSWER

# The answers that were accepted first, those of one response together. By code within a day, as in
# `ResponseQuerySet.newest_first`, whose index this order walks backwards.
LONGEST_WAITING = ("response__accepted_on", "-response__code", "question__position")

# The order in which answers are coded: the same by the day, and those of one response together. An index has it.
TO_CODE = ("accepted_on", "response_id", "question_id")

# Characters of one answer in a list of many: a few paragraphs.
_BEGINNING = 1_500


def _beginning(text: str) -> str:
    if len(text) <= _BEGINNING:
        return text
    head = text[:_BEGINNING]
    at_a_space = head[: max(head.rfind(" "), head.rfind("\n"))]
    # A text in a script without spaces is cut at the length itself.
    return (at_a_space if len(at_a_space) > _BEGINNING // 2 else head) + " …"


@dataclass(frozen=True)
class AnswerWording:
    """An answer in the words of its author, or those of a translation."""

    answer: "Answer"
    translation: Translation | None = None

    @property
    def text(self) -> str:
        return self.translation.text if self.translation else self.answer.text

    @property
    def language(self) -> str:
        return self.translation.language if self.translation else self.answer.response.language


@dataclass(frozen=True)
class Reading(AnswerWording):
    """What a reader gets of one answer: a reviewed, current translation into their language, else the original.

    If organizers allow it, a machine's draft is shown below an original that nobody has translated. It never takes the
    place of the original.
    """

    draft: Translation | None = None

    @property
    def whole(self) -> tuple[str, str]:
        """The text and the original."""
        return self.text, self.answer.text

    @property
    def beginnings(self) -> tuple[str, str]:
        """As much of the text and of the original as a list shows. Each ends between two words."""
        return _beginning(self.text), _beginning(self.answer.text)

    @property
    def hides_words(self) -> bool:
        return any(HIDDEN in text for text in self.whole)

    @property
    def is_long(self) -> bool:
        return self.beginnings != self.whole


class AnswerQuerySet(AboutResponses):
    def published(self):
        return self.filter(response__in=Response.objects.published())

    def for_desk_of(self, user):
        """What a translator may work on: published, and by nobody whom they know."""
        return self.published().not_recused_by(user)

    def ever_published(self):
        """Published now or at some time: what a translator can know of."""
        return self.filter(response__was_published=True)

    def accepted(self):
        """Answers that organizers may mark as evidence. This includes those that only organizers may read."""
        return self.filter(response__status=Response.Status.ACCEPTED)

    def keep_found_by(self, response):
        """Keep what the index of what is to be coded has of their response."""
        kept = {name: getattr(response, name) for name in ("accepted_on", "language", "conversation")}
        self.exclude(**kept).update(**kept)

    def to_code(self):
        """Accepted answers that no coder is done with as they read now."""
        return self.filter(accepted_on__isnull=False, is_coded=False).order_by(*TO_CODE)

    def behind(self, answer):
        """In the order of `TO_CODE`, what comes after an answer: querysets, the nearest first.

        Each walks the index from its place on; a condition for all of them would not.
        """
        return self._beside(answer, "gt")

    def ahead_of(self, answer):
        """The same, of what comes before it. Their order does not matter."""
        return self._beside(answer, "lt")

    def _beside(self, answer, side):
        day, response = models.Q(accepted_on=answer.accepted_on), models.Q(response=answer.response_id)
        steps = (
            day & response & models.Q(**{f"question__{side}": answer.question_id}),
            day & models.Q(**{f"response__{side}": answer.response_id}),
            models.Q(**{f"accepted_on__{side}": answer.accepted_on}),
        )
        return [self.filter(each).order_by(*TO_CODE) for each in steps]

    def of_the_next_response(self, answer):
        """In the order of `LONGEST_WAITING`, the answers of the responses behind that of this one."""
        response = answer.response
        day = models.Q(response__accepted_on=response.accepted_on, response__code__lt=response.code)
        behind = day | models.Q(response__accepted_on__gt=response.accepted_on)
        return self.filter(behind).order_by(*LONGEST_WAITING)

    def in_another_language_than(self, language):
        return self.exclude(response__language=language)

    def showing_group(self):
        """Answers whose group, gathering and region readers may see, and so translators too."""
        return self.filter(response__sharing__in=Response.SHOWING_GROUP)

    def count_by(self, field):
        """{value of a field: number of answers}, the largest number first."""
        counted = self.exclude(**{field: None}).order_by().values_list(field)
        return dict(counted.annotate(n=models.Count("pk", distinct=True)).order_by("-n", field))

    def lacking_translation(self, language):
        """Answers whose present text no person has translated into the language."""
        translated = self._of_present_text(Translation.objects.live().by_people(), language)
        return self.in_another_language_than(language).exclude(models.Exists(translated))

    def lacking_draft(self, language):
        """Answers of `lacking_translation` whose present text has no machine draft either.

        A draft that the author has refused counts too, so that it is not made again. A machine is not asked to
        translate from a language that only its author can name.
        """
        drafted = self._of_present_text(Translation.objects.machine_drafts(), language)
        known = self.exclude(response__language=UNLISTED)
        return known.lacking_translation(language).exclude(models.Exists(drafted))

    @staticmethod
    def _of_present_text(translations, language):
        # Compared with the outer row. `current()` would join the answers again: PostgreSQL would go through all pairs.
        return translations.filter(language=language, answer=models.OuterRef("pk"), source_text=models.OuterRef("text"))

    def for_reading(self, language):
        """With everything that `reading(language)` needs, in two queries."""
        translations = Translation.objects.readable().with_credit()
        return self.select_related("response__affiliate", "response__region", "question").prefetch_related(
            models.Prefetch(
                "translations",
                queryset=translations.filter(language=language),
                to_attr="readable_translations",
            )
        )


class Answer(Masked):
    """The text given to one question, in the response's language."""

    response = models.ForeignKey(Response, verbose_name=_("response"), on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(
        Question,
        verbose_name=_("question"),
        on_delete=models.PROTECT,
        related_name="answers",
        db_index=False,  # see the indexes below
    )
    # As everybody may read it; what its author wrote is `authors_text`.
    text = models.TextField(_("text"))
    # The question as its author read it, in the language of the page: its wording is evidence too.
    prompt_text = models.CharField(_("the question as it was asked"), max_length=300)
    prompt_language = models.CharField(_("the language it was asked in"), max_length=20)
    # For the indexes of what is to be coded: three facts of its response, as they were when it last changed its status,
    # and whether a coder is done with these very words.
    accepted_on = models.DateField(null=True, editable=False)
    language = models.CharField(_("language"), max_length=20, blank=True, editable=False)
    conversation = models.ForeignKey(
        Conversation,
        verbose_name=_("conversation"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        db_index=False,  # see the indexes below
    )
    is_coded = models.BooleanField(default=False, editable=False)

    # Set by `for_reading(language)`.
    readable_translations: list[Translation]

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__position"]
        indexes = [
            models.Index(
                fields=["accepted_on", "response", "question", "id"],
                condition=models.Q(accepted_on__isnull=False, is_coded=False),
                name="answers_to_code",
            ),
            *(
                models.Index(
                    fields=[field, "accepted_on", "response", "question", "id"],
                    condition=models.Q(accepted_on__isnull=False, is_coded=False),
                    name=f"answers_to_code_{field}",
                )
                for field in ("language", "conversation")
            ),
            models.Index(
                fields=["accepted_on", "response", "question", "id"],
                condition=models.Q(accepted_on__isnull=False, is_coded=True),
                name="answers_coded",
            ),
            models.Index(
                fields=["accepted_on", "response", "question", "id"],
                condition=models.Q(accepted_on__isnull=False),
                name="answers_accepted",
            ),
            models.Index(fields=["question", "response"], name="answers_to_a_question"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="one_answer_to_a_question"),
            models.CheckConstraint(condition=not_blank("text"), name="answer_is_not_blank"),
        ]

    def __str__(self):
        return f"{self.response.code}/{self.question.slug}"

    @property
    def fingerprint(self):
        """Changes with every word. A reviewer sends it back to say which wording they have read."""
        return sha256_of(self.text)

    def as_it_read(self, copy: str) -> str | None:
        """The author's own words that somebody has translated: as the answer reads now, or as it read earlier.

        copy: these words as they come back in a form or a file, whose program may have changed white space. None if the
        answer never read so. An earlier wording is known from the versions that its author has kept, and from
        translations of it.
        """
        if copy == self.text:
            return copy
        earlier = [version.answers.get(self.question.slug, "") for version in self.response.versions.all()]
        return original_of(
            copy, [self.text, *filter(None, earlier), *(each.source_text for each in self.translations.all())]
        )

    def reading(self, language) -> Reading:
        """What a reader of this language gets. Expects an answer from `for_reading(language)`."""
        reviewed = next((each for each in self.readable_translations if each.is_reviewed), None)
        draft = next((each for each in self.readable_translations if not each.is_reviewed), None)
        return Reading(self, reviewed, draft=None if reviewed else draft)
