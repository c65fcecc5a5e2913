"""Whether two responses say the same, whatever their capitals, spaces and punctuation."""

import hashlib
import unicodedata


def words_hash(texts) -> str:
    """Equal for texts with the same letters and digits in the same order (compatibility-normalised, case-folded).

    texts: the answers of a response, in the order of their questions. Vowel signs and other marks count as letters:
    in many scripts words differ by them alone.
    """
    normalised = "\n".join(
        "".join(
            each for each in unicodedata.normalize("NFKC", text).casefold() if unicodedata.category(each)[0] in "LMN"
        )
        for text in texts
        if text
    )
    return hashlib.sha256(normalised.encode()).hexdigest()
