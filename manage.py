#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a command. What an operator can mend ends it with one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diversity_portal.settings")
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as fault:
        from diversity_portal.faults import in_words

        sentence = in_words(fault)
        if sentence is None:
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main()
