"""Tells translators what a message does not say itself: python -m scripts.document_messages

gettext itself names the files that a message is in. This adds what its placeholders stand for, its context, and what
each text of the conference is: as "#." comments in each catalogue, and in locale/qqq, where translatewiki.net expects
it. A "Translators:" comment beside a message in the code stays. Run by scripts/collect-messages.
"""

import os
import re
import sys
from pathlib import Path

import polib

from diversity_portal.catalogues import begin

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diversity_portal.settings")
LOCALE = Path("locale")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")

# What the placeholders stand for, also those in the messages of Django and django-allauth.
PLACEHOLDERS = {
    "activate_url": "an address",
    "after": "a date",
    "agree": "how many agree, such as “11 agree” or “11 say it would help”",
    "alike": "a number of cases",
    "alpha": "a number such as 0.74",
    "answer": "an answer, by the code of its response and its question",
    "answered": "how many have answered, such as “12 answered”",
    "asked": "a date",
    "at": "a date and a time",
    "at_least": "how many people at least, such as “at least 96 people”",
    "before": "a date",
    "both": "a number of cases",
    "changed": "a number of rows",
    "chosen": "a language, under its own name",
    "claim": "the title of a problem or of a solution",
    "clause": "a clause, by its version and its number",
    "code": "the public code of a response or gathering, such as “abcd2345”",
    "codes": "public codes of responses",
    "column": "the name of a column",
    "columns": "names of columns",
    "contact": "an e-mail address",
    "conversation": "the title of a conversation",
    "count": "a number",
    "counter": "a number",
    "created_at": "a date",
    "current": "the title of the conversation that people can answer now",
    "day": "a date",
    "days": "a number of days",
    "decision": "a decision, such as “Declined”",
    "disagree": "how many disagree, such as “3 disagree” or “3 say it would not”",
    "done": "a number of what is finished",
    "either": "a number of cases",
    "email": "an e-mail address",
    "email_url": "an address",
    "end_link": "the end of a link",
    "escaped_object": "a row of the administration",
    "excess": "a number of characters",
    "file": "the name of a file",
    "first": "a date",
    "flags": "sentences on what is to be looked at",
    "found": "a language, under its own name",
    "full_result_count": "a number",
    "gone": "the title of a problem or of a solution",
    "high": "a number",
    "highest": "a number such as 0.74",
    "how": "a sentence on what to do",
    "in_all": "a number of rows, or “more than 1,000”",
    "in_part": "how many agree in part, such as “3 in part”",
    "key": "the number of a row",
    "kind": "a word such as “problem” or “affiliate”",
    "kinds": "names of kinds of files, such as “PO, XLIFF 2”",
    "known": "what may stand there, with commas between",
    "label": "a label, such as “Language”",
    "language": "a language, under its own name",
    "last": "a date",
    "last_used": "a date",
    "latest": "the name of a version of the statement, such as “2017”",
    "left": "a number of what is left",
    "length": "a number of signs, such as “1,204”",
    "licence": "a licence, such as “CC BY-SA 4.0”",
    "limit_value": "a limit",
    "line": "a number of a line",
    "link": "the beginning of a link",
    "login_url": "an address",
    "longest": "a number of characters",
    "low": "a number",
    "lowest": "a number such as 0.74",
    "m": "a number",
    "mark": "a mark, by the code of its response and its question",
    "min_length": "a number of characters",
    "missing": "a number of texts",
    "model": "a kind of row in the administration",
    "moment": "a date and a time",
    "most": "the largest number that is possible",
    "n": "a number",
    "name": "a name",
    "names": "names, with commas between",
    "new": "a number of rows",
    "no": "how many have said no, such as “1 no”",
    "number": "a number",
    "object_name": "a kind of row in the administration",
    "older": "a number of texts",
    "passwd_reset_url": "an address",
    "password_reset_url": "an address",
    "people": "a number of people",
    "percent": "a number",
    "place": "the place of a row in a list: a number",
    "provider": "the name of a site with accounts, such as “Wikimedia”",
    "provider_name": "the name of a site with accounts, such as “Wikimedia”",
    "question": "a question as it was asked",
    "reason": "why, or where in a file",
    "refused": "a number of rows",
    "reminded": "a number of rows",
    "reviewer": "the user name of whoever reviewed a translation",
    "role": "the name of a role, such as Reviewer",
    "said": "what somebody has answered: yes, in part or no",
    "same": "a number of units on which two coders agree",
    "seconds": "a number of seconds",
    "server": "the name of a server",
    "share": "a number of percent",
    "site_domain": "the name of the server of this site",
    "site_name": "the name of this site",
    "stance": "what a passage says, such as “Agrees”",
    "status": "what has become of a response",
    "table": "the name of a table",
    "text": "what stands in a cell of a table",
    "texts": "names of texts, such as “title, use when”",
    "title": "the title of a conversation",
    "total_count": "a number",
    "translator": "the user name of a translator",
    "truncated_text": "the beginning of a text",
    "until": "a time of day",
    "unused_count": "a number",
    "user_display": "a user name",
    "username": "a user name",
    "value": "what is stored in a field of a form: a text, a day or a choice",
    "verbose_name": "a label, such as “user name”",
    "version": "a number of a version",
    "voices": "how many voices there are, such as “17 voices”",
    "who": "the name of a reviewer",
    "why": "a sentence that says why",
    "words": "the words that somebody has searched for",
    "yes": "how many have said yes, such as “9 yes”",
    "zone": "a time zone, such as “UTC”",
}

# What the texts of the conference are, by the beginning and the end of their keys.
OUTCOMES = {
    "clause.text": "A numbered part of the conference’s statement, told in the portal’s words.",
    "conversation.asked_by": "Who asks the questions.",
    "conversation.invitation": "What the conversation is about, told to those who are invited to answer.",
    "conversation.title": "Title of a conversation: of one round of asking.",
    "problem.description": "What the problem is, and where it was named.",
    "problem.title": "Title of a problem: of something that stands in the way of diversity.",
    "question.prompt": "A question that everybody is asked in a conversation. Specific needs are those of somebody’s "
    "work; do not use a set phrase for disability, such as special needs.",
    "region.name": "A part of the world, in a list to choose from.",
    "solution.description": "What the solution is, and where it was named.",
    "solution.title": "Title of a solution that the conference proposed.",
    "statement.title": "Title of the conference’s statement.",
    "topic.name": "Name of a topic of a session; it is no problem, and should not sound like one.",
    "term.meaning": "What the glossary term means; translators of answers read it.",
    "term.name": "A glossary term, hard to translate. Give the word that Wikimedians who speak your language use.",
}


def about_interface(entry: polib.POEntry) -> str:
    """The comment of a message of the interface, "" if it explains itself."""
    comment = entry.comment.partition("Translators:")[2].split("\n")[0].strip()
    names = dict.fromkeys(_PLACEHOLDER.findall(f"{entry.msgid} {entry.msgid_plural}"))
    if unknown := [name for name in names if name[2:-2] not in PLACEHOLDERS]:
        sys.exit(f"Add to PLACEHOLDERS in {__file__} what these stand for: {', '.join(unknown)}.")
    lines = [f"Translators: {comment}"] if comment else []
    lines += [f"{entry.msgctxt[0].upper()}{entry.msgctxt[1:]}."] if entry.msgctxt else []
    return "\n".join([*lines, *(f"{name}: {PLACEHOLDERS[name[2:-2]]}." for name in names)])


def about_outcome(entry: polib.POEntry) -> str:
    return OUTCOMES[re.sub(r"\..*\.", ".", entry.msgctxt)]


def _read(code: str, name: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / code / "LC_MESSAGES" / name), wrapwidth=0)


def main() -> int:
    for name, about in (("django.po", about_interface), ("outcomes.po", about_outcome)):
        told = {(entry.msgctxt, entry.msgid): about(entry) for entry in _read("en", name)}
        qqq = polib.POFile(wrapwidth=0)
        qqq.metadata = {
            "Project-Id-Version": "diversity-portal",
            "Language": "qqq",
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
        }
        for (context, message), text in told.items():
            if text:
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
