"""What changed between two versions of a text, for people who have translated the earlier one."""

import difflib
import itertools
import re
import unicodedata


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """[(kind, words)] in reading order. kind: "same" in both texts, "gone" from the first, or "new" in the second."""
    old, new = _words(before), _words(after)
    if len(old) * len(new) > _most_pairs(new):
        # The time grows with the product, so long texts are compared sentence by sentence.
        old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    if len(old) * len(new) > _most_pairs(new):
        return [("gone", before), ("new", after)]
    found = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(old[i1:i2])))
        else:
            found += [("gone", "".join(old[i1:i2]))] if i1 < i2 else []
            found += [("new", "".join(new[j1:j2]))] if j1 < j2 else []
    return found


def _most_pairs(new: list[str]) -> int:
    # Words that come again and again cost the most. From a length of 200 on, difflib leaves them out by itself.
    return 4_000_000 if len(new) >= 200 else 400_000


_SENTENCE = re.compile(r"[^\n.!?。！？।؟]*(?:[\n.!?。！？।؟]+|$)")


def _words(text: str) -> list[str]:
    """Words, spaces and single signs. Long runs, as in scripts without spaces, are split into letters."""
    words = []
    for kind, run in itertools.groupby(_letters(text), key=_kind):
        letters = list(run)
        words += ["".join(letters)] if kind != "sign" and len(letters) < 20 else letters
    return words


def _letters(text: str) -> list[str]:
    """Characters, each with the marks and joiners after it: a mark alone is drawn on a dotted circle."""
    begins = [
        place
        for place, character in enumerate(text)
        if not place or not (unicodedata.category(character)[0] == "M" or character in "\u200c\u200d")
    ]
    return [text[begin:end] for begin, end in itertools.pairwise([*begins, len(text)])]


def _kind(letter: str) -> str:
    return "word" if letter[0].isalnum() else "space" if letter[0].isspace() else "sign"
