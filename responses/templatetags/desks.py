"""Tags for the pages of reviewers and coders."""

import unicodedata
from collections import Counter

from django import template
from django.template.defaultfilters import yesno

register = template.Library()

# Format characters that belong to the writing of many languages: joiners, and the plain direction marks.
_ORDINARY = {"\u200c", "\u200d", "\u200e", "\u200f", "\n", "\t"}


@register.simple_tag
def hidden_characters(text):
    """[(name, number)] of the invisible characters that a text does not need: they may hide something."""
    odd = [each for each in str(text) if unicodedata.category(each) in ("Cc", "Cf") and each not in _ORDINARY]
    found = Counter(unicodedata.name(each, f"U+{ord(each):04X}") for each in odd)
    return sorted(found.items())


@register.simple_tag
def details_of(response):
    """[(label, value)] of all that an author told about themselves."""
    return [(response._meta.get_field(name).verbose_name, value) for name, value in response.details.items()]


@register.simple_tag
def told_by(response):
    """{"public" or "private": [(label, value)]} of what an author told: readers see the one, and not the other."""
    told = {"public": [], "private": []}
    for name, value in response.details.items():
        label = response._meta.get_field(name).verbose_name
        told["public" if response.shows(name) else "private"].append((label, yesno(value) if value is True else value))
    return told


@register.filter
def laid_out(row, texts):
    """The form of a row with organizers' texts, in the order of its page."""
    return texts.lay_out(row)
