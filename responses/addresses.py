"""How a response is found: by readers under its public code, by its author alone under the secret link."""

import hashlib
import secrets
import uuid
from base64 import b32encode

# No 0 o 1 l i: codes are read aloud and copied from paper.
CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_code() -> str:
    """A public code: eight random letters and digits, which tell no order."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))


def is_code(text: str) -> bool:
    """Whether it can be a code at all; what cannot never gets to the database."""
    return len(text) == 8 and set(text) <= set(CODE_ALPHABET)


def new_submission() -> uuid.UUID:
    """The token of one opened form: 128 random bits, from which the secret link of what is sent follows."""
    return uuid.UUID(bytes=secrets.token_bytes(16))


def key_of(submission: uuid.UUID) -> str:
    """The key in the secret link: 26 letters and digits (130 bits of SHA-256).

    It follows from the submission, so that sending twice leads to the same link though we never keep the key.
    """
    digest = hashlib.sha256(b"secret link of a response" + submission.bytes).digest()
    return b32encode(digest).decode().lower()[:26]


def hash_of(key: str) -> str:
    """What is stored of a key. The key is random, so no salt is needed and no dictionary helps."""
    return hashlib.sha256(key.encode()).hexdigest()


def copy_id_of(key: str) -> str:
    """Names the copy of somebody's words in their own browser; tells nothing of the key."""
    return hash_of("copy " + key)[:16]
