from django import forms
from django.contrib.auth import get_user_model
from django.core import signing
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from responses.models import TranslatorRequest
from responses.models.translator_request import LONGEST_LANGUAGES, LONGEST_NAME, LONGEST_REQUEST

from .my_response import NewsEmailField
from .trap import FormOfAnybody
from .words import LineField, Tick, WordsField

_SALT = "the account that asks to translate"


class AskToTranslateForm(FormOfAnybody):
    """What somebody tells us who would like to translate. Nobody needs an account for it."""

    top = "email"

    email = NewsEmailField(label=_("Your e-mail address"), help_text=_("Our reply goes there. No page shows it."))
    name = LineField(
        longest=LONGEST_NAME,
        label=_("What should we call you?"),
        help_text=_("Any name. Readers see it beside your translations, unless you choose otherwise."),
        error_messages={"required": _("Write a name.")},
    )
    reads = LineField(
        longest=LONGEST_LANGUAGES,
        label=_("Languages that you read well"),
        help_text=_("Their names, in any language, or their codes, with commas between."),
        error_messages={"required": _("Name at least one language.")},
    )
    writes = LineField(
        longest=LONGEST_LANGUAGES,
        label=_("Languages that you write well"),
        help_text=_("You translate into these."),
        error_messages={"required": _("Name at least one language.")},
    )
    words = WordsField(
        longest=LONGEST_REQUEST,
        required=False,
        label=_("A few words about you"),
        help_text=_("Optional. What have you translated, and what brings you here? Write in any language."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    agree = forms.BooleanField(
        label=_("I agree that this is kept until it is answered"),
        widget=Tick,
        error_messages={"required": _("Tick the box if you agree; without that we cannot keep your request.")},
    )
    # Whoever is signed in, signed. The post itself carries nobody's authority.
    account = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_account(self):
        try:
            pk = signing.loads(self.cleaned_data["account"], salt=_SALT, max_age=24 * 60 * 60)
        except signing.BadSignature:
            return None
        return get_user_model().objects.filter(pk=pk, is_active=True).first()

    def ask(self):
        """Store the request."""
        told = {name: self.cleaned_data[name] for name in ("email", "name", "reads", "writes", "words", "account")}
        return TranslatorRequest.objects.ask(language=get_language(), **told)


def known_of(user) -> dict[str, str]:
    """What the form has beforehand of somebody who is signed in."""
    if not user.is_authenticated:
        return {}
    return {"email": user.email, "name": str(user), "account": signing.dumps(user.pk, salt=_SALT)}
