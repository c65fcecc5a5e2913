"""What stands in a page itself: the style sheet, and QR codes as pictures."""

from functools import cache
from pathlib import Path

import segno
from django import template
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
@cache
def portal_css() -> SafeString:
    """The style sheet for a <style>: on a slow connection a second request costs as much as the whole form.

    The Content-Security-Policy allows exactly this text, which is our own file.
    """
    return mark_safe(Path(finders.find("css/portal.css")).read_text(encoding="utf-8"))  # noqa: S308


@register.simple_tag
def qr_code(address, title) -> SafeString:
    """An <svg> of the address, error correction M. title: where it leads, for people who cannot see it."""
    code = segno.make(address, error="m", micro=False)
    # segno escapes the title; the address is in the modules only. The style sheets say how large it is: with a size of
    # its own instead of a `viewBox`, it would be cut off where it is shown smaller.
    drawn = code.svg_inline(border=4, light="#fff", dark="#000", svgclass="qr", title=title, omitsize=True)
    return mark_safe(drawn)  # noqa: S308
