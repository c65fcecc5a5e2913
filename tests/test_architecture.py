"""The shape of the house: which way imports point, how long files are, which rooms there are not."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import URLPattern

ROOT = Path(__file__).parent.parent
APPS = ("diversity_portal", "responses", "outcomes")
SOURCES = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
RULED = [path for path in SOURCES if "migrations" not in path.parts]
# A model with its QuerySet is one noun; what must be held together stays together.
LONGEST, LONGEST_MODEL = 300, 600


def imports_of(path):
    """The modules that a file imports, anywhere in it."""
    package = ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.rsplit(".", node.level - 1)[0] if node.level else ""
            module = ".".join(filter(None, [above, node.module]))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def module_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


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


def test_no_module_imports_itself_in_a_circle():
    known = {module_of(path): path for path in RULED}
    arrows = {name: {each for each in imports_of(path) if each in known} - {name} for name, path in known.items()}
    # A package is imported by its modules' importers, not by its modules.
    arrows = {name: {each for each in to if not name.startswith(f"{each}.")} for name, to in arrows.items()}

    while bottom := {name for name, to in arrows.items() if not to}:
        arrows = {name: to - bottom for name, to in arrows.items() if name not in bottom}

    assert arrows == {}


# What a module of the domain must not know: how it is asked, and how it is shown.
FACES = {"forms", "views", "admin", "templatetags"}


def test_the_domain_knows_no_form_and_no_view():
    known = [
        (module_of(path), module)
        for path in RULED
        if not FACES & set(path.parts) and path.stem not in {"urls", "apps", *FACES} and "commands" not in path.parts
        for module in imports_of(path)
        if len(module.split(".")) > 1 and module.split(".")[0] in APPS and module.split(".")[1] in FACES
    ]

    assert known == []


def test_no_app_takes_helpers_out_of_another_apps_page():
    """What pages of two apps share stands in modules that are not pages themselves."""
    shared = {"responses.views.decorators", "responses.views.author_page"}
    pages = [path for path in RULED if path.name != "urls.py"]
    taken = {
        ".".join(module.split(".")[:3])
        for path in pages
        for module in imports_of(path)
        if re.match(r"(responses|outcomes)\.views\.", module) and module.split(".")[0] != module_of(path).split(".")[0]
    }

    assert taken == shared


def test_migrations_import_no_code_of_ours():
    """They must still run when that code has changed or moved."""
    taken = [
        (str(path.relative_to(ROOT)), module)
        for path in SOURCES
        if "migrations" in path.parts
        for module in imports_of(path)
        if module.split(".")[0] in APPS
    ]

    assert taken == []


def test_a_view_and_its_address_have_one_name():
    named = [
        (pattern.name, pattern.callback.__name__)
        for module in ("responses.urls", "outcomes.urls", "diversity_portal.urls")
        for pattern in import_module(module).urlpatterns
        if isinstance(pattern, URLPattern) and pattern.callback.__module__.split(".")[0] in APPS
    ]

    assert [each for each in named if each[0] != each[1]] == []
    assert len(named) > 40


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


def test_letters_are_normalized_in_one_place():
    calling = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.Attribute, ast.ImportFrom)) and "normalize" in ast.dump(node)
        if "unicodedata" in ast.dump(node)
    }

    assert calling == {"responses/languages/normal_forms.py"}
