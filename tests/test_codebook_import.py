"""Codebooks of other programs: what is new in them, what cannot be read, and what is taken over."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from outcomes.codebook_import import ChangedMeanwhileError, Words, compare, take
from outcomes.exports.codebook_reader import LARGEST_FILE, MOST_CODES, as_plain, from_plain, read_codes
from outcomes.exports.codes import claim_guid
from outcomes.exports.refi_qda import QDC, QDPX
from outcomes.models import Merge, Problem, Solution
from responses.models import TextSource
from tests.factories import make_evidence, make_problem, make_solution, make_user

pytestmark = pytest.mark.django_db

NAMESPACE = 'xmlns="urn:QDA-XML:codebook:1.0"'


def qdc(*codes, namespace=NAMESPACE):
    declared = '<?xml version="1.0" encoding="utf-8"?>'
    return f"{declared}<CodeBook {namespace}><Codes>{''.join(codes)}</Codes></CodeBook>".encode()


def code(name, description="", *inner, guid="", is_codable="true"):
    said = f"<Description>{description}</Description>" if description else ""
    return f'<Code guid="{guid}" name="{name}" isCodable="{is_codable}">{said}{"".join(inner)}</Code>'


def exported():
    return b"".join(QDC.write())


def compared(file):
    return compare(read_codes(file))


def refusal(file):
    with pytest.raises(ValidationError) as refused:
        compared(file)
    return refused.value.messages


def fill():
    """Claims with everything that could come back otherwise."""
    make_problem(
        description_en="Doors are closed.\r\n\r\n  Often. \x0b",
        use_when_en="Somebody is kept out.\nUse when: it says so.",
        not_when_en="It is about money & <rooms>.",
    )
    make_problem("access", title="=Access", published=False)
    make_solution("access", title="=access")
    make_solution("empty", title="")
    make_problem("long", title="x" * 190, use_when_en="Only this.")


def test_our_own_codebook_has_nothing_new():
    fill()

    found = compared(exported())

    assert (found.new, found.changed, found.same) == ([], [], 5)


def test_our_own_project_has_nothing_new_either():
    fill()
    make_evidence(problem=Problem.objects.get(slug="closed-doors"), coder=make_user("asha"))

    found = compared(b"".join(QDPX.write()))

    assert (found.new, found.changed, found.same) == ([], [], 5)


def test_another_program_may_give_all_codes_other_identifiers_and_wrap_the_words():
    make_problem(description_en="Doors are closed. Often.", use_when_en="Somebody is kept out.")
    wrapped = exported().replace(b"Doors are closed. Often.", b"Doors are closed.\n   Often.").replace(b"-", b"-f")
    other = wrapped.decode().replace("QDA-fXML", "QDA-XML").replace('encoding="utf-f8"', 'encoding="utf-8"')

    found = compared(other.encode())

    assert (found.new, found.changed, found.same) == ([], [], 1)


def test_what_is_new_is_of_the_kind_that_its_group_says():
    solution = make_solution()

    found = compared(
        qdc(
            code("Few seats"),
            code("problems", "", code("Kind one", "What it is.", code("Deeper")), is_codable="false"),
            code("x", "", code("Below ours"), guid=f"{{{claim_guid('solution', solution.pk).upper()}}}"),
            code("A folder", "", code("In a folder"), is_codable="false"),
        )
    )

    assert [(each.name, each.kind, each.words[1:]) for each in found.new] == [
        ("Few seats", "", []),
        ("Kind one", "problem", [Words("description", "", "What it is.")]),
        ("Deeper", "problem", []),
        ("Below ours", "solution", []),
        ("In a folder", "", []),
    ]
    assert [(each.claim, each.words) for each in found.changed] == [(solution, [Words("title", "Open doors", "x")])]


def test_a_file_that_is_older_than_a_merge_does_not_bring_back_what_was_merged():
    gone, into = make_problem("gone", title="Shut doors"), make_problem("into")
    file = exported()
    Merge.objects.merge(gone, into, by=None)

    found = [compared(file), compared(qdc(code("Problems", "", code("shut  DOORS"), is_codable="false")))]

    told = [(each.name, each.merged_into, each.kind) for comparison in found for each in comparison.new]
    assert told == [("Shut doors", into, ""), ("shut  DOORS", into, "")]


def test_what_differs_is_told_text_by_text():
    problem = make_problem(description_en="Doors are closed.", use_when_en="Kept out.", not_when_en="Money.")
    described = "Doors are often closed.\nuse when: Kept out.\n\nDo not use when: Rooms."

    (difference,) = compared(qdc(code("CLOSED  doors", described))).changed

    assert (difference.claim, difference.words) == (
        problem,
        [
            Words("title", "Closed doors", "CLOSED  doors"),
            Words("description", "Doors are closed.", "Doors are often closed."),
            Words("not_when", "Money.", "Rooms."),
        ],
    )


@pytest.mark.parametrize("description", ["", "Doors are closed."])
def test_what_a_file_says_nothing_about_stays_as_it_is(description):
    make_problem(description_en="Doors are closed.", use_when_en="Kept out.", not_when_en="Money.")

    found = compared(qdc(code("Closed doors", description)))

    assert (found.changed, found.same) == ([], 1)


def packed(name, content, how=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as made:
        made.writestr(name, content)
    return file.getvalue()


DAMAGED = "The file is damaged, or it is not XML: it cannot be read from line 1 on."
ENCODING = "The file is in an encoding that cannot be read; use UTF-8."
ENTITIES = "The file has a document type or entities, which no program writes into a codebook."
NO_CODES = "There are no codes in this file. It has to be a codebook or a project of REFI-QDA."
PACKED = "The packed file is damaged, or it is locked with a password."
LARGE = "The codebook in the file is larger than 1 MB."
BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>' + qdc(code("&c;"))[38:]


REFUSED = {
    "cut off": (qdc(code("a"))[:-20], DAMAGED),
    "empty": (b"", DAMAGED),
    "text": (b"Problems, Solutions", DAMAGED),
    "other letters": (qdc(code("ä")).decode().encode("latin-1"), ENCODING),
    "unknown encoding": (qdc(code("a")).replace(b"utf-8", b"utf-99"), ENCODING),
    "encoding of two bytes": (qdc(code("a")).replace(b"utf-8", b"big5"), ENCODING),
    "bomb": (BOMB, ENTITIES),
    "file of the server": (BOMB.replace(b'"bbbb"', b'SYSTEM "file:///etc/passwd"'), ENTITIES),
    "another kind of XML": (b"<html><Code name='a'/></html>", NO_CODES),
    "no codes": (qdc(), NO_CODES),
    "large": (
        qdc(code("a", "b" * LARGEST_FILE)),
        "The file is larger than 1 MB. A codebook alone is smaller: export it without sources.",
    ),
    "deep": (
        qdc('<Code name="a">' * 40 + "</Code>" * 40),
        "The file has too many codes, or too many levels of them.",
    ),
    "many": (qdc(*(code(f"c{n}") for n in range(MOST_CODES + 1))), "The file has more than 900 codes."),
    "very many": (
        qdc(*(code("a") for _n in range(4 * MOST_CODES + 1))),
        "The file has too many codes, or too many levels of them.",
    ),
    "packed, of another kind": (
        packed("word/document.xml", "<a/>"),
        "The packed file has no project.qde in it, so it is not a REFI-QDA project.",
    ),
    "packed and damaged": (
        packed("project.qde", qdc(code("a")))[:80],
        PACKED,
    ),
    "packed and damaged within": (
        packed("project.qde", qdc(code("a" * 900))).replace(b"\x00\xff", b"\x00\x00")[:60]
        + b"\xff" * 20
        + packed("project.qde", qdc(code("a" * 900)))[80:],
        PACKED,
    ),
    # Neither tells of damage as zip files do, and both unpack a small file into gigabytes at once.
    "packed with bzip2": (packed("project.qde", qdc(code("a")), zipfile.ZIP_BZIP2), PACKED),
    "packed with LZMA": (packed("project.qde", qdc(code("a")), zipfile.ZIP_LZMA), PACKED),
    "packed and huge": (packed("project.qde", qdc(code("a", " " * 3 * LARGEST_FILE))), LARGE),
    "formula": (
        qdc(code("=HYPERLINK(1)")),
        "The name “=HYPERLINK(1)” begins like a formula of a spreadsheet.",
    ),
    "long": (qdc(code("b" * 191)), f"The name “{'b' * 60}…” is longer than 190 characters."),
    "alike": (qdc(code("Few seats"), code("few  Seats")), "Two codes have the name “few  Seats”."),
    "without a name": (
        qdc(code("\u200b")),
        "The name of a code is empty, or nothing of it can be seen.",
    ),
}


# Not the files themselves as names: a packed one says when it was packed.
@pytest.mark.parametrize(("file", "told"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_taken_says_why(file, told):
    assert told in refusal(file)


def test_no_two_claims_get_one_name():
    problem, solution = make_problem(), make_solution()
    ours = {"guid": claim_guid("problem", problem.pk)}

    assert refusal(qdc(code("Open Doors", **ours))) == [
        "There is a problem or a solution already with the name “Open Doors”."
    ]
    assert refusal(qdc(code("New name", **ours), code("Closed doors"))) == [
        "There is a problem or a solution already with the name “Closed doors”."
    ]
    assert Solution.objects.get() == solution


def test_of_two_codes_with_one_identifier_the_first_is_the_known_one():
    ours = {"guid": claim_guid("problem", make_problem().pk)}

    found = compared(qdc(code("Closed doors", "One.", **ours), code("Doors", "Two.", **ours)))

    assert [(each.name, each.words[-1].now) for each in found.changed] == [("Closed doors", "One.")]
    assert [(each.name, each.words[-1].now) for each in found.new] == [("Doors", "Two.")]


def test_old_files_of_nvivo_and_other_encodings_are_read():
    old = qdc(code("Few seats"), namespace='xmlns="urn:QDA-XML:codebook:1:0"')
    wide = qdc(code("Få platser")).decode().replace("utf-8", "utf-16").encode("utf-16")
    marked = b"\xef\xbb\xbf" + qdc(code("مقاعد"))

    assert [read_codes(file)[0].name for file in (old, wide, marked)] == ["Few seats", "Få platser", "مقاعد"]


def taken(file, *, new=None, changed=(), by=None, seen=None):
    codes = read_codes(file)
    return take(codes, new=new or {}, changed=changed, seen=seen or compare(codes).fingerprint, by=by)


def test_what_is_chosen_is_stored_and_nothing_else():
    user = make_user("boss")
    problem = make_problem(description_en="Doors are closed.", description_sv="Dörrar är stängda.")
    other = make_problem("b", title="Other", description_en="Old.")
    file = qdc(
        code("Closed doors", "Doors are often closed."),
        code("Other", "New."),
        code("Few seats", "Too few.\nUse when: Somebody stands."),
        code("Not wanted"),
        code("Bring chairs"),
    )

    found = taken(file, new={2: "problem", 4: "solution"}, changed=[0], by=user)

    problem.refresh_from_db()
    assert (problem.description_en, problem.description_sv, problem.revision, problem.is_published) == (
        "Doors are often closed.",
        "Dörrar är stängda.",
        2,
        True,
    )
    (revision,) = problem.revisions.all()
    assert (revision.words["description_en"], revision.replaced_by) == ("Doors are closed.", user)
    # The Swedish was made from the earlier English.
    assert [(each.field, each.language, each.english) for each in TextSource.objects.filter(row=problem.pk)] == [
        ("description", "sv", "Doors are closed.")
    ]
    other.refresh_from_db()
    assert (other.description_en, other.revision) == ("Old.", 1)
    (seats,) = Problem.objects.proposed()
    assert (seats.title_en, seats.description_en, seats.use_when_en, seats.is_published) == (
        "Few seats",
        "Too few.",
        "Somebody stands.",
        False,
    )
    assert [each.title_en for each in Solution.objects.proposed()] == ["Bring chairs"]
    assert [(str(each.claim), each.is_new, each.names) for each in found] == [
        ("Closed doors", False, ["description"]),
        ("Few seats", True, ["title", "description", "use_when"]),
        ("Bring chairs", True, ["title"]),
    ]
    assert compared(file).same == 3


@pytest.mark.parametrize("what", ["reworded", "published", "made", "deleted"])
def test_what_somebody_has_changed_since_the_preview_is_not_overwritten(what):
    problem = make_problem("b", title="Other", description_en="Old.", published=False)
    codes = read_codes(qdc(code("Other", "New."), code("Few seats")))
    seen = compare(codes).fingerprint
    if what == "reworded":
        Problem.objects.update(description_en="Meanwhile.")
    elif what == "published":
        Problem.objects.update(published_at="2026-03-01T00:00Z")
    elif what == "made":
        Problem.objects.propose("few seats")
    else:
        problem.delete()
    before = list(Problem.objects.values())

    with pytest.raises(ChangedMeanwhileError):
        take(codes, new={1: "problem"}, changed=[0], seen=seen, by=None)

    assert list(Problem.objects.values()) == before


def test_a_file_comes_back_from_a_form_as_it_was():
    codes = read_codes(qdc(code("a", "b", code("c"), guid="{A-1}"), code("d", is_codable="0")))

    assert from_plain(as_plain(codes)) == codes
    assert [(each.guid, each.parent, each.is_codable) for each in codes] == [
        ("a-1", None, True),
        ("", 0, True),
        ("", None, False),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_each_new_code_of_a_file_takes_two_queries_however_many_there_are(django_assert_num_queries, number):
    codes = read_codes(qdc(*(code(f"Code {n}", "What it is.") for n in range(number))))
    seen = compare(codes).fingerprint

    # Those of `compare`, and of the locks.
    with django_assert_num_queries(9 + 2 * number):
        take(codes, new=dict.fromkeys(range(number), "problem"), changed=[], seen=seen, by=None)

    made = Problem.objects.proposed()
    assert [each.title_en for each in made.order_by("position")] == [f"Code {n}" for n in range(number)]


def test_as_many_new_codes_as_a_file_may_have_are_stored():
    codes = qdc(*(code(f"Code {n}", "What it is.") for n in range(MOST_CODES)))

    taken(codes, new=dict.fromkeys(range(MOST_CODES), "problem"))

    made = Problem.objects.proposed()
    assert [each.title_en for each in made.order_by("position")] == [f"Code {n}" for n in range(MOST_CODES)]
