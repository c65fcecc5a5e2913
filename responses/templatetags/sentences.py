"""Markup for values within sentences, so that translators never see it. Built in: templates need not load it."""

from django import template
from django.utils.html import format_html
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def isolated(name):
    """A name within a sentence that may have another writing direction."""
    return format_html("<bdi>{}</bdi>", name)


@register.filter
def strong(number):
    """A number that a sentence is about."""
    return format_html("<strong>{}</strong>", number)


@register.filter
def colon(label):
    """A label with a colon. Languages differ in the sign, and in the space before it."""
    return pgettext("a label before what it names, such as “Language: svenska”", "%(label)s:").replace(
        "%(label)s", str(label)
    )
