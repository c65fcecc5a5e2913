"""People's words as HTML: paragraphs and lines that are there without styles too. No template loads these filters."""

import re

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from responses.languages import language_of
from responses.languages.hidden_words import HIDDEN
from responses.links import only_link

register = template.Library()

_HIDDEN = re.compile(f"{HIDDEN}+")
_BETWEEN_PARAGRAPHS = re.compile(r"(\n(?:[ \t]*\n)+)")


@register.filter
def lines(text: str) -> SafeString:
    """A text with a <br> before each line end. Browsers with styles hide it, and break the line at its end.

    What organizers hide is said once, by whoever reads the page aloud.
    """
    shown = escape(text).replace("\n", "<br>\n")
    return SafeString(_HIDDEN.sub(_hidden, shown) if HIDDEN in shown else shown)


def _hidden(run) -> str:
    page, said = language_of(get_language()), _("hidden by organizers")
    return format_html(
        '<span class="hidden-words" role="img" lang="{}" aria-label="{}">{}</span>', page.code, said, run[0]
    )


@register.filter
def paragraphs(text: str, passage=None) -> SafeString:
    """A text in <p>, one for what stands between empty lines.

    The text of the elements is the text itself, letter for letter, so that offsets in it stay true: empty lines stand
    between the paragraphs, where a browser shows nothing. passage: a place in the text that is marked, or None; or a
    list of places in their order, none of which overlap.
    """
    passages = passage if isinstance(passage, list) else [passage] if passage else []
    made, at = [], 0
    for number, piece in enumerate(_BETWEEN_PARAGRAPHS.split(text)):
        made.append(piece if number % 2 else f"<p>{_marked(piece, at, passages)}</p>")
        at += len(piece)
    return SafeString("".join(made))


@register.filter
def answer_in(text: str, language: str) -> SafeString:
    """An answer in its paragraphs. If it is in a sign language, its only link, a video, can be followed.

    language: the code.
    """
    made = paragraphs(text)
    if language_of(language).is_signed and (link := only_link(text)):
        shown = escape(link)
        followed = format_html('<a href="{0}" rel="nofollow ugc noopener noreferrer" dir="ltr">{0}</a>', link)
        # Marked safe because both are escaped: one link takes the place of the same characters.
        return mark_safe(made.replace(shown, followed, 1))  # noqa: S308
    return made


def _marked(piece: str, at: int, passages: list) -> SafeString:
    """A paragraph that begins `at` code points into the text, with what of the passages is in it marked."""
    made, done = [], 0
    for passage in passages:
        if passage.end <= at or passage.start >= at + len(piece):
            continue
        start, end = max(passage.start - at, 0), min(passage.end - at, len(piece))
        marked = format_html("<mark>{}</mark>", lines(piece[start:end]))
        begins = _spoken(_("[The passage begins]")) if passage.start >= at else ""
        ends = _spoken(_("[The passage ends]")) if passage.end <= at + len(piece) else ""
        made += [lines(piece[done:start]), begins, marked, ends]
        done = end
    return SafeString("".join([*made, lines(piece[done:])]))


def _spoken(words: str) -> SafeString:
    """What a mark says to whoever hears the page: screen readers are silent about <mark>.

    The style sheet puts it on the page, so that nobody copies it along with the text.
    """
    page = language_of(get_language())
    return format_html(
        '<span class="spoken" lang="{}" dir="{}" data-said="{}"></span>', page.code, page.direction, words
    )
