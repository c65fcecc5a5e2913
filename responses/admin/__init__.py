from . import glossary, roster, texts, translations  # noqa: F401  (registers them)
from .review_desk import ResponseAdmin

__all__ = ["ResponseAdmin"]
