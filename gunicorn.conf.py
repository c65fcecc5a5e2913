"""gunicorn reads this file by itself when it is started in this folder."""

from diversity_portal.logs import LOGGING

# A writer may wait 20 seconds for its turn on SQLite.
timeout = 60
threads = 4
control_socket_disable = True
logconfig_dict = LOGGING


def on_starting(server):
    """Read the model that guesses languages once, before the workers fork: it takes 75 MB, which they then share."""
    from responses.languages.detection import identifier

    identifier()
