from . import conversations, gatherings, roster, text_files, translations  # noqa: F401  (registers them)
from .review_desk import ResponseAdmin

__all__ = ["ResponseAdmin"]
