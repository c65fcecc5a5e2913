"""What can be done with the respond page: look at it, save it for later, send it."""

import re
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from responses.addresses import copy_id_of, hash_of, is_code, key_of, new_submission
from responses.languages import languages, likely
from responses.likeness import words_hash
from responses.models import Contact, Draft, Gathering, Response
from responses.models.answer import LONGEST_ANSWER
from responses.models.suspicion import Suspicion

from .sharing import SharingForm, WhoSpeaks
from .words import AnswersForm, WordsField

_openings = TimestampSigner(salt="the respond page was opened")
# Seconds that a person needs at the very least.
SHORTEST_VISIT = 3
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
MANY_LINKS = 3
# Choices of a paper sheet that those of the next one share.
SAME_ON_THE_NEXT = """
language gathering affiliate region method held_on place spoken_languages written_by sharing agree email
"""


class RespondPage(WhoSpeaks, AnswersForm):
    """The page as it is shown, with whatever is typed in it."""

    # What its network may do: whether many have come from there lately, and the seconds until it may send again.
    is_flood = False
    wait = 0

    def __init__(self, *args, key=None, accept_language="", **options):
        super().__init__(*args, **options)
        # The key of the draft that is open, if one is.
        self.draft_key = key
        self.submission = self._submission()
        self._accept_language = accept_language

    def _submission(self):
        try:
            return UUID(self.typed.get("submission", ""))
        except ValueError:
            return new_submission()

    @property
    def key(self):
        """That of the secret link under which the words will be found again."""
        return self.draft_key or key_of(self.submission)

    @property
    def copy_id(self):
        """Names the copy of these words in the browser; tells nothing of the secret link."""
        return copy_id_of(self.key)

    def start_anew(self):
        """What was sent is sent: from here on this is another response."""
        self.draft_key, self.submission = None, new_submission()

    @property
    def opened(self):
        """When the page was first opened, signed: it travels with the form and is stored nowhere."""
        return self.typed.get("opened") or _openings.sign("opened")

    @property
    def invitation(self):
        """The gathering that is answered at, if its invitation is open."""
        code = self.typed.get("gathering", "")
        return Gathering.objects.open().filter(code=code).first() if is_code(code) else None

    @property
    def chosen_language(self):
        """The language that the list shows first: the chosen one, else that of the page."""
        code = self.typed.get("language", "")
        return code if code in languages() else ""

    @property
    def likely_languages(self):
        wanted = [each.split(";")[0].strip() for each in self._accept_language.split(",")][:10]
        return likely(self.chosen_language, get_language(), *wanted)

    @property
    def number_of_languages(self):
        return len(languages())


class ResponseForm(SharingForm, RespondPage):
    """Turns what was typed on the respond page into a response."""

    language = forms.CharField(error_messages={"required": _("Choose the language you write in.")})
    gathering = forms.CharField(required=False)
    email = forms.EmailField(
        required=False, error_messages={"invalid": _("This is no e-mail address. Correct it, or leave it out.")}
    )
    agree = forms.BooleanField(
        error_messages={"required": _("Tick the box if you agree; we cannot keep your words without.")}
    )

    def clean_language(self):
        code = self.cleaned_data["language"]
        if code not in languages():
            raise ValidationError(_("Choose the language you write in from the list."))
        return code

    def send(self):
        """Store the response and return it; None, with the reason among the errors, where that cannot be done."""
        typed = self.cleaned_data
        try:
            with transaction.atomic():
                response = Response.objects.submit(
                    self.key,
                    self.answers,
                    suspicions=" ".join(self._suspicions()),
                    language=typed["language"],
                    gathering=self.invitation,
                    **self.shared_fields,
                )
                Draft.objects.filter(key_hash=hash_of(self.key)).delete()
                if typed["email"]:
                    Contact.objects.leave(response, typed["email"], get_language())
                return response
        except ValidationError as refusal:
            self.add_error(None, refusal)
            self.start_anew()
            return None

    def _suspicions(self):
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
        if Response.objects.filter(words_hash=words_hash(texts)).exclude(key_hash=hash_of(self.key)).exists():
            yield Suspicion.REPEATED
        if sum(len(_LINK.findall(text)) for text in texts) >= MANY_LINKS:
            yield Suspicion.LINKS
        if self.is_flood:
            yield Suspicion.FLOOD

    def next_sheet(self):
        """An empty form for the next paper sheet, with what it shares with this one."""
        kept = {name: self.data[name] for name in SAME_ON_THE_NEXT.split() if self.data.get(name)}
        return ResponseForm(initial=kept, accept_language=self._accept_language)


class DraftForm(RespondPage):
    """The same page, saved for later: any words in any field will do, as long as they can be stored."""

    # What is chosen on the page without a word being written. Agreeing belongs to sending.
    CHOICES = frozenset({"language", "gathering", "region", "people", "sharing"})

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        kept = [name for name in ResponseForm.base_fields if name not in ("agree", "complete")]
        for name in [*kept, *(question.slug for question in self.questions)]:
            self.fields[name] = WordsField(longest=5 * LONGEST_ANSWER, required=False)
        # The draft as somebody else with the link has saved it meanwhile.
        self.stored = None

    @property
    def words(self):
        """{name of the field: what is typed in it} of a valid form."""
        return {name: text for name, text in self.cleaned_data.items() if text and name != "complete"}

    def clean(self):
        if not self.errors and not self.words.keys() - self.CHOICES:
            raise ValidationError(_("There is nothing to save yet: write the first word."))
        return self.cleaned_data

    def keep(self, seen):
        """Store the draft and return it; None, with the reason among the errors, where that cannot be done.

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
