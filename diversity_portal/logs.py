"""Log lines without secrets, addresses and people's words. One configuration for Django and gunicorn."""

import logging
import re

# The path of a secret link opens somebody's words; gunicorn logs addresses; PostgreSQL prints refused rows.
_SECRET_LINK = re.compile(
    r"((?:my-(?:response|draft|gathering)|stop-(?:news|letters)|respond/late|/r)/)[^/\n'\"]{6,}", re.IGNORECASE
)
# A key anywhere in a line, also if it was mistyped.
_KEY = re.compile(r"[a-z2-7]{26,}", re.IGNORECASE)
_ADDRESS = re.compile(r"\bip=\S+")
_REFUSED_ROW = re.compile(r"(Failing row contains|Key) \(.*\)", re.DOTALL)


# Line breaks, as Python and terminals understand them, and what moves a terminal's cursor.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_IN_TRACEBACK = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class DiscreetFormatter(logging.Formatter):
    """One line for each entry, so that a typed line break cannot fake another; no addresses, secret links or words.

    A fault of the portal itself is followed by its traceback, indented.
    """

    def format(self, record):
        changed = {"msg": _CONTROL.sub(_escaped, record.getMessage()), "args": None}
        if getattr(record, "status_code", 500) < 500:
            # Django attaches the exception with which a page was refused; what was refused is in the message.
            changed |= {"exc_info": None, "exc_text": None, "stack_info": None}
        text = super().format(logging.makeLogRecord(record.__dict__ | changed))
        text = _CONTROL_IN_TRACEBACK.sub(_escaped, text).replace("\n", "\n    ")
        text = _KEY.sub("…", _SECRET_LINK.sub(r"\1…", text))
        return _REFUSED_ROW.sub(r"\1 (…)", _ADDRESS.sub("ip=…", text))


def _escaped(found):
    return found[0].encode("unicode_escape").decode()


# To the terminal, and never by mail: Django's error mails contain what was typed into the form.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": DiscreetFormatter, "format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["terminal"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "INFO"},
        # Anybody can ask for any host; a traceback for each would drown the rest.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        "gunicorn.error": {"handlers": ["terminal"], "level": "WARNING", "propagate": False},
        # It would write down each security key.
        "fido2": {"level": "WARNING"},
        # It warns at each HEAD request, because Django leaves it to the server to send no body.
        "gunicorn.http.wsgi": {"level": "ERROR"},
        # This log would contain addresses and secret links.
        "gunicorn.access": {"handlers": ["nowhere"], "propagate": False},
    },
}
