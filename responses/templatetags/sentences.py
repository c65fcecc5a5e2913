"""Marks around what is put into a sentence, so that translators never meet markup. Built in: no template loads them."""

from django import template
from django.utils.html import format_html
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def isolated(name):
    """A name in a sentence: the writing direction of either does not disturb the other."""
    return format_html("<bdi>{}</bdi>", name)


@register.filter
def strong(number):
    """What a sentence is about."""
    return format_html("<strong>{}</strong>", number)


@register.filter
def colon(label):
    """A label before what it names. Languages differ in the sign, and in the space before it."""
    return pgettext("a label before what it names, such as “Language: svenska”", "%(label)s:").replace(
        "%(label)s", str(label)
    )
