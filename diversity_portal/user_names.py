"""What people are called: which user names can be chosen, in any script, and whose Wikimedia account gives the name."""

import re
import unicodedata

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from responses.languages.normal_forms import normalized
from responses.names import shown_name

RULE = _("Begin with a letter or a digit of any script. Spaces and the signs @ . + - _ ' can follow.")
# Besides letters, marks and digits. The apostrophes, dots and hyphens stand in names of many languages.
_SIGNS = frozenset(" @.+-_'’·・׳״־")
# Zero-width joiner and non-joiner, which change how the letters of some scripts join, and cannot be seen elsewhere.
_JOINERS = "\u200c\u200d"
_JOINING_SCRIPTS = """
    ADLAM ARABIC BALINESE BENGALI DEVANAGARI GUJARATI GURMUKHI HANIFI JAVANESE KANNADA KHMER MALAYALAM MEETEI MONGOLIAN
    MYANMAR NKO OL ORIYA SINHALA SYRIAC TAMIL TELUGU TIBETAN
"""
# Letters and marks by Unicode's categories that leave no trace on the page.
_INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
# More marks on one letter than any spelling needs cover the lines above and below.
_MOST_MARKS = 8
# Letters and digits of other kinds that look like a Latin letter, in lower case or, as Greek eta, in upper case.
_LOOKALIKES = str.maketrans("авекмнорстухіјѕһӏԁԛԝαβεζηικμνορτυχıl10", "abekmhopctyxijshidqwabezhikmnoptyxiiio")


def normal_name(name: str) -> str:
    """The name as it is stored and looked up: one form for what looks the same, without spaces at its ends."""
    return normalized("NFC", name).strip()


def check_name(name: str) -> None:
    """Raises ValidationError for a name that has other signs in it, invisible ones, or heaps of marks."""
    kinds = [unicodedata.category(sign)[0] for sign in name]
    allowed = all(
        kind in "LMN" or sign in _SIGNS or (sign in _JOINERS and _joins(name, place))
        for place, (sign, kind) in enumerate(zip(name, kinds, strict=True))
    )
    if (
        not allowed
        or kinds[:1] not in (["L"], ["N"])
        or name != name.rstrip()
        or "  " in name
        or _INVISIBLE.search(name)
        or "M" * (_MOST_MARKS + 1) in "".join(kinds)
    ):
        raise ValidationError(RULE, code="invalid")


def is_taken(name: str, *, by_others_than=None) -> bool:
    """Whether somebody has this name, or one that looks like it, here or at Wikimedia."""
    return looks(name) in names_taken(by_others_than)


def names_taken(by_others_than=None) -> set[str]:
    """What all names look like, here and at Wikimedia.

    Reads all of them: people sign up rarely, and databases do not know which letters look alike.
    """
    others = get_user_model().objects.exclude(pk=by_others_than and by_others_than.pk)
    return {looks(each) for both in others.values_list("username", "first_name").iterator() for each in both}


def looks(name: str) -> str:
    """The same for names that readers would take for one: ADA_lovelace and, in Cyrillic and Latin, Аda Lovelace."""
    plain = normalized("NFKC", normalized("NFKC", name).casefold())
    return re.sub(r"[\s_-]+", " ", re.sub(f"[{_JOINERS}]", "", plain)).translate(_LOOKALIKES)


def _joins(name, place):
    """Whether the joiner at this place stands between two letters of a script that joins letters."""
    around = name[place - 1 : place] + name[place + 1 : place + 2]
    return len(around) == 2 and all(
        unicodedata.category(sign)[0] in "LM" and unicodedata.name(sign, "").split(" ")[0] in _JOINING_SCRIPTS.split()
        for sign in around
    )


def give_people_their_names() -> None:
    """Makes Django's users go by their own names, everywhere that a user is printed. Called once, at the start.

    Who signs in with Wikimedia goes by the name there, exactly as it is; it is kept as their first name, which nothing
    else fills. All others go by their user name, which can be in any script.
    """
    users = get_user_model()
    users.add_to_class("__str__", shown_name)
    users.add_to_class("normalize_username", staticmethod(normal_name))
    name = users._meta.get_field("username")
    # Not an argument of the field, which Django's own migrations would have to know.
    name.validators = [check_name, MaxLengthValidator(name.max_length)]
    post_save.connect(_take_name_of_wikimedia, sender="socialaccount.SocialAccount")
    post_delete.connect(_drop_name_of_wikimedia, sender="socialaccount.SocialAccount")


def _take_name_of_wikimedia(sender, instance, **signal):
    # Each log-in stores the account again, so that a name changed at Wikimedia changes here.
    if instance.provider == "mediawiki":
        instance.user.first_name = instance.extra_data.get("username") or ""
        instance.user.save(update_fields=["first_name"])


def _drop_name_of_wikimedia(sender, instance, **signal):
    if instance.provider == "mediawiki":
        get_user_model().objects.filter(pk=instance.user_id).update(first_name="")
