from functools import cache
from pathlib import Path

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
