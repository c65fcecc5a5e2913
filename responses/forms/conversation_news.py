from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from responses.models.contact import CONTACT_DAYS

from .my_response import NewsEmailField
from .words import WholeForm


def _hint() -> str:
    return ngettext(
        "We use the address for this only, and keep it for %(days)s day at most. When we have told you all of this, "
        "we delete it. A link in every message deletes it earlier.",
        "We use the address for this only, and keep it for %(days)s days at most. When we have told you all of this, "
        "we delete it. A link in every message deletes it earlier.",
        CONTACT_DAYS,
    ) % {"days": CONTACT_DAYS}


class ConversationNewsForm(WholeForm):
    """An address for news of a conversation, of somebody who has not answered, or not yet."""

    top = "email"

    email = NewsEmailField(label=_("Your e-mail address"), help_text=lazy(_hint, str)())
