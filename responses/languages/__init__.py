"""Languages and their letters: the registry, guessing a language, keys for comparing texts, changes of a text."""

from .registry import UNLISTED, Language, by_autonym, choices, language_of, languages, likely, meant

__all__ = ["UNLISTED", "Language", "by_autonym", "choices", "language_of", "languages", "likely", "meant"]
