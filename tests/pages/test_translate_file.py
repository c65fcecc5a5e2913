"""The page where translators upload a file: what it says is what has happened."""

import io
import re

import pytest
from django.core.management import call_command

from responses.exchange import po, xliff
from responses.exchange.units import Languages, Unit, fitting
from responses.models import Translation
from responses.views.translate_file import LARGEST_FILE
from tests.factories import make_answer, make_translation, make_user
from tests.test_answer_files import FORMATS, filled, key_of, reword, written

pytestmark = pytest.mark.django_db
PAGE = "/en/translate/ar/file/"


@pytest.fixture
def translator(client):
    user = make_user("translator", "Translator")
    client.force_login(user)
    return user


def upload(client, file, **fields):
    file.seek(0)
    file.name = "maneno ya تجربة 文.po"
    return client.post(PAGE, {"file": file, **fields}).content.decode()


def told(html):
    """What the page says of an upload, sentence by sentence, and the outcomes that it lists."""
    notice = re.search(r'<div class="(?:notice|faults)[^>]*>(.*?)</div>', html, re.DOTALL)[1]
    return [" ".join(re.sub("<[^>]*>", " ", each).split()) for each in re.findall(r"<(?:p|h2|li)>(.*?)</", notice)]


def test_what_is_stored_beside_others_counts_as_stored(client, translator):
    answers = [make_answer(f"Neno {n}.") for n in range(3)]
    for answer in answers[:2]:
        make_translation(answer, text="كلمة", reviewed=False, translator=make_user(f"other {answer.pk}"))

    html = upload(client, filled(po, {key_of(each): (each.text, "لفظ") for each in answers}))

    assert told(html) == ["3 translations stored; they wait for somebody else to review them. · العربية"]
    assert html.count("Stored beside the translation") == 2
    assert Translation.objects.filter(translator=translator).count() == 3


def test_what_is_stored_but_outdated_counts_as_stored(client, translator):
    fresh, old = make_answer("Moja."), make_answer("Mbili.")
    file = filled(po, {key_of(fresh): ("Moja.", "واحد"), key_of(old): ("Mbili.", "اثنان")})
    reword(old, "Tatu.")

    assert told(upload(client, file)) == [
        "1 translation stored; it waits for somebody else to review it. · العربية",
        "1 translation stored, but outdated: the answer was changed meanwhile.",
    ]
    assert told(upload(client, file)) == ["Nothing was stored", "2 were there already."]


def test_only_outdated_ones_are_stored_too(client, translator):
    old = make_answer("Mbili.")
    file = filled(po, {key_of(old): ("Mbili.", "اثنان")})
    reword(old, "Tatu.")

    assert told(upload(client, file)) == ["1 translation stored, but outdated: the answer was changed meanwhile."]


def test_nothing_was_stored_is_said_only_then_and_with_the_reason(client, translator):
    answer = make_answer("Moja.")

    assert told(upload(client, filled(po, {key_of(answer): ("Moja.", "")}))) == [
        "Nothing was stored",
        "There is no translation in the file yet.",
    ]
    html = upload(client, filled(po, {key_of(answer): ("Moja.", "Moja.")}))
    assert told(html) == ["Nothing was stored"]
    assert "it is the same as the original" in html
    assert Translation.objects.count() == 0


def test_a_copy_of_the_original_is_stored_when_its_box_is_ticked(client, translator):
    answer = make_answer("WikiCite")

    upload(client, filled(po, {key_of(answer): ("WikiCite", "WikiCite")}), copies="on")

    assert Translation.objects.get().text == "WikiCite"


def test_a_file_in_another_language_than_the_page_is_stored_only_when_that_is_confirmed(client, translator):
    answer = make_answer("Moja.")
    french = filled(po, {key_of(answer): ("Moja.", "Un.")}).getvalue().replace(b"Language: ar", b"Language: fr_FR")

    html = upload(client, io.BytesIO(french))
    assert told(html) == [
        "Nothing was stored",
        "The file is in another language: français. Tick the box below if that is right.",
    ]
    assert 'name="elsewhere"' in html
    assert Translation.objects.count() == 0

    html = upload(client, io.BytesIO(french), elsewhere="on")
    assert told(html) == ["1 translation stored; it waits for somebody else to review it. · français"]
    assert Translation.objects.get().language == "fr"


def test_a_language_that_is_not_known_is_named(client, translator):
    file = (
        filled(po, {"abcd2345.meaning": ("Moja.", "x")}).getvalue().replace(b"Language: ar", b"Language: tlh\\x07<b>")
    )

    assert told(upload(client, io.BytesIO(file))) == [
        "Nothing was stored",
        "The language that the file names is not known here: tlh&lt;b&gt;.",
    ]


@pytest.mark.parametrize(
    ("page", "stated"), [("zh-hans", "zh_CN"), ("zh-cn", "zh_CN"), ("zh-hant", "zh"), ("pt-br", "pt")]
)
def test_where_a_code_may_mean_several_languages_the_page_decides(client, translator, page, stated):
    answer = make_answer("Moja.")
    file = filled(po, {key_of(answer): ("Moja.", "x")}).getvalue()

    client.post(
        f"/en/translate/{page}/file/",
        {"file": io.BytesIO(file.replace(b"Language: ar", f"Language: {stated}".encode()))},
    )

    assert Translation.objects.get().language == page


@FORMATS
@pytest.mark.django_db(transaction=False)
@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("a" * 20_000, "አ" * 60_000),
        ("አ" * 2_000, "አ" * 6_000),
        ("<&>\n" * 500, "<&>\n" * 1_500),
        ("🌍" * 9_000, "🌍" * 27_000),
    ],
)
def test_what_a_file_has_can_come_back_translated_into_any_script(form, source, target):
    units = list(fitting((Unit(f"abcd2345.q{n}", source) for n in range(200)), LARGEST_FILE))

    file = written(form, units, Languages("sw", "ar")).decode()
    for_one = len(written(form, [Unit("abcd2345.q1", target)])) - len(written(form, [Unit("abcd2345.q1", "")]))

    assert len(units) >= 40
    assert len(file.encode()) + len(units) * (for_one + 100) <= LARGEST_FILE
    if len(source) <= 5_000:
        assert len(units) == 200


def test_the_limit_is_said_beforehand(client, translator):
    assert "at most 16 MB" in client.get(PAGE).content.decode()


def test_a_large_file_in_another_script_comes_back(client, translator):
    answers = [make_answer("አ" * 20_000) for _ in range(25)]

    file = filled(xliff, {key_of(each): (each.text, "ሁ" * 20_000) for each in answers})

    assert len(file.getvalue()) > 2_900_000
    assert "25 translations stored" in upload(client, file)


def test_the_command_counts_what_it_did(tmp_path, capsys):
    user, answers = make_user("translator", "Translator"), [make_answer(f"Neno {n}.") for n in range(5)]
    make_translation(answers[0], text="كلمة", reviewed=False, translator=make_user("other"))
    path = tmp_path / "answers.po"
    texts = {key_of(each): (each.text, "لفظ") for each in answers} | {key_of(answers[4]): ("Neno 4.", "Neno 4.")}
    path.write_bytes(filled(po, texts).getvalue())
    reword(answers[1], "Sasa.")

    call_command("import_answers", user.username, str(path))
    first = capsys.readouterr().out.splitlines()[-1]
    call_command("import_answers", user.username, str(path), copies=True)

    assert first == "2 stored, 0 there already, 1 stored beside others, 1 stored, but outdated, 1 left."
    assert capsys.readouterr().out.splitlines()[-1] == "1 stored, 4 there already, 0 stored beside others, 0 left."
