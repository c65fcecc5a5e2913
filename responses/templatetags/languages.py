"""Filters and tags of every page: languages, directions, and what is put into a sentence. No template loads them.

Translators never meet markup: it is put around names and numbers here.
"""

import re
from dataclasses import replace
from functools import cache

from django import template
from django.conf import settings
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from responses.languages import UNLISTED, Language, language_of, languages
from responses.names import shown_name, wikimedia_page
from responses.organizer_texts import marks_of, worded

register = template.Library()

# Tags, which stay as they are; names of licences; and dates as a form takes them, "2026-03-31".
_UNBROKEN = re.compile(r"<[^>]*>|\bCC(?:0| BY(?:-[A-Z]{2})*) [0-9]\.[0-9]|\b[0-9]+(?:-[0-9]+)+")


def _named(language):
    """The language of a code; a Language is itself. All that are not listed go by one name, in that of the page."""
    if language == UNLISTED:
        interface = language_of(get_language())
        name = gettext("Languages that are not listed")
        return replace(interface, autonym=name, english_name=name)
    return language if isinstance(language, Language) else language_of(language)


@register.filter
def autonym(language):
    return _named(language).autonym


@register.filter
def autonym_in_sentence(language):
    """The autonym within other words, marked with its own language and direction. Nothing translates it."""
    named = _named(language)
    return format_html('<bdi lang="{}" dir="{}" translate="no">{}</bdi>', named.code, named.direction, named.autonym)


@register.filter
def language_label(language):
    """The autonym with the name in the language of the page."""
    named = _named(language)
    return named.autonym if language == UNLISTED else named.label_in(get_language())


@register.filter
def direction(code):
    return language_of(code).direction


register.simple_tag(worded)


@register.simple_tag
def worded_marks(row, name) -> SafeString:
    """The attributes of an <option> with an organizers' text: it can have no element in it that marks the English."""
    return flatatt(marks_of(row, name))


@register.simple_tag
def language_options() -> SafeString:
    """An <option> for each of the languages, labelled in the language of the page."""
    return _language_options(get_language())


@cache
def _language_options(_interface) -> SafeString:
    """Made once for each interface language: a loop of all languages costs more than the rest of a page."""
    return render_to_string("responses/_language_options.html", {"languages": languages().values()})


@register.simple_tag(takes_context=True)
def interface_languages(context, address=""):
    """The interface languages, each with the address of this page in it; or with that of a form on it.

    The language is the first part of an address; resolving and reversing it would cost more than the page itself.
    """
    path = address or context["request"].get_full_path()
    prefix = f"/{get_language()}/"
    if path.startswith("/accounts/"):
        path = prefix + path[1:]
    if not path.startswith(prefix):
        return [(language_of(code), path) for code, _ in settings.LANGUAGES]
    rest = path.removeprefix(prefix)
    if "next=" not in rest:
        return [(language_of(code), f"/{code}/{rest}") for code, _ in settings.LANGUAGES]
    # The page that people go on to, after signing in, speaks the chosen language too.
    onward = re.compile(rf"([?&]next=(?:/|%2F)){get_language()}(?=/|%2F)")
    return [(language_of(code), f"/{code}/{onward.sub(rf'\g<1>{code}', rest)}") for code, _ in settings.LANGUAGES]


@register.filter
def isolated(name):
    """A name within a sentence that may have another writing direction."""
    return format_html("<bdi>{}</bdi>", name)


@register.filter
def unbroken(text) -> SafeString:
    """A text in which names of licences and numeric dates stay on one line, and read from left to right.

    Between Arabic letters "2026-03-31" would be shown as 31-03-2026, and no translator has to think of it.
    """
    marked = _UNBROKEN.sub(
        lambda found: found[0] if found[0].startswith("<") else f'<bdi class="unbroken" dir="ltr">{found[0]}</bdi>',
        conditional_escape(text),
    )
    return mark_safe(marked)  # noqa: S308  (escaped above)


@register.filter
def named(user):
    """Somebody's name, within a sentence too. That of a Wikimedian leads to their page, as no namesake's does."""
    if page := wikimedia_page(user):
        return format_html('<a href="{}"><bdi>{}</bdi></a>', page, shown_name(user))
    return isolated(shown_name(user))


@register.filter
def strong(number):
    """A number that a sentence is about."""
    return format_html("<strong>{}</strong>", localize(number))


@register.filter
def colon(label):
    """A label with a colon. Languages differ in the sign, and in the space before it."""
    return pgettext("a label before what it names, such as “Language: svenska”", "%(label)s:").replace(
        "%(label)s", str(label)
    )
