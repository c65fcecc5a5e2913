"""The file .env: lines such as NAME=value, as shells and Docker Compose read them.

`python -m diversity_portal.dotenv` gives it a secret key. It needs nothing that has to be installed.
"""

import os
import re
import secrets
import sys
from pathlib import Path


class Unreadable(Exception):
    """Says in one sentence what is wrong with the file."""


# A comment begins with a # behind a blank, so that a password may have one in the middle.
_LINE = re.compile(
    r"""\s*(?:export\s+)?(?P<name>[A-Za-z_][A-Za-z_0-9]*)\s*=\s*
    (?: "(?P<double>(?:[^"\\]|\\.)*)" | '(?P<single>[^']*)' | (?P<plain>(?!["']).*?) )
    (?:(?<=\s)\#.*|\s+\#.*)?\s*""",
    re.VERBOSE,
)


def read(path: Path) -> dict[str, str]:
    """The variables of the file, by name; none if there is no file. Raises Unreadable if it cannot be read."""
    if not os.path.lexists(path):
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except IsADirectoryError:
        raise Unreadable(f"{path} is a folder; it must be a file with lines such as NAME=value.") from None
    except UnicodeDecodeError:
        raise Unreadable(f"{path} is not in UTF-8; save it in that encoding.") from None
    except OSError as fault:
        raise Unreadable(f"{path} cannot be read ({fault.strerror}); see to its owner and rights.") from None
    variables = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if not found or "\0" in line:
            # The line itself may be a password.
            raise Unreadable(
                f"Line {number} of {path} cannot be read; write NAME=value, and quotes around a value on both sides."
            )
        value = next(each for each in found.group("double", "single", "plain") if each is not None)
        variables[found["name"]] = re.sub(r'\\(["\\$`])', r"\1", value) if found["double"] else value
    return variables


def load(path: Path) -> None:
    """Add the variables of the file to the environment, except those that it has already."""
    for name, value in read(path).items():
        os.environ.setdefault(name, value)


def add_secret_key(path: Path) -> None:
    """Give the file a SECRET_KEY of its own, if it has none. Nobody but its owner may read it."""
    if not read(path).get("SECRET_KEY"):
        try:
            with open(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "rb+") as file:
                before = file.read()
                # A last line without an end would take up the key.
                end = b"" if not before or before.endswith(b"\n") else b"\n"
                file.write(end + f"SECRET_KEY={secrets.token_urlsafe(50)}\n".encode())
        except OSError as fault:
            raise Unreadable(f"{path} cannot be written ({fault.strerror}); see to its owner and rights.") from None
    if path.stat().st_uid == os.getuid():
        path.chmod(0o600)


if __name__ == "__main__":
    try:
        add_secret_key(Path(".env"))
    except Unreadable as fault:
        sys.exit(str(fault))
