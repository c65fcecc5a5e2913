"""Whether everything is tried (`make long`), or what a quarter of an hour has room for (`make test`)."""

import os

IS_WHOLE = bool(os.environ.get("WHOLE"))
