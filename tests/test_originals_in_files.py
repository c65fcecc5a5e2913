"""What a file calls the original, and translations that are nothing but a copy of it."""

import io
import unicodedata

import pytest

from responses.exchange import po, xliff
from responses.exchange.answer_import import import_answers
from responses.languages.text_matching import original_of
from responses.models import Answer, Translation

from .factories import make_answer, make_translation, make_user
from .test_answer_files import FORMATS, document, filled, key_of, outcomes, reword

pytestmark = pytest.mark.django_db
TEXT = "Moja  kwa\n\nmoja: caf\u00e9.\n"


@FORMATS
@pytest.mark.parametrize(
    "changed",
    [
        TEXT.strip(),
        f"  {TEXT}\n",
        " ".join(TEXT.split()),
        TEXT.replace("\n", "\n      "),
        unicodedata.normalize("NFD", TEXT),
        TEXT.replace("  ", "\u00a0 "),
        TEXT.replace("\n", "\u2028"),
        f"\ufeff{TEXT}",
    ],
)
def test_white_space_and_forms_of_letters_that_a_program_changed_are_not_a_change_by_the_author(form, changed):
    answer = make_answer(TEXT)

    assert outcomes(filled(form, {key_of(answer): (changed, "واحد")}), make_user("t")) == [(key_of(answer), "taken")]
    # Already there, however the program spaces it.
    assert outcomes(filled(form, {key_of(answer): (TEXT, "واحد")}), make_user("u")) == [(key_of(answer), "same")]

    assert Translation.objects.get().source_text == answer.text
    assert list(Translation.objects.outdated()) == []


@pytest.mark.once
@pytest.mark.django_db(transaction=False)
def test_of_two_wordings_that_differ_by_white_space_alone_a_copy_is_of_the_one_that_it_equals():
    assert original_of("a b", ["a  b", "a b"]) == "a b"
    assert original_of("a\nb", ["a  b", "a b"]) == "a  b"
    assert original_of("a c", ["a  b", "a b"]) is None
    assert original_of("ab", ["a b"]) is None


@FORMATS
@pytest.mark.parametrize("is_translated", [False, True])
def test_words_that_the_author_never_wrote_are_left_and_shown_to_nobody(client, form, is_translated):
    answer, translator = make_answer("Moja."), make_user("translator", "Translator")
    if is_translated:
        make_translation(answer, text="واحد.")
    file = filled(form, {key_of(answer): ("MANENO AMBAYO HAYAKUSEMWA", "كلمات")})

    assert outcomes(file, translator) == [(key_of(answer), "other_original")]

    assert Translation.objects.filter(text="كلمات").count() == 0
    client.force_login(translator)
    for path in (f"/en/answers/{answer.pk}/translate/ar/", "/en/translate/ar/", "/en/translate/ar/from/sw.po"):
        assert "HAYAKUSEMWA" not in client.get(path).content.decode()


@FORMATS
def test_an_earlier_wording_is_known_from_the_authors_versions_and_from_translations_of_it(form):
    versioned, translated, forgotten = (make_answer(f"Kabla {n}.") for n in range(3))
    make_translation(translated, text="قديم", reviewed=False, translator=make_user("other"))
    for answer in (versioned, translated, forgotten):
        reword(answer, "Baada.")
    translated.response.versions.all().delete()
    forgotten.response.versions.all().delete()
    texts = {key_of(each): (f"Kabla {n}.", "قبل") for n, each in enumerate((versioned, translated, forgotten))}

    assert outcomes(filled(form, texts), make_user("t")) == [
        (key_of(versioned), "older"),
        (key_of(translated), "older"),
        (key_of(forgotten), "other_original"),
    ]


@FORMATS
def test_the_wording_of_another_answer_is_not_that_of_this_one(form):
    answer, other = make_answer("Moja."), make_answer("Mbili.")
    reword(other, "Tatu.")
    file = filled(form, {key_of(answer): ("Mbili.", "اثنان")})

    assert outcomes(file, make_user("t")) == [(key_of(answer), "other_original")]


@FORMATS
@pytest.mark.parametrize("copied", ["Moja kwa moja.", " Moja kwa  moja.\n", "Moja\u00a0kwa moja."])
def test_a_copy_of_the_original_is_left_unless_a_person_says_that_it_is_right(form, copied):
    answer, translator = make_answer("Moja kwa moja."), make_user("translator")
    file = filled(form, {key_of(answer): ("Moja kwa moja.", copied)})

    assert outcomes(file, translator) == [(key_of(answer), "copied")]
    assert list(Answer.objects.lacking_translation("ar")) == [answer]

    assert [each.outcome for each in import_answers(file, translator, copies=True)] == ["taken"]
    assert Translation.objects.get().text == copied
    assert outcomes(file, translator) == [(key_of(answer), "same")]


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("", "taken"),
        ("state='translated'", "taken"),
        ("state='reviewed'", "taken"),
        ("state='final'", "taken"),
        ("state='initial'", "doubtful"),
        ("state='new'", "doubtful"),
        ("state='needs-translation'", "doubtful"),
        ("state='needs-review-translation'", "doubtful"),
        ("state=''", "doubtful"),
    ],
)
def test_a_segment_counts_as_translated_in_the_states_that_say_so(state, outcome):
    answer = make_answer("Moja.")
    unit = f"<segment {state}><source>Moja.</source><target>واحد</target></segment>"

    assert outcomes(io.BytesIO(document(f'<unit id="{key_of(answer)}">{unit}</unit>')), make_user("t")) == [
        (key_of(answer), outcome)
    ]


@pytest.mark.parametrize("version", ["2.0", "2.1", "2.2"])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_the_core_of_every_xliff_2_is_read(version, prefix):
    answer = make_answer("Moja.")
    namespace = xliff.NAMESPACE if version == "2.1" else xliff.NAMESPACE.replace("2.0", version)
    unit = f'<unit id="{key_of(answer)}"><segment><source>Moja.</source><target>واحد</target></segment></unit>'
    file = document(unit).decode().replace("</", f"</{prefix}").replace("<", f"<{prefix}").replace(f"<{prefix}/", "</")
    declared = f'xmlns{":x" if prefix else ""}="{namespace}"'
    file = file.replace(f'xmlns="{xliff.NAMESPACE}"', declared).replace('version="2.0"', f'version="{version}"')

    assert outcomes(io.BytesIO(file.encode()), make_user("t")) == [(key_of(answer), "taken")]


@pytest.mark.parametrize("source", ["", "xx", "Swahili", "en_GB"])
def test_the_language_of_the_originals_need_not_be_stated(source):
    answer = make_answer("Moja.")
    file = filled(po, {key_of(answer): ("Moja.", "واحد")}).getvalue()
    file = file.replace(b"X-Source-Language: sw", f"X-Source-Language: {source}".encode())

    assert outcomes(io.BytesIO(file), make_user("t")) == [(key_of(answer), "taken")]
