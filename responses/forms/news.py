from django import forms
from django.utils.translation import gettext_lazy as _


class NewsForm(forms.Form):
    """An address for news of a response."""

    email = forms.EmailField(
        error_messages={
            "required": _("Write an e-mail address first."),
            "invalid": _("This is no e-mail address. Correct it, or leave it out."),
        }
    )
