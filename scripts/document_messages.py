"""Tells translators about each message, where it stands: python -m scripts.document_messages

A message is documented by where it is used (a button, a heading, a mail), by its placeholders, and by what a
"Translators:" comment beside it in the code adds. That goes into locale/qqq, as translatewiki.net expects it, and
as "#." comments into every catalogue; the texts of the conference likewise. Run by scripts/collect-messages.
"""

import os
import re
import sys
from pathlib import Path

import polib

from responses.catalogues import begin

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diversity_portal.settings")
LOCALE = Path("locale")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")

# What stands in for a placeholder; those of Django and django-allauth explain themselves there.
PLACEHOLDERS = {
    "chosen": "a language, under its own name",
    "code": "the public code of a response or gathering, such as “abcd2345”",
    "day": "a date",
    "days": "a number of days",
    "done": "a number of what is finished",
    "email": "an e-mail address",
    "end_link": "the end of a link",
    "escaped_object": "a row of the administration",
    "excess": "a number of characters",
    "found": "a language, under its own name",
    "key": "the number of a row",
    "label": "a label, such as “Language”",
    "language": "a language, under its own name",
    "left": "a number of what is left",
    "licence": "a licence, such as “CC BY-SA 4.0”",
    "limit_value": "a limit",
    "link": "the beginning of a link",
    "longest": "a number of characters",
    "min_length": "a number of characters",
    "model": "a kind of row in the administration",
    "moment": "a date and a time",
    "n": "a number",
    "name": "a name",
    "names": "names, with commas between",
    "number": "a number",
    "object_name": "a kind of row in the administration",
    "password_reset_url": "an address",
    "activate_url": "an address",
    "people": "a number of people",
    "problem": "the title of a problem",
    "question": "a question as it was asked",
    "reason": "why, or where in a file",
    "seconds": "a number of seconds",
    "server": "the name of a server",
    "site_domain": "the name of the server of this site",
    "site_name": "the name of this site",
    "translator": "the user name of a translator",
    "truncated_text": "the beginning of a text",
    "user_display": "a user name",
    "username": "a user name",
    "version": "a number of a version",
    "words": "the words that somebody has searched for",
}

# What the texts of the conference are, by the beginning and the end of their keys.
OUTCOMES = {
    "clause.text": "A numbered part of the conference’s statement, told in the portal’s words.",
    "problem.description": "What the problem is, and where it was named.",
    "problem.title": "Title of a problem: of something that stands in the way of diversity.",
    "question.prompt": "One of the three questions that everybody is asked.",
    "region.name": "A part of the world, in a list to choose from.",
    "solution.description": "What the solution is, and where it was named.",
    "solution.title": "Title of a solution that the conference proposed.",
    "statement.title": "Title of the conference’s statement.",
    "term.meaning": "What the hard word means; translators of answers read it.",
    "term.name": "A hard word. Give the one that Wikimedians who speak your language use.",
}

_TAGS = {
    "a": "Link",
    "button": "Button",
    "caption": "Title of a table",
    "dt": "Label of a fact",
    "h1": "Heading",
    "h2": "Heading",
    "h3": "Heading",
    "h4": "Heading",
    "label": "Label of a field",
    "legend": "Label of a group of fields",
    "li": "Item of a list",
    "option": "Choice in a list",
    "strong": "Mark, or important words",
    "summary": "Words that open and close a part of the page",
    "th": "Heading of a table",
    "title": "Title of the page",
}
_KINDS = {"admin": "In the organizers’ administration", "models": "Name of something that is kept, or message about it"}


def documentation(entry: polib.POEntry, sources: dict[str, str]) -> str:
    """What a translator should know about a message. sources: {path: text} of the files that it is used in."""
    places = [_place(entry.msgid, path, sources[path]) for path, _line in entry.occurrences if path in sources]
    lines = [f"{entry.msgctxt[0].upper()}{entry.msgctxt[1:]}."] if entry.msgctxt else []
    lines += dict.fromkeys(places)
    names = dict.fromkeys(_PLACEHOLDER.findall(f"{entry.msgid} {entry.msgid_plural}"))
    if unknown := [name for name in names if name[2:-2] not in PLACEHOLDERS]:
        sys.exit(f"Say in PLACEHOLDERS of {__file__} what stands in for {', '.join(unknown)}.")
    return "\n".join([*lines, *(f"{name}: {PLACEHOLDERS[name[2:-2]]}." for name in names)])


def _place(message: str, path: str, text: str) -> str:
    folders = Path(path).parts
    if folders[-1] == "borrowed_messages.py":
        return "Says Django or django-allauth, on the pages of accounts or in the administration."
    if folders[0] != "templates":
        kind = next((kind for folder, kind in _KINDS.items() if folder in folders), "Message, or name of a choice")
        return f"{kind} ({path})."
    page = path.removeprefix("templates/")
    if not page.endswith(".html"):
        return f"Part of a text that is sent or copied ({page})."
    begin = _where(message, text)
    before = text[:begin]
    if re.search(r'(?:aria-label|title|alt|data-[\w-]+)="[^"<>]*(?:{%[^%]*%}[^"<>]*)*$', before[-400:]) and begin:
        return f"Read out or shown as a hint, not printed ({page})."
    tags = re.findall(r"<(/?)(\w+)[^<>]*>", before) if begin else []
    tag = next((name for closing, name in reversed(tags) if not closing), "")
    if "{% block title %}" in before and "{% endblock %}" not in before.rpartition("{% block title %}")[2]:
        tag = "title"
    return f"{_TAGS.get(tag, 'Text')} ({page})."


def _where(message: str, text: str) -> int:
    """Where a template has a message; messages in blocks are found by their beginning, up to a placeholder."""
    start = re.split(r"%\(", message.replace("%%", "%"))[0].strip()
    words = [re.escape(word) for word in start.split()] or [r"{%\s*blocktranslate"]
    found = re.search(r"\s+".join(words), text)
    return found.start() if found else 0


def _about_interface(english: polib.POFile) -> dict[tuple, str]:
    paths = {path for entry in english for path, _line in entry.occurrences}
    sources = {path: Path(path).read_text(encoding="utf-8") for path in paths if Path(path).exists()}
    told = {}
    for entry in english:
        # What a "Translators:" comment in the code says comes with the message.
        comment = entry.comment.partition("Translators:")[2].split("\n")[0].strip()
        added = f"Translators: {comment}" if comment else ""
        told[entry.msgctxt, entry.msgid] = "\n".join(filter(None, [added, documentation(entry, sources)]))
    return told


def _about_outcomes(english: polib.POFile) -> dict[tuple, str]:
    return {(entry.msgctxt, entry.msgid): OUTCOMES[re.sub(r"\..*\.", ".", entry.msgctxt)] for entry in english}


def _read(code: str, name: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / code / "LC_MESSAGES" / name), wrapwidth=0)


def main() -> int:
    for name, tell in (("django.po", _about_interface), ("outcomes.po", _about_outcomes)):
        english = _read("en", name)
        told = tell(english)
        qqq = polib.POFile(wrapwidth=0)
        qqq.metadata = {
            "Project-Id-Version": "diversity-portal",
            "Language": "qqq",
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
        }
        for (context, message), text in told.items():
            qqq.append(polib.POEntry(msgctxt=context, msgid=message, msgstr=text))
        qqq.save(str(LOCALE / "qqq" / "LC_MESSAGES" / name))
        for path in sorted(LOCALE.glob(f"*/LC_MESSAGES/{name}")):
            if (locale := path.parts[-3]) != "qqq":
                catalogue = _read(locale, name)
                for entry in catalogue:
                    entry.comment = told.get((entry.msgctxt, entry.msgid), "")
                begin(catalogue, locale.replace("_", "-").lower())
                catalogue.save(str(path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
