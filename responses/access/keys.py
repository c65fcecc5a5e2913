"""Codes that anybody may read, keys of secret links, and the hashes that are stored or compared in their place."""

import hashlib
import re
import secrets
import unicodedata
import uuid
from base64 import b32encode

from responses.languages.normal_forms import normalized

# Without 0 o 1 l i: codes are read aloud and copied from paper.
CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_code() -> str:
    """A public code: eight random letters and digits. Codes say nothing about the order in which they were made."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))


def is_code(text: str) -> bool:
    """Whether a text has the form of a code. Anything else need not be looked up in the database."""
    return len(text) == 8 and set(text) <= set(CODE_ALPHABET)


def plain(text: str) -> str:
    """A text as it was meant, after a chat, a mail, a keyboard or a phone's capitals have been at it.

    Full-width letters and the digits of other scripts become those of ASCII; spaces, line breaks and what nobody sees
    are left out.
    """
    seen = "".join(each for each in normalized("NFKC", text) if unicodedata.category(each)[0] not in "CZ")
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in seen).lower()


def mended_code(text: str) -> str:
    """A public code without what stood around it or got into it: "(ABCD-2345)." -> "abcd2345"."""
    return re.sub("[^a-z0-9]", "", plain(text))


def mended_key(text: str) -> str:
    """The same for the key of a secret link. A key has no 0, 1 and 8, so these are the letters that look like them."""
    return mended_code(text).translate(str.maketrans("018", "olb"))


def new_submission() -> uuid.UUID:
    """The token of one opened form: 128 random bits. The key of the secret link is derived from it."""
    return uuid.UUID(bytes=secrets.token_bytes(16))


def key_of(submission: uuid.UUID) -> str:
    """The key in the secret link: 26 letters and digits (130 bits of SHA-256).

    It is derived from the submission, so that sending a form twice leads to the same link although the key itself is
    never stored.
    """
    digest = hashlib.sha256(b"secret link of a response" + submission.bytes).digest()
    return b32encode(digest).decode().lower()[:26]


def sha256_of(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal.

    Of a key, only this is stored. Keys are random, so the hash needs no salt against guessing. Of a wording, it is a
    fingerprint: people send it back to say which wording they have read.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def copy_id_of(key: str) -> str:
    """The name under which a browser keeps its own copy of somebody's words. The key cannot be derived from it."""
    return sha256_of("copy " + key)[:16]
