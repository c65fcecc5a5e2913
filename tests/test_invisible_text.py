"""What nobody sees makes no answer, name or title; but nothing is changed in what somebody wrote."""

import io
import sys
import unicodedata

import polib
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from outcomes.models import Problem
from responses import organizer_texts
from responses.forms.words import LineField
from responses.languages.text_matching import name_key
from responses.models import Affiliate, Answer, Draft, Gathering, Question, Response, Term, TermWording, Translation
from responses.models.sharing import AuthorDetails
from responses.validators import INVISIBLE, is_blank, without_invisible_ends
from tests.factories import (
    make_affiliate,
    make_answer,
    make_evidence,
    make_full_response,
    make_gathering,
    make_problem,
    make_translation,
    make_user,
    submit,
)
from tests.pages.test_gatherings import announce
from tests.pages.test_respond import faults, send
from tests.test_answer_files import key_of, outcomes

# One of each kind that people have been seen to send.
UNSEEN = {
    "zero width space": "\u200b",
    "soft hyphen": "\u00ad",
    "joiners": "\u200d\u200c",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "direction marks": "\u200e\u200f\u202a\u202c\u2066\u2069",
    "Hangul filler": "\u3164",
    "other Hangul fillers": "\u115f\u1160\uffa0",
    "variation selectors": "\ufe0f\U000e0100\u180b",
    "tags": "\U000e0020\U000e0041\U000e007f",
    "grapheme joiner": "\u034f",
    "blank of Braille": "\u2800",
    "Khmer inherent vowel": "\u17b4",
    "invisible times": "\u2062",
    "null note head": "\U0001d159",
    "spaces": " \u00a0\u3000\u2003\u1680",
    "line ends": "\n\r\n\u2028\u2029\u0085",
    "control characters": "\x01\x1b\x7f",
    "mixed": " \u200b\n\u00ad\u3164 ",
}
MARKS = "\u0301\u0e31\u093e\u20dd"
WORDS = [
    "می‌خواهم",  # a joiner between the parts of a Persian word
    "ക്‍ഷ ന്‍",  # joiners that shape letters of Malayalam, one of them the last
    "👩‍👩‍👧‍👦 ❤️ 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "ᠮᠣᠩᠭᠣᠯ᠋",
    "ه‍",
    "a\u0301",
    "\u0645\u064f",
    "1\ufe0f\u20e3",
    "…",
    "⠓⠊",
    "𝧿𝤋",
]


def test_all_that_unicode_calls_invisible_is_blank():
    unseen = {chr(code) for code in range(1, sys.maxunicode + 1)}
    unseen = {each for each in unseen if unicodedata.category(each) in ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Mc", "Me")}

    assert [each for each in unseen if not is_blank(each)] == []
    # Others that are blank are letters and symbols by their category only.
    assert {each for each in INVISIBLE if each not in unseen} == set("\u115f\u1160\u2800\u3164\uffa0\U0001d159") | {
        each for each in INVISIBLE if unicodedata.category(each) == "Cn"
    }


@pytest.mark.parametrize("kind", UNSEEN)
def test_what_nobody_sees_is_blank_and_falls_off_a_name(kind):
    unseen = UNSEEN[kind]

    assert is_blank(unseen)
    assert is_blank(unseen * 3 + MARKS)
    assert not is_blank(unseen + "." + unseen)
    # Behind a letter a variation selector belongs to it.
    behind = "" if kind == "variation selectors" else unseen
    assert LineField().clean(f"{unseen}Ada  Café{behind}") == "Ada Café"
    assert name_key(f"{unseen} ada CAFÉ{unseen}") == name_key("Ada Café")


@pytest.mark.parametrize("words", WORDS)
def test_joiners_marks_and_selectors_stay_in_words(words):
    assert not is_blank(words)
    assert without_invisible_ends(words) == words
    assert LineField().clean(f"\u200b{words}\u200b") == words


def test_nothing_and_nul_are_told_apart():
    assert is_blank("")
    # It has a message of its own.
    assert not is_blank("\x00")


@pytest.mark.django_db
@pytest.mark.parametrize("words", WORDS)
def test_an_answer_is_stored_byte_for_byte(client, words):
    typed = f"\u200b {words}\u200b\n\n\u00ad"

    send(client, meaning=typed, needs="\u200b")

    assert list(Answer.objects.values_list("text", flat=True)) == [typed]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", UNSEEN)
def test_what_nobody_sees_is_no_answer_name_group_or_title(client, kind):
    unseen = UNSEEN[kind]

    page = send(client, meaning=unseen, needs=unseen + MARKS, resources="")
    assert faults(page) == {"__all__": ["Answer at least one of the questions."]}
    assert set(faults(send(client, sharing="named", display_name=unseen))) == {"display_name"}
    assert set(faults(send(client, sharing="affiliate", affiliate=unseen))) == {"affiliate"}
    assert set(announce(client, title=unseen).context["form"].errors) == {"title"}
    assert send(client, action="save", meaning=unseen).status_code == 200
    assert (Response.objects.count(), Gathering.objects.count(), Draft.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_details_of_which_nothing_is_seen_are_not_kept(client):
    lines = {"method", "place", "spoken_languages", "written_by", "affiliate"}

    send(client, sharing="named", display_name="Ada\u200b", **dict.fromkeys(lines, "\u3164"))
    announce(client, place="\u2060", host_note="\u200b\n")

    response = Response.objects.get()
    texts = {field.name for field in AuthorDetails.detail_fields() if field.get_internal_type() == "CharField"}
    assert {name: getattr(response, name) for name in texts if getattr(response, name)} == {
        "sharing": "named",
        "display_name": "Ada",
    }
    assert Gathering.objects.values_list("place", "host_note").get() == ("", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", ["Wikimedia Testland\u200b", "\u202bwikimedia\u00a0testland\u202c", "Wiki\u00admedia Testland"]
)
def test_an_affiliate_is_found_on_the_roster_whatever_invisible_came_along(client, typed):
    affiliate = make_affiliate(name="Wikimedia Testland")
    make_affiliate(name="Wikimedia Elsewhere")

    send(client, affiliate=typed)
    announce(client, affiliate=typed)

    assert Response.objects.values_list("affiliate", "affiliate_name").get() == (affiliate.pk, "")
    assert Gathering.objects.get().affiliate == affiliate
    assert Affiliate.objects.called("\u200b") is None


@pytest.mark.django_db
@pytest.mark.parametrize("kind", UNSEEN)
def test_what_nobody_sees_is_no_reason_note_objection_or_translation(kind):
    unseen, response, translation = UNSEEN[kind], submit(), make_translation()
    answer, translator = make_answer("Moja."), make_user("translator")

    for refused in (
        lambda: response.decline(unseen),
        lambda: Translation.objects.suggest(answer, "ar", unseen, translator=translator, source_text="Moja."),
        lambda: Translation.objects.correct(translation, unseen),
    ):
        with pytest.raises(ValidationError):
            refused()
    response.note(unseen)

    response.refresh_from_db()
    assert (response.note_to_author, response.noted_on, response.is_waiting) == ("", None, True)
    assert list(Translation.objects.all()) == [translation]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["zero width space", "Hangul filler", "tags", "spaces"])
def test_no_file_brings_translations_that_nobody_sees(kind):
    unseen, answer = UNSEEN[kind], make_answer("Moja.")
    problem = make_problem(slug="access", title="Access")
    key, translator = key_of(answer), make_user("translator")
    header = 'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"X-Source-Language: sw\\n"\n\n'
    file = header + f'msgctxt "{key}"\nmsgid "Moja."\nmsgstr "{unseen}"\n'
    xlf = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="sw" trgLang="ar"><file id="f">'
        f'<unit id="{key}"><segment><source>Moja.</source><target>{unseen}</target></segment></unit></file></xliff>'
    )
    texts = polib.POFile()
    texts.append(polib.POEntry(msgctxt="problem.access.title", msgid="Access", msgstr=unseen))

    assert outcomes(io.BytesIO(file.encode()), translator) == [(key, "blank")]
    assert outcomes(io.BytesIO(xlf.encode()), translator) == [(key, "blank")]
    assert organizer_texts.import_catalogue(texts, "sv").left == [("problem.access.title", "blank")]

    problem.refresh_from_db()
    assert (Translation.objects.count(), problem.title_sv or "") == (0, "")


@pytest.mark.django_db
def test_what_nobody_sees_is_no_text_of_organizers(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    question, term = Question.objects.first(), Term.objects.create(slug="wiki", name_en="Wiki")
    problem = {"slug": "no-venue", "position": 1, "revision": 1, "source": "organizers", "title_en": "\u200b"}
    wording = {"wordings-TOTAL_FORMS": 1, "wordings-INITIAL_FORMS": 0, "wordings-0-language": "ha"}

    pages = [
        client.post("/admin/outcomes/problem/add/", problem),
        client.post("/admin/responses/affiliate/add/", {"name": "\u3164", "kind": "chapter", "is_active": "on"}),
        client.post(f"/admin/responses/question/{question.pk}/change/", {"position": 1, "prompt_en": "\u2060"}),
        client.post(
            f"/admin/responses/term/{term.pk}/change/",
            wording | {"slug": "wiki", "name_en": "Wiki", "wordings-0-wording": "\u200b"},
        ),
    ]

    assert [page.status_code for page in pages] == [200] * 4
    assert (Problem.objects.count(), Affiliate.objects.count(), TermWording.objects.count()) == (0, 0, 0)
    assert Question.objects.get(pk=question.pk).prompt_en == question.prompt_en

    client.post("/admin/responses/affiliate/add/", {"name": "Kikundi\u200b", "kind": "chapter", "is_active": "on"})
    client.post("/admin/outcomes/problem/add/", problem | {"title_en": "Titel", "title_sv": "\u200b"})

    assert Affiliate.objects.get().name == "Kikundi"
    assert Problem.objects.values_list("title_en", "title_sv").get()[0] == "Titel"
    assert not Problem.objects.get().title_sv


@pytest.mark.django_db
@pytest.mark.parametrize("unseen", ["", *UNSEEN.values(), INVISIBLE])
def test_the_database_refuses_what_nobody_sees(unseen):
    if unseen == UNSEEN["control characters"]:
        unseen = "\t"
    make_full_response()
    evidence = make_evidence(make_answer("Kila mtu ana nafasi."))
    make_translation(evidence.answer)
    make_affiliate()
    term = Term.objects.create(slug="wiki", name_en="Wiki")
    TermWording.objects.create(term=term, language="ha", wording="Wiki")
    make_gathering()

    for model, name, constraint in (
        (Answer, "text", "answer_is_not_blank"),
        (Translation, "text", "translation_is_not_blank"),
        (TermWording, "wording", "term_wording_is_not_blank"),
        (Gathering, "title", "gathering_has_a_title"),
        (Affiliate, "name", "affiliate_has_a_name"),
        (type(evidence), "quote", "evidence_quotes_words"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            model.objects.update(**{name: unseen[:90]})
        model.objects.filter(pk=model.objects.first().pk).update(**{name: f"{unseen[:9]}a{unseen[:9]}"})
