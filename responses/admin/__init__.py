from . import (  # noqa: F401  (registers them)
    conversations,
    decline_reasons,
    gatherings,
    roster,
    text_files,
    translations,
)
from .review_desk import ResponseAdmin

__all__ = ["ResponseAdmin"]
