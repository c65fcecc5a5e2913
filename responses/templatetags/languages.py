"""Filters and tags that print a language's own name and direction. Built in: templates need not load them."""

from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from responses.languages import language_of, languages
from responses.organizer_texts import worded

register = template.Library()


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
