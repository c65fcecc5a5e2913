"""Styles and scripts of the public pages work in the oldest browsers that the accessibility page names.

These are Chrome 76, Firefox 78 and Safari 12.1. A journey uses the pages in a real old Chromium; this finds what a
journey does not touch. The versions are those of caniuse.com and of MDN. The desks of the organizers need what the
admin of Django needs: a browser of today.
"""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[1] / "static"
STYLES = [STATIC / "css" / name for name in ("portal.css", "sheet.css")]
SCRIPTS = sorted(path for path in (STATIC / "js").glob("*.js") if not path.name.endswith("-passage.js"))  # of desks

# For one selector that it does not know a browser drops the whole rule: such a selector has a rule of its own.
NEW_SELECTORS = {
    r":(?:is|where)\(": "Chrome 88",
    r":has\(": "Chrome 105",
    r":not\([^()]*[, >+~]": "Chrome 88: write one :not() after the other",
    r":focus-visible|::marker": "Chrome 86",
    r":user-valid|:user-invalid|:dir\(": "Chrome 119",
}
NEW_DECLARATIONS = {
    r"(?:margin|padding|border)-(?:inline|block)(?:-width|-style|-color)?:": "Chrome 87: write -start and -end",
    r"inset(?:-[a-z-]+)?:": "Chrome 87: top and bottom, or a margin",
    r"aspect-ratio:": "Chrome 88",
    r"display: (?:inline-)?flex.*[ -]gap:": "Chrome 84: margins of the children",
    r"[^;]*\b(?:min|max|clamp)\(": "Chrome 79",
    r"[^;]*\b(?:color-mix|light-dark|oklch|lab)\(": "Chrome 111",
    r"[^;]*\b(?:revert|revert-layer)\b": "Chrome 84",
    r"[^;]*\b[0-9.]+[dsl]v[hwi]\b": "Chrome 108",
    r"overflow(?:-[xy])?: clip": "Chrome 90",
    r"(?:align|justify)-(?:items|content|self): (?:start|end)": "in a flex box Chrome 93: flex-start, flex-end",
    r"(?<!word-break: break-word; )overflow-wrap: anywhere": "Chrome 80: word-break: break-word before it",
    r"[a-z-]+: [^;{]*\{": "nested rules, Chrome 112",
}
NEW_AT_RULES = {
    r"@(?:layer|container|property|scope|starting-style)": "Chrome 85 and newer",
    r"@media[^{]*[<>]": "Chrome 104",
}

# For one word that it cannot read a browser runs nothing of a script.
NEW_IN_SCRIPTS = {
    r"\?\.\D": "Chrome 80",
    r"\?\?": "Chrome 80",
    r"(?:\|\||&&)=": "Chrome 85",
    r"(?:this|\w)\.#\w|^\s*#\w+": "Safari 14.1",
    r"\d_\d": "Safari 13",
    r"\(\?<[=!]": "Safari 16.4",
    r"\bimport\b|\bexport\b": "another kind of script element",
    r"\.(?:replaceAll|at|findLast|toSorted|toReversed|hasOwn|allSettled|any|groupBy)\(": "Chrome 85 and newer",
    r"\.(?:replaceChildren|showModal|showPopover|checkVisibility|togglePopover)\(": "Chrome 86 and newer",
    r"\b(?:structuredClone|reportError|AggregateError|WeakRef|ResizeObserver)\b": "Safari 13.1 and newer",
    r"\bIntl\.(?:DisplayNames|ListFormat|RelativeTimeFormat|Segmenter)\b": "Safari 14 and newer",
    r"\b(?:randomUUID|AbortSignal\.timeout|navigator\.locks)\b": "Chrome 92 and newer",
}
# Only newer browsers have these, so a script that uses one asks first whether it is there.
GUARDED = {
    "clipboard": r"if \(!?navigator\.clipboard\)",
    "requestSubmit": r"\.requestSubmit\b(?!\()",
    "submitter": r"\bsubmitter\b.*(?:\|\||[&]{2}|\?)|\b(?:in|if) .*submitter",
}


def without_comments(text):
    return re.sub(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", "", text, flags=re.S)


def too_new_in_styles(text):
    text = without_comments(text)
    found = [why for pattern, why in NEW_AT_RULES.items() if re.search(pattern, text)]
    for selectors, declarations in re.findall(r"([^{};]+)\{([^{}]*)\}", text):
        for pattern, why in NEW_SELECTORS.items():
            # Alone in its rule it takes nothing along.
            takes_along = "," in selectors and re.search(pattern, selectors)
            found += [f"{selectors.strip()}: {why}"] * bool(takes_along)
        for pattern, why in NEW_DECLARATIONS.items():
            found += [f"{selectors.strip()}: {why}"] * bool(re.search(rf"(?:^|;)\s*(?:{pattern})", declarations, re.S))
    return found


def too_new_in_scripts(text):
    text = without_comments(text)
    found = [f"{pattern}: {why}" for pattern, why in NEW_IN_SCRIPTS.items() if re.search(pattern, text, re.M)]
    return found + [name for name, guard in GUARDED.items() if name in text and not re.search(guard, text)]


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_old_browsers_know_what_the_styles_need(path):
    assert too_new_in_styles(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_old_browsers_can_run_the_scripts(path):
    assert too_new_in_scripts(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "style",
    [
        "input:not([type=radio], [type=checkbox]) { color: red }",
        "a, b:has(c) { color: red }",
        "a { color: red; margin-block: 1px 2px }",
        "a { inset-inline-start: 0 }",
        "a { display: flex; gap: 1px }",
        "a { inline-size: min(1px, 2px) }",
        "a { block-size: 100dvh }",
        "a { overflow-wrap: anywhere }",
        "@media (width < 30rem) { a { color: red } }",
        "@layer base { a { color: red } }",
    ],
)
def test_what_is_too_new_in_styles_is_found(style):
    assert too_new_in_styles(style) != []


@pytest.mark.parametrize(
    "script",
    [
        "const a = b?.c;",
        "a ??= b ?? c;",
        "list.replaceChildren(...found);",
        'text.replaceAll("a", "b");',
        "form.requestSubmit(button);",
        "button = event.submitter;",
        "navigator.clipboard.writeText(text);",
        "new Intl.DisplayNames('en', {});",
        "/(?<=a)b/.test(c)",
    ],
)
def test_what_is_too_new_in_scripts_is_found(script):
    assert too_new_in_scripts(script) != []
