"""What waits at the desks for one organizer: only what their rights let them deal with, in numbers and days."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef
from django.utils import timezone

from outcomes.models import Evidence, Quotation
from responses.access.reviewers import reviewers
from responses.models import Answer, Conversation, Response, Translation

# Each of these lets somebody deal with something that waits.
RIGHTS = (
    "responses.review_translation",
    "outcomes.delete_quotation",
    "responses.review_response",
    "outcomes.delete_evidence",
    "responses.change_conversation",
    "responses.view_recusal",
)
# The results of a conversation begin to wait so many days before the day by which they are promised.
PROMISE_DAYS = 14


@dataclass(frozen=True)
class Waiting:
    """So much of one kind waits. The templates word it by its kind."""

    # refused_translations, refused_quotations, for_nobody, responses, translations, lost_marks, promise, broken_promise
    kind: str
    number: int  # of rows; of the days until the promised day, or since it
    day: date | None = None  # on which the oldest arrived; the promised day
    conversation: Conversation | None = None

    @property
    def is_pressing(self) -> bool:
        """Whether it is a reason to write to somebody."""
        return self.number <= PROMISE_DAYS if self.kind == "promise" else self.number > 0


def waiting_for(user) -> list[Waiting]:
    """What waits for somebody, authors' objections first."""
    may = {right: user.has_perm(right) for right in RIGHTS}
    found = []
    if may["responses.review_translation"]:
        found.append(Waiting("refused_translations", _refused_translations(user)))
    if may["outcomes.delete_quotation"]:
        found.append(Waiting("refused_quotations", Quotation.objects.objected().not_recused_by(user).count()))
    if may["responses.view_recusal"]:
        for_nobody = Response.objects.awaiting_review().without_reader(reviewers())
        found.append(Waiting("for_nobody", for_nobody.count()))
    if may["responses.review_response"]:
        found.append(Waiting("responses", **_unread_responses(user)))
    if may["responses.review_translation"]:
        found.append(Waiting("translations", _translations_to_review(user)))
    if may["outcomes.delete_evidence"]:
        found.append(Waiting("lost_marks", _lost_marks(user)))
    if may["responses.change_conversation"]:
        promised = Conversation.objects.exclude(results_by=None).order_by("results_by")
        found += [_promise(each) for each in promised if not each.has_results]
    return [each for each in found if each.number or each.kind == "promise"]


def _refused_translations(user) -> int:
    """How often an answer lacks a translation into a language since its author has objected to one."""
    since = Translation.objects.live().by_people().current()
    since = since.filter(answer=OuterRef("answer"), language=OuterRef("language"))
    refused = Translation.objects.objected().by_people().into_another_language().exclude(Exists(since))
    places = (
        refused.not_recused_by(user)
        .filter(answer__in=Answer.objects.published())
        .order_by()
        .values("answer", "language")
    )
    return places.distinct().count()


def _unread_responses(user) -> dict:
    return (
        Response.objects.awaiting_review().not_recused_by(user).aggregate(number=Count("pk"), day=Min("submitted_on"))
    )


def _translations_to_review(user) -> int:
    """As the translators' desk lists them. Nobody reviews what they have translated themselves."""
    suggested = Translation.objects.suggested().by_people().into_another_language().current()
    return suggested.filter(answer__in=Answer.objects.for_desk_of(user)).exclude(translator=user).count()


def _lost_marks(user) -> int:
    """Marks whose words were edited away; those of other coders only for who may take them back."""
    lost = Evidence.objects.visible_to(user).edited_away().not_recused_by(user)
    lost = lost.filter(answer__in=Answer.objects.accepted())
    return (lost if user.has_perm("outcomes.moderate_evidence") else lost.filter(coder=user)).count()


def _promise(conversation) -> Waiting:
    if late := conversation.days_late:
        return Waiting("broken_promise", late, conversation.results_by, conversation)
    left = max(0, (conversation.results_by - timezone.localdate()).days)
    return Waiting("promise", left, conversation.results_by, conversation)
