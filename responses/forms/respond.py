"""What can be done with the respond page: look at it, save it for later, send it."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.text import format_lazy, normalize_newlines
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from responses.access.keys import copy_id_of, is_code, key_of, mended_code, mended_key, new_submission, sha256_of
from responses.language_statistics import singles_out
from responses.languages import UNLISTED, language_of, languages, likely, meant
from responses.languages.text_matching import duplicate_key
from responses.languages.wishes import wishes
from responses.links import number_of_links
from responses.models import Contact, Conversation, Draft, Gathering, Response
from responses.models.answer import LONGEST_ANSWER
from responses.models.gathering import LostInvitation
from responses.models.response import Suspicion
from responses.models.sharing import Sharing
from responses.validators import is_blank

from .content_note import ContentNoteFields
from .my_response import NewsEmailField
from .sharing import SharingForm
from .words import AsksQuestions, LanguageField, Tick, WordsField

_openings = TimestampSigner(salt="the respond page was opened")
# Seconds that a person needs at the very least.
SHORTEST_VISIT = 3
MANY_LINKS = 3
# The fields that the next paper sheet has in common with this one.
SAME_ON_THE_NEXT = """
conversation late language language_name gathering affiliate region method held_on place spoken_languages written_by
sharing agree email
"""


class ResponseForm(AsksQuestions, ContentNoteFields, SharingForm):
    """The respond page with whatever is typed in it; if that is valid, it can be sent."""

    language = LanguageField(label=_("The language you write in"))
    # The slug of the conversation, the code of a gathering, and the key of a link for late sheets.
    conversation = forms.CharField(required=False)
    gathering = forms.CharField(required=False)
    late = forms.CharField(required=False)
    email = NewsEmailField(required=False)
    agree = forms.BooleanField(
        label=_("I have read this, and I agree"),
        widget=Tick,
        error_messages={"required": _("Tick the box if you agree; we cannot keep your words without.")},
    )

    # What no draft keeps: the conversation is a column of its own, and people agree when they send.
    NOT_KEPT = frozenset({"agree", "complete", "conversation"})

    def __init__(self, *args, conversation=None, key=None, accept_language="", lists_all=False, **options):
        """conversation: the one that asks; by default the one that the form names, else the current one.

        key: of the draft that is open, if one is. lists_all: offer all languages, not the likely ones only.
        """
        typed = options.get("initial") or (args[0] if args else {})
        late = Gathering.objects.with_late_key(mended_key(typed.get("late", "")[:100]))
        # A draft that was taken to another conversation has left the gathering.
        self.late_gathering = late if late and conversation in (None, late.conversation) else None
        if self.late_gathering:
            conversation = late.conversation
        conversation = conversation or Conversation.objects.named_or_current(typed.get("conversation", ""))
        super().__init__(*args, conversation=conversation, **options)
        self.draft_key, self.lists_all = key, lists_all
        # The draft as somebody else with the link has saved it meanwhile.
        self.stored = None
        self._accept_language = accept_language
        self.submission = self._submission()
        self.fields["email"].help_text = format_lazy("{} {}", _("Optional."), self.fields["email"].help_text)
        self._offer_languages()

    def _submission(self):
        try:
            return UUID(self.typed("submission"))
        except ValueError:
            return new_submission()

    def _offer_languages(self):
        """Nobody's language is guessed from that of the page alone, which may be the nearest one there is.

        What the browser wishes first is chosen beforehand, unless the page could be had in it: then somebody preferred
        the language of the page. A wish that is written in several scripts leaves the list without a choice.
        """
        page, accepted = get_language(), wishes(self._accept_language)
        dearest = sorted(accepted, key=accepted.get, reverse=True)
        wished = [each.code for each in next(filter(None, map(meant, dearest)), [])]
        if not wished or wished[0] in dict(settings.LANGUAGES):
            wished = [page]
        widget, typed = self.fields["language"].widget, self.typed("language")
        if len(wished) == 1:
            widget.fallback = wished[0]
        else:
            widget.empty = widget.sentences["choose"]
        if not self.lists_all:
            widget.offered = likely(*([typed, page, *accepted] if typed else [*wished, *accepted, page]))
        self.mark_answers()

    @property
    def key(self):
        """The key of the secret link that will open the words again."""
        return self.draft_key or key_of(self.submission)

    @property
    def copy_id(self):
        """Names the copy of these words in the browser. The key cannot be derived from it."""
        return copy_id_of(self.key)

    @property
    def opened(self):
        """When the page was first opened, signed. It travels with the form and is stored nowhere."""
        return self.typed("opened") or _openings.sign("opened")

    @property
    def invitation(self):
        """The gathering that the response belongs to, if its invitation is open, or was when this was sent before."""
        gathering = self.late_gathering or self._gathering
        if gathering is None or gathering.conversation_id != self.conversation.pk:
            return None
        if gathering == self.late_gathering or not gathering.is_closed:
            return gathering
        return gathering if gathering.responses.filter(key_hash=sha256_of(self.key)).exists() else None

    @property
    def lost_invitation(self):
        """Why the invitation that led here does not count; None if it does, or if none did."""
        if not self.typed("gathering") or self.invitation:
            return None
        return LostInvitation.to(self._gathering, self.conversation)

    @cached_property
    def _gathering(self):
        code = mended_code(self.typed("gathering")[:100])
        return Gathering.objects.filter(code=code).first() if is_code(code) else None

    @property
    def words(self):
        """{name of the field: what is typed in it}, as a draft keeps it."""
        kept = self.fields.keys() - self.NOT_KEPT
        typed = {name: normalize_newlines(self[name].data or "") for name in kept}
        return {name: text for name, text in typed.items() if not is_blank(text)}

    @property
    def can_be_sent(self) -> bool:
        """Whether the conversation takes these words now: as a new response, as a draft, or as a late sheet of paper.

        What was sent before may be sent again: it is only stored once.
        """
        if self.conversation.is_open or (self.late_gathering and self.conversation.has_begun):
            return True
        if self.conversation.takes_drafts and Draft.objects.with_key(self.key).exists():
            return True
        return Response.objects.with_key(self.key).exists()

    @property
    def recognizable_by(self):
        """The language, if it could tell readers which person wrote although nothing else does; None otherwise."""
        language, name = self.typed("language"), self.typed("language_name").strip()
        people = str(self.typed("people") or 1).strip()
        if not (people.isdecimal() and int(people[:9]) == 1):
            return None
        is_known = language in languages() or (language == UNLISTED and name)
        is_unnamed = (self.typed("sharing") or Sharing.UNNAMED) == Sharing.UNNAMED
        if is_unnamed and is_known and singles_out(language, name, conversation=self.conversation):
            return language_of(language, name)
        return None

    def start_anew(self):
        """Make this the form of another response. What was sent from it before stays as it is."""
        self.draft_key, self.submission = None, new_submission()

    def send(self, *, seen, is_flood=False):
        """Store the response and return it. If that cannot be done, return None; the reason is among the errors.

        seen: the fingerprint of the draft as it was opened. The draft is deleted, unless it has changed since.
        """
        typed = self.cleaned_data
        try:
            with transaction.atomic():
                response = Response.objects.submit(
                    self.key,
                    self.answers,
                    conversation=self.conversation,
                    suspicions=" ".join(self._suspicions(is_flood)),
                    language=typed["language"],
                    language_name=typed["language_name"],
                    gathering=self.invitation,
                    **self.content,
                    **self.details,
                )
                Draft.objects.discard(self.key, seen=seen, typed=self.words)
                if typed["email"]:
                    Contact.objects.leave(response, typed["email"], get_language())
                return response
        except ValidationError as refusal:
            self.add_error(None, refusal)
            if refusal.code == "already_sent":
                self.start_anew()
            else:
                self.stored = Draft.objects.with_key(self.key).first()
            return None

    def _suspicions(self, is_flood):
        texts = list(self.answers.values())
        if self.data.get("website"):
            yield Suspicion.TRAP
        try:
            _openings.unsign(self.data.get("opened", ""), max_age=SHORTEST_VISIT)
            yield Suspicion.HASTE
        except SignatureExpired:
            pass  # long enough ago for a person to have written something
        except BadSignature:
            yield Suspicion.UNOPENED
        key = duplicate_key(texts)
        same = Response.objects.filter(duplicate_key=key) if key else Response.objects.none()
        if same.exclude(key_hash=sha256_of(self.key)).exists():
            yield Suspicion.REPEATED
        # A video is how somebody answers in a sign language.
        signs = language_of(self.cleaned_data["language"]).is_signed
        counted = map(number_of_links, texts)
        if sum(number for number in counted if not (signs and number == 1)) >= MANY_LINKS:
            yield Suspicion.LINKS
        if is_flood:
            yield Suspicion.FLOOD

    def next_sheet(self):
        """An empty form for the next paper sheet, with what it has in common with this one."""
        kept = {name: self.data[name] for name in SAME_ON_THE_NEXT.split() if self.data.get(name)}
        if "written_by" not in kept:
            # Perhaps the address of whoever wrote this sheet: news of the next one is not for them.
            kept.pop("email", None)
        form = ResponseForm(initial=kept, accept_language=self._accept_language)
        # A scribe goes on here, and not at the top of the page.
        form.fields[form.questions[0].slug].widget.attrs["autofocus"] = True
        return form


class DraftForm(ResponseForm):
    """The same page, saved for later: any words in any field will do, as long as they can be stored."""

    # Fields that are chosen, not written: they alone make no draft.
    CHOICES = frozenset(
        {"language", "gathering", "late", "region", "people", "sharing", "may_be_translated", "content_kinds"}
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in self.fields.keys() - self.NOT_KEPT:
            self.fields[name] = _any_words(self.fields[name])
        self.fields["agree"].required = False

    def clean(self):
        if not self.errors and not self.words.keys() - self.CHOICES:
            raise ValidationError(_("There is nothing to save yet: write the first word."))
        return self.cleaned_data

    def keep(self, seen):
        """Store the draft and return it. If that cannot be done, return None; the reason is among the errors.

        seen: the fingerprint of the draft as it was opened.
        """
        if Response.objects.with_key(self.key).exists():
            self.add_error(
                None,
                _(
                    "You have already sent a response from this page. To change that one, use its secret link; "
                    "to save this as a draft of another one, press the button again."
                ),
            )
            self.start_anew()
            return None
        try:
            return Draft.objects.keep(self.key, self.words, conversation=self.conversation, seen=seen)
        except ValidationError as refusal:
            self.add_error(None, refusal)
            self.stored = Draft.objects.with_key(self.key).first()
            return None


def _any_words(field):
    """A field that looks the same and accepts any words."""
    return WordsField(
        longest=5 * LONGEST_ANSWER,
        required=False,
        label=field.label,
        help_text=field.help_text,
        initial=field.initial,
        widget=field.widget,
        template_name=field.template_name,
    )
