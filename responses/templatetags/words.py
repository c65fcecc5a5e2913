"""People's words as HTML: paragraphs and lines that are there without styles too. No template loads these filters."""

import re

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from responses.languages import language_of
from responses.languages.hidden_words import HIDDEN
from responses.languages.highlights import Run, segments
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
def paragraphs(text: str, marked=None) -> SafeString:
    """A text in <p>, one for what stands between empty lines.

    The text of the elements is the text itself, letter for letter, so that offsets in it stay true: empty lines stand
    between the paragraphs, where a browser shows nothing. marked: a place in the text, a list of them, or None.
    """
    places = marked if isinstance(marked, (list, tuple)) else [marked] if marked else []
    made, at = [], 0
    for number, piece in enumerate(_BETWEEN_PARAGRAPHS.split(text)):
        made.append(piece if number % 2 else f"<p>{_marked(piece, at, places)}</p>")
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


def _marked(piece: str, at: int, places) -> SafeString:
    """A paragraph that begins `at` code points into the text, with what of the places is in it marked."""
    return SafeString("".join(_shown(run) for run in segments(piece, places, at))) if places else lines(piece)


def _shown(run: Run) -> SafeString:
    if not run.places:
        return lines(run.text)
    begins = format_html_join("", "{}", [(_begins(each),) for each in run.places if each.start == run.start])
    ends = format_html_join("", "{}", [(_ends(),) for each in run.places if each.end == run.end])
    kinds = f"{run.kinds} several" if len(run.places) > 1 else run.kinds
    kinds = format_html(' class="{}"', kinds) if kinds else ""
    return format_html("{}<mark{}>{}</mark>{}", begins, kinds, lines(run.text), ends)


def _begins(place) -> SafeString:
    """What tells people that a place begins here. Its label is seen too, so that the list below has a place in it."""
    said = _spoken(_("[The passage begins]"))
    label = getattr(place, "label", "")
    return format_html('<span class="place" data-said="{}"></span>{}', label, said) if label else said


def _ends() -> SafeString:
    return _spoken(_("[The passage ends]"))


def _spoken(words: str) -> SafeString:
    """What a mark says to whoever hears the page: screen readers are silent about <mark>.

    The style sheet puts it on the page, so that nobody copies it along with the text.
    """
    page = language_of(get_language())
    return format_html(
        '<span class="spoken" lang="{}" dir="{}" data-said="{}"></span>', page.code, page.direction, words
    )
