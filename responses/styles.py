"""The style sheet as a part of the page itself: on a slow line a second request costs as much as the whole form."""

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.csp import CSP
from django.utils.safestring import SafeString, mark_safe


@cache
def portal_css() -> SafeString:
    """The portal's own style sheet, as it stands in a <style>. No page and nobody else writes into it."""
    return mark_safe(Path(finders.find("css/portal.css")).read_text(encoding="utf-8"))  # noqa: S308


def csp_with_styles() -> dict:
    """The Content-Security-Policy of a page that has the style sheet in it: that text is allowed, and no other."""
    digest = b64encode(hashlib.sha256(portal_css().encode()).digest()).decode()
    return settings.SECURE_CSP | {"style-src": [CSP.SELF, f"'sha256-{digest}'"]}
