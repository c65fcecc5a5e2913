"""Who was invited to a conversation and has answered, who has not, and what was said that nobody reads.

For organizers only: that a named affiliate is silent is nobody else's business. Numbers that readers could count
themselves are exact; all others are hidden while they are small, because a page is easily shown to others.

Each table is one grouped count over the responses of the conversation. With 100,000 of them PostgreSQL takes about
0.1 s for the three together. An index with all that is counted was no faster, and every decision would write it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from responses.access.reviewers import reviewers
from responses.language_statistics import SMALLEST_SHOWN
from responses.languages import UNLISTED, Language, language_of
from responses.languages.text_matching import name_key
from responses.models import Affiliate, Conversation, Invitee, KnownLanguage, Region, Response
from responses.models.invitee import KINDS

# What stands: sent, and neither declined nor withdrawn. While its author is asked something, it waits.
WAITING = (Response.Status.SUBMITTED, Response.Status.ASKED)
_STANDING = Q(status__in=[*WAITING, Response.Status.ACCEPTED], is_sample=False)
_PUBLISHED = Q(status=Response.Status.ACCEPTED) & ~Q(sharing=Response.Sharing.ORGANIZERS)
_SHOWS_GROUP = Q(status=Response.Status.ACCEPTED, sharing__in=Response.SHOWING_GROUP)
_FOR_THEMSELVES = Q(people=1, gathering__isnull=True)


@dataclass(frozen=True)
class Voices:
    """How many responses have come from somewhere. Only the sums of two such counts are ever shown together."""

    public: int = 0  # readers see that they come from there
    hidden: int = 0  # the others: still to be read, for organizers only, or not showing their group
    own: int = 0  # of both, those of one person who answered on their own
    public_on: date | None = None  # the day on which the latest public one was accepted
    hidden_on: date | None = None  # the day on which the latest of the others was sent
    waiting: int = 0  # of the hidden ones, those that no reviewer has decided about

    def __add__(self, other):
        return Voices(
            self.public + other.public,
            self.hidden + other.hidden,
            self.own + other.own,
            _latest(self.public_on, other.public_on),
            _latest(self.hidden_on, other.hidden_on),
            self.waiting + other.waiting,
        )

    @property
    def state(self) -> str:
        """Whether people have "answered", only in a "group", or "not" yet."""
        if self.own:
            return "answered"
        return "group" if self.public or self.hidden else "not"

    @property
    def has_few_hidden(self) -> bool:
        return 0 < self.hidden < SMALLEST_SHOWN

    @property
    def has_few_waiting(self) -> bool:
        return 0 < self.waiting < SMALLEST_SHOWN

    @property
    def has_few_kept(self) -> bool:
        """Whether few of the hidden ones are decided about: who knows how many wait could subtract them."""
        return 0 < self.hidden - self.waiting < SMALLEST_SHOWN

    @property
    def latest_on(self) -> date | None:
        """The day of the latest one that may be shown: a day would single out one of a few hidden ones."""
        return self.public_on if self.has_few_hidden else _latest(self.public_on, self.hidden_on)


NOBODY = Voices()
# {(code, name): what was written in it}. The name is that of a language that is not listed, otherwise "".
ByLanguage = dict[tuple[str, str], Voices]


@dataclass(frozen=True)
class Row:
    """An affiliate, a region or a language, whether it was invited, and who has answered from there."""

    kind: str  # one of `KINDS`
    named: Affiliate | Region | Language
    invitee: Invitee | None
    voices: Voices = NOBODY

    @property
    def value(self) -> str:
        """By which it is found again, within its kind."""
        return self.named.code if isinstance(self.named, Language) else str(self.named.pk)

    @property
    def can_be_invited(self) -> bool:
        """Whether an invitation can be noted: a language that is not listed has no code to note it under."""
        return self.value != UNLISTED

    @property
    def is_gap(self) -> bool:
        """Whether they were invited, and nobody there has answered for themselves."""
        return self.invitee is not None and self.voices.state != "answered"


def longest_ago_first(gaps: Iterable[Row]) -> list[Row]:
    return sorted(gaps, key=lambda row: row.invitee.last_on if row.invitee else date.max)


@dataclass(frozen=True)
class Table:
    kind: str
    invited: list[Row]
    others: list[Row]  # not invited, but have answered

    TITLES = {"affiliate": _("Affiliates"), "region": _("Regions"), "language": _("Languages")}

    @property
    def title(self):
        return self.TITLES[self.kind]

    @property
    def gaps(self) -> list[Row]:
        """Who has waited longest for another invitation comes first."""
        return longest_ago_first(row for row in self.invited if row.is_gap)

    @property
    def answered(self) -> list[Row]:
        return [row for row in self.invited if not row.is_gap]


@dataclass(frozen=True)
class Unread:
    """A language in which something was said that somebody should read, and nobody has said to read it."""

    language: Language
    voices: Voices
    has_reviewer: bool  # whether somebody reads what waits in it, or nothing waits
    has_translator: bool  # whether somebody reads what is public in it, or nothing is
    # Interface languages into which nobody translates who reads this one; empty if nobody reads it at all.
    into: list[Language] = field(default_factory=list)


def missing_voices(conversation: Conversation, by_language: ByLanguage) -> list[Table]:
    """The three tables: affiliates, regions, languages. by_language: `voices_by_language`."""
    invited: dict[str, list[Invitee]] = {kind: [] for kind in KINDS}
    for each in conversation.invitees.select_related("affiliate", "region", "invited_by"):
        invited[each.kind].append(each)
    listed = {code: each for (code, _name), each in by_language.items() if code != UNLISTED}
    unlisted = [Row("language", language_of(code, name), None, by_language[code, name]) for code, name in by_language]
    found = [
        _table("affiliate", invited, _voices(conversation, "affiliate", _SHOWS_GROUP), Affiliate.objects.in_bulk),
        _table("region", invited, _voices(conversation, "region", _SHOWS_GROUP), Region.objects.in_bulk),
        _table("language", invited, listed, lambda codes: {code: language_of(code) for code in codes}),
    ]
    found[-1].others.extend(row for row in unlisted if row.value == UNLISTED)
    return found


def _table(kind, invited, voices, rows_of) -> Table:
    rows = [Row(kind, each.named, each, voices.get(each.key[1], NOBODY)) for each in invited[kind]]
    others = rows_of([key for key in voices if key not in {each.key[1] for each in invited[kind]}])
    return Table(kind, _in_order(rows), _in_order([Row(kind, each, None, voices[key]) for key, each in others.items()]))


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(
        rows, key=lambda row: (row.named.autonym if isinstance(row.named, Language) else str(row.named)).casefold()
    )


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _counted(conversation, public, *keys):
    standing = Response.objects.filter(_STANDING, conversation=conversation).order_by()
    return standing.values_list(*keys).annotate(
        _public=Count("status", filter=public),
        _hidden=Count("status", filter=~public),
        _own=Count("status", filter=_FOR_THEMSELVES),
        _public_on=Max("accepted_on", filter=public),
        _hidden_on=Max("submitted_on", filter=~public),
        _waiting=Count("status", filter=Q(status__in=WAITING)),
    )


def _voices(conversation, key, public) -> dict[int, Voices]:
    """{key of a row: what has come from there}"""
    return {pk: Voices(*counted) for pk, *counted in _counted(conversation, public, key) if pk is not None}


def voices_by_language(conversation) -> ByLanguage:
    found: ByLanguage = {}
    names: dict[str, str] = {}
    rows = _counted(conversation, _PUBLISHED, "language", "language_name")
    for code, name, *counted in sorted(rows, key=lambda row: row[:2]):
        # Compared here: no database treats spaces, invisible characters and the encoding of letters as `name_key` does.
        key = code, names.setdefault(name_key(name), name)
        found[key] = found.get(key, NOBODY) + Voices(*counted)
    return found


def unread_languages(by_language: ByLanguage) -> list[Unread]:
    """Languages in which responses wait that no reviewer reads, or are public that no translator reads.

    Who reads what is what they have said themselves. The interface languages into which nobody translates are named
    only where somebody reads the language.
    """
    read_by_reviewers = set(
        KnownLanguage.objects.filter(user__in=reviewers(), reads=True).values_list("language", flat=True)
    )
    reads, writes = _translators()
    found = []
    for (code, name), voices in by_language.items():
        readers = reads.get(code, set())
        into = {language for user in readers for language in writes.get(user, ())} | {code}
        unread = Unread(
            language_of(code, name),
            voices,
            has_reviewer=not voices.waiting or code in read_by_reviewers,
            has_translator=not voices.public or bool(readers),
            into=[language_of(each) for each, _name in settings.LANGUAGES if readers and each not in into]
            if voices.public
            else [],
        )
        if not unread.has_reviewer or not unread.has_translator or unread.into:
            found.append(unread)
    return sorted(found, key=lambda each: each.language.autonym.casefold())


def _translators() -> tuple[dict[str, set[int]], dict[int, set[str]]]:
    """{language: keys of those who translate and read it}, {key of somebody who translates: languages they write}"""
    able = get_user_model().objects.with_perm(
        "responses.add_translation", backend="django.contrib.auth.backends.ModelBackend"
    )
    reads: dict[str, set[int]] = {}
    writes: dict[int, set[str]] = {}
    for each in KnownLanguage.objects.filter(user__in=able):
        if each.reads:
            reads.setdefault(each.language, set()).add(each.user_id)
        if each.writes:
            writes.setdefault(each.user_id, set()).add(each.language)
    return reads, writes
