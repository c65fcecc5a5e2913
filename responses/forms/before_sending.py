"""Before words are sent, their author is asked about contact details in them: once, and nothing is ever refused."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from responses.access.keys import sha256_of
from responses.languages.contact_details import ContactKind
from responses.models import Response

# Where a form calls a detail otherwise than the model does.
_FIELDS = {"affiliate_name": "affiliate"}


class AsksBeforeSending:
    """For a form with answers. The page comes back with the question, and sending the same words again sends them."""

    SEEMS = {
        ContactKind.EMAIL: _("Your words seem to have an e-mail address in them"),
        ContactKind.PHONE: _("Your words seem to have a telephone number in them"),
        ContactKind.LINK: _("Your words seem to have a link in them"),
        ContactKind.USER_PAGE: _("Your words seem to name a user page of a wiki"),
        ContactKind.HANDLE: _("Your words seem to name an account of a network"),
    }

    # {name of a field: [(kind, words)]} of what the page asks.
    _shown_questions: dict[str, list] = {}

    def as_response(self) -> Response:
        """What a valid form says of a response beside the answers, as a row that is not stored."""
        written_in = {name: self.cleaned_data[name] for name in ("language", "language_name")}
        return Response(**written_in, **self.content, **self.details)

    def words_asked_before(self) -> set[str]:
        """Contact details that need no question, because their author has sent them before."""
        return set()

    def asks(self) -> bool:
        """Whether the page of this valid form comes back with a question. The fields that it is about have it."""
        self._show(self.asked_about)
        return bool(self.asked_about)

    def repeat_questions(self, read_sent):
        """Show in another language of the page what its author was asked in the first one. They are not asked again.

        read_sent: makes the same form, with what was sent as its data.
        """
        if self.typed("asked") and (sent := read_sent()).is_valid():
            known = self.typed("asked").split()
            found = {
                name: [each for each in details if _sign_of(each[1]) in known]
                for name, details in sent._contact_details.items()
            }
            self._show({name: list(dict.fromkeys(details)) for name, details in found.items() if details})

    def _show(self, questions):
        self._shown_questions = questions
        for name, found in questions.items():
            field = self.fields[name]
            field.asked = [(self.SEEMS[kind], words) for kind, words in found]
            notes = ["_helptext"] * bool(field.help_text) + ["_asked"]
            field.widget.attrs["aria-describedby"] = " ".join(self[name].auto_id + each for each in notes)

    @property
    def questions_before_sending(self):
        """For the summary above the form: [(field to go to, sentence)]."""
        return [
            (self[name].auto_id, self.SEEMS[kind])
            for name, found in self._shown_questions.items()
            for kind in dict.fromkeys(kind for kind, _words in found)
        ]

    @property
    def asked(self) -> str:
        """What its author has been asked about, for a hidden field: a hash of each."""
        if not self.is_bound or self.errors:
            return self.typed("asked")
        return " ".join(sorted({_sign_of(words) for found in self._contact_details.values() for _kind, words in found}))

    @cached_property
    def asked_about(self):
        """{name of a field: [(kind, words)]} of what its author has not been asked about yet."""
        known = {*self.typed("asked").split(), *map(_sign_of, self.words_asked_before())}
        new = {
            name: [each for each in found if _sign_of(each[1]) not in known]
            for name, found in self._contact_details.items()
        }
        return {name: list(dict.fromkeys(found)) for name, found in new.items() if found}

    @cached_property
    def _contact_details(self):
        """{name of a field: [(kind, words)]} of contact details that readers would see, in the order of the page."""
        response = self.as_response()
        if response.sharing == Response.Sharing.ORGANIZERS:
            return {}
        told = {_FIELDS.get(name, name): found for name, found in response.contact_details_told().items()}
        for question, text in self.answers.items():
            if places := response.contact_places(text):
                told[question.slug] = [(kind, text[start:end]) for start, end, kind in places]
        return {name: told[name] for name in self.fields if name in told}


def _sign_of(words):
    return sha256_of(words)[:16]
