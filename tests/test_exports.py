import csv
import io
import json
import stat
import xml.etree.ElementTree as ElementTree
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from outcomes.exports.answers_table import answers_table
from outcomes.exports.files import FILES, data_dictionary
from outcomes.exports.formats import csv_file, json_lines, workbook
from outcomes.exports.marks_table import marks_table
from outcomes.exports.responses_table import responses_table
from outcomes.exports.tables import Column, Table
from outcomes.models import Coding, CodingPlan, Export
from responses.exchange.csv_tables import as_text
from responses.languages.hidden_words import HIDDEN
from responses.models import Contact, Response

from .factories import (
    make_affiliate,
    make_answer,
    make_evidence,
    make_full_response,
    make_problem,
    make_response,
    make_solution,
    make_translation,
    make_user,
    put,
    submit,
)

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 1, tzinfo=UTC)


def rows(table):
    names = [column.name for column in table.columns]
    return [dict(zip(names, values, strict=True)) for values in table.values]


def row(table, *names):
    [found] = rows(table)
    return [found[name] for name in names]


def everything(language="en"):
    """All bytes of all files, unpacked."""
    for file in FILES:
        content = b"".join(file.pieces(language))
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                content = b"".join(packed.read(name) for name in packed.namelist())
        yield file.name, content


def files_with(*words, language="en"):
    """{(file, word)} of those words that stand in it."""
    return {(name, word) for name, content in everything(language) for word in words if word.encode() in content}


def mean(text):
    return Table("words", "a word", [Column("word", "A word.", lambda row: row)], iter([text]))


def test_an_answer_has_its_question_language_and_words_beside_a_reviewed_translation():
    answer = make_answer("Kila mtu ana nafasi.")
    make_translation(answer, language="ar", text="لكل شخص مكان.")

    said = row(answers_table("ar"), "response", "question", "language", "text", "translation", "translation_language")

    code = answer.response.code
    assert said == [code, "meaning", "sw", "Kila mtu ana nafasi.", "لكل شخص مكان.", "ar"]


def test_a_translation_that_is_not_reviewed_is_in_no_file():
    make_translation(make_answer("Kila mtu."), language="ar", text="لكل شخص.", reviewed=False)

    assert row(answers_table("ar"), "translation", "translation_language") == [None, None]


def test_a_claim_is_1_where_it_is_marked_0_where_coders_found_nothing_and_empty_where_nobody_looked():
    coder = make_user("ada", "Coder")
    power, rooms = make_problem("power", title="Power"), make_solution("rooms", title="Rooms")
    answer = make_answer("Hakuna umeme.")
    make_evidence(answer, problem=power, quote="umeme", stance="qualifies", coder=coder)

    before = row(answers_table("en"), "problem:power", "problem:power:stance", "solution:rooms", "coders")
    Coding.objects.finish(answer, coder, seen=answer.fingerprint)
    after = row(answers_table("en"), "problem:power", "problem:power:stance", "solution:rooms", "coders")

    assert (before, after) == ([1, "qualifies", None, 0], [1, "qualifies", 0, 1])
    assert rooms.slug == "rooms"


def test_a_claim_that_is_younger_than_the_coding_is_empty():
    coder, answer = make_user("ada", "Coder"), make_answer("Hakuna umeme.")
    Coding.objects.finish(answer, coder, seen=answer.fingerprint)
    make_problem("young")

    assert row(answers_table("en"), "problem:young") == [None]


def test_passages_that_say_several_things_are_mixed():
    power, answer = make_problem("power"), make_answer("Umeme upo. Umeme haupo.")
    make_evidence(answer, problem=power, quote="Umeme upo", stance="contradicts")
    make_evidence(answer, problem=power, quote="Umeme haupo", stance="supports")

    assert row(answers_table("en"), "problem:power", "problem:power:stance") == [1, "mixed"]


def test_a_mark_says_where_its_words_stand_in_code_points_and_its_coder_as_a_number():
    ada, bo = make_user("ada", "Coder"), make_user("bo", "Coder")
    power = make_problem("power", title="Power")
    first, second = make_answer("👩🏾‍🔧 umeme haupo"), make_answer("Umeme tu.")
    make_evidence(first, problem=power, quote="umeme", coder=bo, stance="supports")
    make_evidence(second, problem=power, quote="Umeme", coder=ada, stance="contradicts")

    found = {each["passage"]: each for each in rows(marks_table("en"))}

    names = ("response", "claim_kind", "claim", "stance", "start", "end", "revision", "coder", "passage_in_original")
    assert {words: [each[name] for name in names] for words, each in found.items()} == {
        "umeme": [first.response.code, "problem", "power", "supports", 5, 10, 1, 1, "umeme"],
        "Umeme": [second.response.code, "problem", "power", "contradicts", 0, 5, 1, 2, "Umeme"],
    }


def test_what_the_author_does_not_show_is_in_no_file():
    group = make_affiliate(name="Wikimedians of Mwanza")
    make_response(
        {"meaning": "Kila mtu."}, sharing=Response.Sharing.AFFILIATE, affiliate=group, people=4, display_name="Zawadi Q"
    )
    make_response(
        {"meaning": "Nafasi."}, sharing=Response.Sharing.UNNAMED, affiliate=make_affiliate(name="Hidden"), people=9
    )

    told = {(each["name"], each["group"], each["people"]) for each in rows(responses_table())}

    assert told == {(None, "Wikimedians of Mwanza", 4), (None, None, None)}
    assert files_with("Zawadi", "Hidden") == set()


def test_what_nobody_may_read_is_in_no_file():
    power = make_problem("power")
    for words, fields in (("wagombea-a", {"sharing": Response.Sharing.ORGANIZERS}), ("wagombea-b", {})):
        answer = make_answer(f"{words} ana nafasi.", **fields)
        make_evidence(answer, problem=power, quote=words)
    put(answer.response, Response.Status.DECLINED)
    submit({"meaning": "wagombea-c"})
    hidden = make_answer("Jina lake ni wagombea-d leo.")
    make_evidence(hidden, problem=make_problem("name"), quote="lake ni wagombea-d")
    mask(hidden, "wagombea-d")

    assert files_with("wagombea-a", "wagombea-b", "wagombea-c", "wagombea-d") == set()
    assert [each["text"] for each in rows(answers_table("en"))] == [f"Jina lake ni {HIDDEN * 10} leo."]
    assert [each["passage"] for each in rows(marks_table("en"))] == [f"lake ni {HIDDEN * 10}"]


def test_a_translation_that_readers_do_not_see_is_in_no_file_and_what_is_marked_in_it_neither():
    power, day = make_problem("power"), date(2026, 3, 1)
    states = {
        "siri-a": {"reviewed": False},
        "siri-b": {"reviewed": False, "origin": "machine"},
        "siri-c": {"source_text": "Maneno ya zamani."},
        "siri-d": {"objected_on": day, "public_on": None},
        "siri-e": {"public_on": date(2999, 1, 1)},
    }
    for words, fields in states.items():
        translation = make_translation(make_answer(), language="ar", text=f"{words} لكل شخص", **fields)
        make_evidence(translation.answer, problem=power, translation=translation, quote=words)
    shown = make_translation(make_answer(), language="ar", text="wazi لكل شخص")
    make_evidence(shown.answer, problem=power, translation=shown, quote="wazi")

    assert {word for _name, word in files_with(*states, "wazi", language="ar")} == {"wazi"}


def test_a_mark_whose_words_are_hidden_in_the_translation_alone_shows_them_nowhere():
    answer = make_answer("Jina ni Amina Juma.")
    translation = make_translation(answer, language="ar", text="الاسم Amina-Juma")
    make_evidence(answer, problem=make_problem("name"), translation=translation, quote="Amina-Juma")
    mask(answer, "Amina Juma")

    assert files_with("Amina", language="ar") == set()


def test_of_a_response_with_everything_in_it_only_what_readers_see_is_in_files():
    response = make_full_response()
    hidden = ("key_hash!", "duplicate_key!", "note_to_author!", "A <café>", "me@example.org", "attacks-somebody")
    Contact.objects.create(response=response, email="zawadi@example.org", left_on=DAY, delete_on=date(2999, 1, 1))

    assert files_with(*hidden, "zawadi") == set()
    assert {word for _name, word in files_with("display_name!", "place!", "method!")} == {
        "display_name!",
        "place!",
        "method!",
    }


def mask(answer, words):
    start = answer.text.index(words)
    answer.mask(start, start + len(words), "A name", by=None, seen=answer.fingerprint)
    answer.refresh_from_db()


def test_marks_that_two_coders_have_still_to_agree_on_are_in_no_file():
    CodingPlan.objects.create(pk=1, share=100)
    coder, answer = make_user("ada", "Coder"), make_answer("Hakuna umeme.")
    make_evidence(answer, problem=make_problem("power"), quote="umeme", coder=coder)
    Coding.objects.finish(answer, coder, seen=answer.fingerprint)

    assert (rows(marks_table("en")), row(answers_table("en"), "problem:power", "coders")) == ([], [None, 0])


def test_no_file_names_a_coder():
    coder = make_user("ada-the-coder", "Coder", first_name="Ada", last_name="Lovelace")
    make_evidence(make_answer("Hakuna umeme."), problem=make_problem("power"), quote="umeme", coder=coder)

    assert files_with("ada-the-coder", "Lovelace") == set()


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+254", "-nyumba", "@mtu", "\t=1", "＝1+1", "'=1", "''=1", " =1", "\ufeff=1", "\u2028+1", "' -1"],
)
def test_a_cell_that_a_spreadsheet_would_compute_begins_with_an_apostrophe(words):
    content = b"".join(csv_file(mean(words))).decode("utf-8-sig")

    [_names, [cell]] = csv.reader(io.StringIO(content, newline=""))
    assert cell == f"'{words}"


@pytest.mark.parametrize("words", ["nyumba = 1", "'nukuu'", "🙂 +1", "1", " 1"])
def test_other_cells_are_as_they_were_written(words):
    assert as_text(words) == words


def test_line_ends_and_quotation_marks_come_back_whole_from_csv_and_json_lines():
    words = 'Mmoja,\r\n"wawili"\n\u2028tatu\x85 👩🏾‍🔧'

    content = b"".join(csv_file(mean(words))).decode("utf-8-sig")
    [line] = b"".join(json_lines(mean(words))).decode().splitlines()

    assert list(csv.reader(io.StringIO(content, newline=""))) == [["word"], [words]]
    assert json.loads(line) == {"word": words}


def cells(content):
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_a_workbook_has_text_as_text():
    sheet = cells(b"".join(workbook(mean("=HYPERLINK(1)"))))

    assert "<f>" not in sheet
    assert "=HYPERLINK(1)" in sheet


def test_a_workbook_has_the_line_ends_of_cells_and_days_before_1900():
    sheet = cells(b"".join(workbook(mean("a\r\nb\rc"))))
    old = cells(b"".join(workbook(mean(date(1869, 12, 31)))))

    assert ("a\nb\nc" in sheet, "1869-12-31" in old) == (True, True)


def test_a_table_with_more_rows_than_a_sheet_holds_is_refused_not_cut(monkeypatch):
    monkeypatch.setattr("outcomes.exports.formats._MOST_ROWS", 1)

    with pytest.raises(ValidationError) as refusal:
        b"".join(workbook(mean("a")))

    assert refusal.value.messages == ["The table words has more rows than a workbook can hold. Take the CSV file."]


def test_a_text_that_is_too_long_for_a_cell_is_cut_and_says_so():
    sheet = cells(b"".join(workbook(mean("🙂" * 40_000))))

    [(words, _rest)] = [each.split("</t>", 1) for each in sheet.split("🙂", 1)[1:]]
    assert (set(words.removesuffix(words[words.index(" …") :])), "the CSV file has the whole text" in words) == (
        {"🙂"},
        True,
    )


def test_the_data_dictionary_has_every_column_of_every_table():
    make_problem("power")

    told = {(each["table"], each["column"]) for each in rows(data_dictionary("en"))}

    tables = [responses_table(), answers_table("en"), marks_table("en")]
    assert told == {(table.name, column.name) for table in tables for column in table.columns}


def test_tables_are_read_in_batches_with_a_constant_number_of_queries(django_assert_num_queries, monkeypatch):
    power = make_problem("power")
    for number in range(3):
        make_evidence(make_answer(f"Umeme {number}."), problem=power, quote="Umeme")

    with django_assert_num_queries(BATCH_QUERIES["responses"]):
        rows(responses_table())
    with django_assert_num_queries(BATCH_QUERIES["answers"]):
        rows(answers_table("en"))
    with django_assert_num_queries(BATCH_QUERIES["marks"]):
        rows(marks_table("en"))


BATCH_QUERIES = {"responses": 3, "answers": 8, "marks": 7}


def test_all_batches_are_read(monkeypatch):
    monkeypatch.setattr("outcomes.exports.tables.BATCH", 2)
    for number in range(5):
        make_answer(f"Umeme {number}.")

    assert sorted(each["text"] for each in rows(answers_table("en"))) == [f"Umeme {number}." for number in range(5)]


def test_a_file_that_is_too_large_is_not_taken_and_not_logged():
    make_answer("Umeme.")

    with pytest.raises(ValidationError):
        Export.objects.take(FILES[0], "en", by=None, largest=10)

    assert list(Export.objects.all()) == []


def test_the_command_writes_a_file_and_logs_it(tmp_path):
    make_answer("Umeme.")
    make_user("olga", "Organizer")

    call_command("take_export", "answers.csv", by="olga", into=str(tmp_path / "here.csv"))

    assert "Umeme." in (tmp_path / "here.csv").read_text("utf-8-sig")
    assert [(each.file, each.language, each.taken_by.username) for each in Export.objects.all()] == [
        ("answers.csv", "en", "olga")
    ]


def test_a_file_that_the_command_cannot_write_is_not_logged_and_nothing_is_left_of_it(tmp_path, monkeypatch):
    make_user("olga", "Organizer")
    there, too_long = tmp_path / "there.csv", tmp_path / "too-long.xlsx"
    there.write_text("Something else.")
    monkeypatch.setattr("outcomes.exports.formats._MOST_ROWS", 1)

    for file, into in (("answers.csv", there), ("answers.xlsx", too_long)):
        with pytest.raises(CommandError, match="It cannot be written"):
            call_command("take_export", file, by="olga", into=str(into))

    assert (there.read_text(), too_long.exists(), list(Export.objects.all())) == ("Something else.", False, [])


def test_of_a_file_that_somebody_interrupts_nothing_is_left_and_nothing_is_logged(tmp_path):
    make_user("olga", "Organizer")

    def interrupt(execute, sql, *how):
        if "outcomes_export" in sql:
            raise KeyboardInterrupt
        return execute(sql, *how)

    with pytest.raises(KeyboardInterrupt), connection.execute_wrapper(interrupt):
        call_command("take_export", "answers.csv", by="olga", into=str(tmp_path / "here.csv"))

    assert ([*tmp_path.iterdir()], list(Export.objects.all())) == ([], [])


def test_nobody_else_at_the_server_reads_what_the_command_has_written(tmp_path):
    make_user("olga", "Organizer")

    call_command("take_export", "answers.csv", by="olga", into=str(tmp_path / "here.csv"))

    assert stat.S_IMODE((tmp_path / "here.csv").stat().st_mode) == 0o600


def test_the_command_refuses_whoever_may_not_take_files():
    make_user("ada", "Coder")

    with pytest.raises(CommandError, match="ada may not take files"):
        call_command("take_export", "answers.csv", by="ada")

    assert list(Export.objects.all()) == []


@pytest.mark.parametrize("table", [responses_table, lambda: answers_table("en"), lambda: marks_table("en")])
@pytest.mark.parametrize("leaves", [lambda each: each.withdraw(), lambda each: each.share(sharing="organizers")])
def test_what_leaves_while_a_file_is_written_is_in_no_later_row(monkeypatch, table, leaves):
    monkeypatch.setattr("outcomes.exports.tables.BATCH", 1)
    power = make_problem("power")
    for number in range(3):
        make_evidence(make_answer(f"Umeme {number}."), problem=power, quote="Umeme")
    written = iter(table().values)

    next(written)
    for each in Response.objects.all():
        leaves(each)

    assert list(written) == []


def test_what_looks_like_a_day_a_number_or_a_code_of_a_workbook_stays_a_text():
    words = ["2026-03-01", "1E5", "00123", "_x000D_", "a\x0bb", "\uffff", "=1", "https://example.org"]
    table = Table("words", "a word", [Column("word", "A word.", lambda row: row)], iter(words))

    sheet = ElementTree.fromstring(cells(b"".join(workbook(table))))

    shown = ["".join(each.itertext()) for each in sheet.iter() if each.tag.endswith("}is")]
    # How a workbook writes signs that XML does not have, and text that looks like such a code.
    assert shown == ["word", *words[:3], "_x005F_x000D_", "a_x000B_b", "_xFFFF_", *words[6:]]
