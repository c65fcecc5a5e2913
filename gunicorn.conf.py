"""gunicorn reads this file by itself when it is started in this folder."""

import sys

from diversity_portal.logs import LOGGING

worker_class = "diversity_portal.buffering_worker.BufferingWorker"
threads = 4
# The files that a process may open are usually limited to 1024.
worker_connections = 500
# A writer may wait 20 seconds for its turn on SQLite.
timeout = 60
# The portal is read once, and the workers share it. One that dies is replaced within a moment.
preload_app = True
sendfile = False
control_socket_disable = True
logconfig_dict = LOGGING
# The portal itself decides which headers of a proxy it believes (TRUSTED_PROXY_COUNT); gunicorn believes none.
forwarded_allow_ips = ""
forwarder_headers = ""
secure_scheme_headers = {}


def on_starting(server):
    """Read what pages need once, before the workers fork: the model that guesses languages alone takes 75 MB."""
    from django.core.exceptions import ImproperlyConfigured
    from django.urls import get_resolver

    from diversity_portal.faults import check_start
    from responses.languages.detection import identifier

    try:
        check_start()
    except ImproperlyConfigured as fault:
        sys.exit(str(fault))
    _all_views = get_resolver().url_patterns
    identifier()
