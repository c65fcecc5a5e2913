from . import (  # noqa: F401  (registers them)
    conversations,
    decline_reasons,
    gatherings,
    missing_voices,
    roster,
    text_files,
    translations,
)
from .review_desk import ResponseAdmin

__all__ = ["ResponseAdmin"]
