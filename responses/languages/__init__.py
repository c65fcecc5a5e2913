"""Languages and their letters: the registry, guessing a language, keys for comparing texts, changes of a text."""

from .registry import Language, by_autonym, language_of, languages, likely

__all__ = ["Language", "by_autonym", "language_of", "languages", "likely"]
