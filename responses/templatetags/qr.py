"""A QR code as a picture inside the page: black on white in both colour schemes, because cameras expect that."""

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def qr_code(address, title) -> SafeString:
    """An <svg> of the address, error correction M. title: where it leads, for people who cannot see it."""
    code = segno.make(address, error="m", micro=False)
    # segno escapes the title; the address is in the modules only.
    return mark_safe(code.svg_inline(scale=4, border=4, light="#fff", dark="#000", svgclass="qr", title=title))  # noqa: S308
