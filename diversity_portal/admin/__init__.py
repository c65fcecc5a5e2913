from . import accounts, people, translator_requests  # noqa: F401  (registers them)
from .view_on_site import view_on_site

__all__ = ["view_on_site"]
