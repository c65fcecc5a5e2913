"""Fails if tests take too little of a file with rules: python scripts/check_coverage.py report.json

Reads the JSON report of coverage. Every measured file has rules in it but the management commands, which are thin; what
is not measured stands in pyproject.toml, with the reason.
"""

import json
import sys
from pathlib import Path

LEAST = 95  # per cent of lines and branches, in each file


def low(report: dict) -> list[tuple[str, float]]:
    """The files below `LEAST` with their per cent."""
    found = {path: file["summary"]["percent_covered"] for path, file in report["files"].items()}
    return sorted((path, part) for path, part in found.items() if part < LEAST and "/management/" not in path)


if __name__ == "__main__":
    faults = low(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    for path, part in faults:
        print(f"{path}: {part:.1f} % covered; a file with rules needs {LEAST} %.", file=sys.stderr)
    sys.exit(bool(faults))
