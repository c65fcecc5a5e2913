"""How somebody says which wording they have read, without sending it back."""

import hashlib


def fingerprint_of(text: str) -> str:
    """Changes with every character: SHA-256, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
