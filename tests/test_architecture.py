"""The shape of the house: which way imports point, how long files are, which rooms there are not."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = ("diversity_portal", "responses", "outcomes")
SOURCES = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
RULED = [path for path in SOURCES if "migrations" not in path.parts]
# A model with its QuerySet is one noun; what must be held together stays together.
LONGEST, LONGEST_MODEL = 300, 600


def imports_of(path):
    """The modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module


def test_responses_do_not_know_that_outcomes_exist():
    told = [
        (str(path.relative_to(ROOT)), module)
        for path in (ROOT / "responses").rglob("*.py")
        for module in imports_of(path)
        if module.split(".")[0] == "outcomes"
    ]

    assert told == []


def test_apps_do_not_import_the_wiring():
    told = [
        (str(path.relative_to(ROOT)), module)
        for path in RULED
        if path.parts[len(ROOT.parts)] != "diversity_portal"
        for module in imports_of(path)
        if module.split(".")[0] == "diversity_portal"
    ]

    assert told == []


@pytest.mark.parametrize("path", RULED, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_has_one_subject_and_can_be_read_at_one_sitting(path):
    longest = LONGEST_MODEL if path.parent.name == "models" else LONGEST
    assert len(path.read_text(encoding="utf-8").splitlines()) <= longest


def test_there_are_no_rooms_without_a_subject():
    forbidden = {"utils", "helpers", "common", "core", "services", "signals", "misc"}

    assert [str(path) for path in SOURCES if path.stem in forbidden or forbidden & set(path.parts)] == []


def test_imports_stand_at_the_top():
    inside = [
        (str(path.relative_to(ROOT)), inner.lineno)
        for path in RULED
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    ]

    # The second driver of PostgreSQL is looked for where its settings are made, because it may not be installed.
    assert [path for path, line in inside] == ["diversity_portal/environment.py"]
