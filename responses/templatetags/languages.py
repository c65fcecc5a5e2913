"""Filters and tags that print a language's own name and direction. Built in: no template loads them."""

from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from responses.languages import language, languages

register = template.Library()


@register.filter
def autonym(code):
    return language(code).autonym


@register.filter
def autonym_in_sentence(code):
    """The autonym, as what it is within a sentence of another language."""
    named = language(code)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', named.code, named.direction, named.autonym)


@register.filter
def language_label(code):
    return language(code).label


@register.filter
def direction(code):
    return language(code).direction


@register.simple_tag
def worded(row, field):
    """An organizers' text; where English stands in for a language that it lacks, it says so."""
    text, code = getattr(row, field), settings.MODELTRANSLATION_DEFAULT_LANGUAGE
    if not text or get_language() == code or getattr(row, build_localized_fieldname(field, get_language())):
        return text
    marked = '<span lang="{}" dir="{}">{} <small class="instead">({})</small></span>'
    return format_html(marked, code, language(code).direction, text, language(code).autonym)


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
        return [(language(code), f"/{code}/{rest}") for code, _ in settings.LANGUAGES]
    return [(language(code), path) for code, _ in settings.LANGUAGES]
