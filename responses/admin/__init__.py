from . import glossary, roster, text_files, translations, translators  # noqa: F401  (registers them)
from .review_desk import ResponseAdmin

__all__ = ["ResponseAdmin"]
