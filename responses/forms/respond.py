"""What can be done with the respond page: look at it, save it for later, send it."""

import re
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from responses.access.keys import copy_id_of, is_code, key_of, mended_code, new_submission, sha256_of
from responses.language_statistics import singles_out
from responses.languages import languages, likely
from responses.languages.text_matching import duplicate_key
from responses.models import Contact, Draft, Gathering, Response
from responses.models.answer import LONGEST_ANSWER
from responses.models.response import Suspicion
from responses.models.sharing import Sharing

from .my_response import NewsEmailField
from .sharing import SharingForm
from .words import AsksQuestions, LanguageField, Tick, WordsField

_openings = TimestampSigner(salt="the respond page was opened")
# Seconds that a person needs at the very least.
SHORTEST_VISIT = 3
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
MANY_LINKS = 3
# The fields that the next paper sheet has in common with this one.
SAME_ON_THE_NEXT = """
language gathering affiliate region method held_on place spoken_languages written_by sharing agree email
"""


class ResponseForm(AsksQuestions, SharingForm):
    """The respond page with whatever is typed in it; if that is valid, it can be sent."""

    language = LanguageField(label=_("The language you write in"))
    gathering = forms.CharField(required=False)
    email = NewsEmailField(required=False)
    agree = forms.BooleanField(
        label=_("I have read this, and I agree"),
        widget=Tick,
        error_messages={"required": _("Tick the box if you agree; we cannot keep your words without.")},
    )

    def __init__(self, *args, key=None, accept_language="", lists_all=False, **options):
        """key: of the draft that is open, if one is. lists_all: offer all languages, not the likely ones only."""
        super().__init__(*args, **options)
        self.draft_key, self.lists_all = key, lists_all
        self._accept_language = accept_language
        self.submission = self._submission()
        self.fields["email"].help_text = format_lazy("{} {}", _("Optional."), self.fields["email"].help_text)
        if not lists_all:
            self.fields["language"].widget.offered = likely(self.typed("language"), get_language(), *self._accepted())

    def _submission(self):
        try:
            return UUID(self.typed("submission"))
        except ValueError:
            return new_submission()

    def _accepted(self):
        """The languages that the browser asks for."""
        return [each.split(";")[0].strip() for each in self._accept_language.split(",")][:10]

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
        """The gathering that the response belongs to, if its invitation is open."""
        gathering = self._gathering
        return None if gathering is None or gathering.is_closed else gathering

    @property
    def is_invitation_closed(self):
        """Whether there is such an invitation, and it is closed."""
        return self._gathering is not None and self._gathering.is_closed

    @cached_property
    def _gathering(self):
        code = mended_code(self.typed("gathering")[:100])
        return Gathering.objects.filter(code=code).first() if is_code(code) else None

    @property
    def recognizable_by(self):
        """The language, if it could tell readers which person wrote although nothing else does; "" otherwise."""
        language, people = self.typed("language"), str(self.typed("people") or 1).strip()
        is_alone = people.isdecimal() and int(people[:9]) == 1
        is_unnamed = (self.typed("sharing") or Sharing.UNNAMED) == Sharing.UNNAMED
        return language if is_alone and is_unnamed and language in languages() and singles_out(language) else ""

    @property
    def asks_about_language(self):
        """Whether to ask first: the page has not said so yet about the language that is chosen now."""
        is_told = self.typed("language_told") == self.typed("language")
        return not is_told and bool(self.recognizable_by) and not Response.objects.with_key(self.key).exists()

    @property
    def chosen_sharing(self):
        return Sharing(self.typed("sharing") or Sharing.UNNAMED).label

    def start_anew(self):
        """Make this the form of another response. What was sent from it before stays as it is."""
        self.draft_key, self.submission = None, new_submission()

    def send(self, *, is_flood=False):
        """Store the response and return it. If that cannot be done, return None; the reason is among the errors."""
        typed = self.cleaned_data
        try:
            with transaction.atomic():
                response = Response.objects.submit(
                    self.key,
                    self.answers,
                    suspicions=" ".join(self._suspicions(is_flood)),
                    language=typed["language"],
                    gathering=self.invitation,
                    **self.details,
                )
                Draft.objects.filter(key_hash=sha256_of(self.key)).delete()
                if typed["email"]:
                    Contact.objects.leave(response, typed["email"], get_language())
                return response
        except ValidationError as refusal:
            self.add_error(None, refusal)
            self.start_anew()
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
        same = Response.objects.filter(duplicate_key=duplicate_key(texts))
        if same.exclude(key_hash=sha256_of(self.key)).exists():
            yield Suspicion.REPEATED
        if sum(len(_LINK.findall(text)) for text in texts) >= MANY_LINKS:
            yield Suspicion.LINKS
        if is_flood:
            yield Suspicion.FLOOD

    def next_sheet(self):
        """An empty form for the next paper sheet, with what it has in common with this one."""
        kept = {name: self.data[name] for name in SAME_ON_THE_NEXT.split() if self.data.get(name)}
        return ResponseForm(initial=kept, accept_language=self._accept_language)


class DraftForm(ResponseForm):
    """The same page, saved for later: any words in any field will do, as long as they can be stored."""

    # Fields that are chosen, not written: they alone make no draft. People agree when they send, not in a draft.
    CHOICES = frozenset({"language", "gathering", "region", "people", "sharing"})

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in self.fields.keys() - {"agree", "complete"}:
            self.fields[name] = _any_words(self.fields[name])
        self.fields["agree"].required = False
        # The draft as somebody else with the link has saved it meanwhile.
        self.stored = None

    @property
    def words(self):
        """{name of the field: what is typed in it} of a valid form."""
        kept = self.fields.keys() - {"agree", "complete"}
        return {name: text for name, text in self.cleaned_data.items() if text and name in kept}

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
            return Draft.objects.keep(self.key, self.words, seen=seen)
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
