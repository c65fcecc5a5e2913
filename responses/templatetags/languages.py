"""Filters and tags that print a language's own name and direction. Built in: no template loads them."""

from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils.safestring import SafeString

from responses.languages import language, languages

register = template.Library()


@register.filter
def autonym(code):
    return language(code).autonym


@register.filter
def language_label(code):
    return language(code).label


@register.filter
def direction(code):
    return language(code).direction


@register.simple_tag
@cache
def language_options() -> SafeString:
    """An <option> for each of the languages. Made once: a loop of 791 costs more than the rest of a page."""
    return render_to_string("responses/_language_options.html", {"languages": languages().values()})


@register.simple_tag(takes_context=True)
def interface_languages(context):
    """The interface languages, each with the address of this page in it."""
    path = context["request"].get_full_path()
    return [(language(code), translate_url(path, code)) for code, _ in settings.LANGUAGES]
