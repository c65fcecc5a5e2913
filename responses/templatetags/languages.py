"""Filters and tags of every page: languages, directions, and what is put into a sentence. No template loads them.

Translators never meet markup: it is put around names and numbers here.
"""

import re
from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext

from responses.languages import language_of, languages
from responses.organizer_texts import worded

register = template.Library()

# Tags, which stay as they are; names of licences; and dates as a form takes them, "2026-03-31".
_UNBROKEN = re.compile(r"<[^>]*>|\bCC(?:0| BY(?:-[A-Z]{2})*) [0-9]\.[0-9]|\b[0-9]+(?:-[0-9]+)+")


@register.filter
def autonym(code):
    return language_of(code).autonym


@register.filter
def autonym_in_sentence(code):
    """The autonym within a sentence of another language, marked with its own language and direction."""
    named = language_of(code)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', named.code, named.direction, named.autonym)


@register.filter
def language_label(code):
    return language_of(code).label


@register.filter
def direction(code):
    return language_of(code).direction


register.simple_tag(worded)


@register.simple_tag
@cache
def language_options() -> SafeString:
    """An <option> for each of the languages. Made once: a loop of 791 costs more than the rest of a page."""
    return render_to_string("responses/_language_options.html", {"languages": languages().values()})


@register.simple_tag(takes_context=True)
def interface_languages(context):
    """The interface languages, each with the address of this page in it.

    The language is the first part of an address; resolving and reversing it would cost more than the page itself.
    """
    path = context["request"].get_full_path()
    prefix = f"/{get_language()}/"
    if path.startswith(prefix):
        rest = path.removeprefix(prefix)
        return [(language_of(code), f"/{code}/{rest}") for code, _ in settings.LANGUAGES]
    return [(language_of(code), path) for code, _ in settings.LANGUAGES]


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
def strong(number):
    """A number that a sentence is about."""
    return format_html("<strong>{}</strong>", localize(number))


@register.filter
def colon(label):
    """A label with a colon. Languages differ in the sign, and in the space before it."""
    return pgettext("a label before what it names, such as “Language: svenska”", "%(label)s:").replace(
        "%(label)s", str(label)
    )
