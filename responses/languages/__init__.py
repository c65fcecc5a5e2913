"""What works on letters: the registry of languages, guessing a language, keys for search, differences of texts."""

from .registry import Language, by_autonym, language_of, languages, likely

__all__ = ["Language", "by_autonym", "language_of", "languages", "likely"]
