"""gunicorn reads this by itself when it is started in this folder."""

# A writer may wait 20 seconds for its turn on SQLite.
timeout = 60
threads = 4
control_socket_disable = True


def on_starting(server):
    """What guesses languages is read once, before the workers fork: it takes 75 MB, which they then share."""
    from responses.likely_language import identifier

    identifier()


# No access log: it would hold addresses and secret links. What goes wrong is logged like everything else.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "diversity_portal.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        "gunicorn.error": {"handlers": ["terminal"], "level": "WARNING", "propagate": False},
        "gunicorn.access": {"handlers": [], "propagate": False},
    },
}
