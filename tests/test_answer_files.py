import io
import random
import re
from concurrent.futures import ThreadPoolExecutor

import polib
import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responses.exchange import po, xliff
from responses.exchange.answer_import import OUTCOMES, import_answers
from responses.exchange.units import Languages, Unit, units_to_translate
from responses.forms.words import check_storable
from responses.models import Answer, Region, Reservation, Translation

from .factories import DAY, make_answer, make_gathering, make_response, make_translation, make_user

PAIR = Languages("sw", "ar")
FORMATS = pytest.mark.parametrize("form", [po, xliff], ids=["po", "xliff"])


def written(form, units, languages=PAIR):
    file = io.StringIO()
    form.write(file, languages, units)
    return file.getvalue().encode()


def out(form):
    """The portal's file for the pair of languages, as bytes."""
    return written(form, units_to_translate(PAIR))


def filled(form, translations):
    """A translator's file: {key: (source, target)}."""
    if form is po:
        catalogue = polib.POFile(wrapwidth=0)
        catalogue.metadata = {"Language": "ar", "X-Source-Language": "sw", "Content-Type": "text/plain; charset=UTF-8"}
        catalogue.extend(
            polib.POEntry(msgctxt=key, msgid=source, msgstr=target) for key, (source, target) in translations.items()
        )
        return io.BytesIO(str(catalogue).encode())
    units = "".join(
        f'<unit id="{key}"><segment><source>{source}</source><target>{target}</target></segment></unit>'
        for key, (source, target) in translations.items()
    )
    return io.BytesIO(document(units))


def document(units):
    return (
        f'<xliff xmlns="{xliff.NAMESPACE}" version="2.0" srcLang="sw" trgLang="ar"><file id="a">{units}</file></xliff>'
    ).encode()


def reword(answer, text):
    """As when its author changes it, and a reviewer accepts it again."""
    answer.response.keep_version()
    Answer.objects.filter(pk=answer.pk).update(text=text)


def key_of(answer):
    return f"{answer.response.code}.{answer.question.slug}"


def outcomes(file, translator):
    return [(each.unit.key, each.outcome) for each in import_answers(file, translator)]


storable = st.text(st.characters(exclude_characters="\x00\r", exclude_categories=["Cs"]), min_size=1, max_size=60)


@FORMATS
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(storable, storable), max_size=4))
def test_any_text_survives_being_written_to_a_file_and_read_back(form, texts):
    units = [Unit(f"abcd2345.q{number}", source, target) for number, (source, target) in enumerate(texts)]

    languages, *found = form.read(io.BytesIO(written(form, units)))

    assert languages == PAIR
    assert [(each.key, each.source) for each in found] == [(each.key, each.source) for each in units]
    if form is po:
        assert [each.target for each in found] == [each.target for each in units]


@FORMATS
@pytest.mark.django_db
def test_an_exported_file_has_untranslated_and_outdated_answers_with_their_context(form):
    region = Region.objects.get(slug="ssa")
    gathering = make_gathering(code="abcd2345", title="Kikao cha Jumanne", held_on=DAY)
    missing = make_answer(
        "Kila mtu.\nNa lugha.", region=region, gathering=gathering, sharing="affiliate", affiliate_name="Kikundi"
    )
    outdated = make_answer("Sasa.")
    # Region and gathering could identify an author who chose not to be named.
    secret = make_gathering(code="bcde2345", title="SECRET", held_on=DAY)
    unnamed = make_answer("Bila jina.", region=Region.objects.get(slug="lac"), gathering=secret, sharing="unnamed")
    make_translation(make_answer("Tayari."))
    make_translation(outdated, text="قديم.", source_text="Zamani.")
    make_answer("Ya ndani.", sharing="organizers")
    make_answer("En castellano.", language="es")

    text = out(form).decode()
    _languages, *units = form.read(io.BytesIO(text.encode()))

    assert {(unit.key, unit.source) for unit in units} == {
        (key_of(each), each.text) for each in (missing, outdated, unnamed)
    }
    for told in (missing.question.prompt, missing.response.code, "Kikao cha Jumanne", region.name, "Zamani.", "قديم."):
        assert told in text
    assert ("SECRET" in text, "Latin America" in text) == (False, False)


@FORMATS
@pytest.mark.django_db
def test_a_file_is_imported_as_suggestions_and_importing_it_again_changes_nothing(form):
    answer, translator = make_answer("Kila mtu."), make_user("translator", "Translator")
    file = filled(form, {key_of(answer): ("Kila mtu.", "كل شخص.")})

    assert outcomes(file, translator) == [(key_of(answer), "taken")]
    before = Translation.objects.values().get()
    assert outcomes(file, translator) == [(key_of(answer), "same")]

    assert Translation.objects.values().get() == before
    assert (before["text"], before["status"], before["translator_id"], before["source_text"]) == (
        "كل شخص.",
        "suggested",
        translator.pk,
        "Kila mtu.",
    )


@FORMATS
@pytest.mark.django_db
def test_a_corrected_file_changes_the_suggestions_of_the_earlier_file(form):
    answer, translator = make_answer("Kila mtu."), make_user("translator")

    outcomes(filled(form, {key_of(answer): ("Kila mtu.", "كل")}), translator)
    assert outcomes(filled(form, {key_of(answer): ("Kila mtu.", "كل شخص.")}), translator) == [(key_of(answer), "taken")]

    assert list(Translation.objects.values_list("text", flat=True)) == ["كل شخص."]


@FORMATS
@pytest.mark.django_db
def test_a_file_does_not_overwrite_a_translation_written_at_the_portal(form):
    answer, translator = make_answer("Kila mtu."), make_user("translator")
    file = filled(form, {key_of(answer): ("Kila mtu.", "من الملف")})
    outcomes(file, translator)
    Translation.objects.suggest(answer, "ar", "من البوابة", translator=translator, source_text=answer.text)

    assert outcomes(file, translator) == [(key_of(answer), "changed_here")]

    assert list(Translation.objects.values_list("text", flat=True)) == ["من البوابة"]


@FORMATS
@pytest.mark.django_db
def test_a_file_is_stored_beside_what_authors_or_translators_changed_meanwhile(form):
    changed, done = make_answer("Kabla."), make_answer("Kila mtu.")
    reviewed = make_translation(done, text="لكل", translator=make_user("other"))
    file = filled(form, {key_of(changed): ("Kabla.", "قبل"), key_of(done): ("Kila mtu.", "كل شخص")})
    reword(changed, "Baada.")

    assert outcomes(file, make_user("translator")) == [(key_of(changed), "older"), (key_of(done), "beside")]

    reviewed.refresh_from_db()
    assert (reviewed.text, reviewed.is_reviewed) == ("لكل", True)
    assert set(Translation.objects.suggested().values_list("text", "source_text")) == {
        ("قبل", "Kabla."),
        ("كل شخص", "Kila mtu."),
    }
    assert list(Translation.objects.suggested().outdated().values_list("text", flat=True)) == ["قبل"]


@FORMATS
@pytest.mark.django_db
def test_an_earlier_file_does_not_overwrite_a_newer_translation(form):
    answer, translator, other = make_answer("Kabla."), make_user("translator"), make_user("other")
    earlier = filled(form, {key_of(answer): ("Kabla.", "قبل")})
    reword(answer, "Baada.")
    outcomes(filled(form, {key_of(answer): ("Baada.", "بعد")}), translator)

    assert outcomes(earlier, translator) == [(key_of(answer), "newer_here")]
    assert outcomes(earlier, other) == [(key_of(answer), "newer_here")]

    assert list(Translation.objects.values_list("text", "source_text")) == [("بعد", "Baada.")]


@FORMATS
@pytest.mark.django_db
def test_a_translation_that_the_author_refused_cannot_be_imported(form):
    answer = make_answer("Kila mtu.")
    make_translation(answer, text="كل شخص").refuse("Not what I said.")
    file = filled(form, {key_of(answer): ("Kila mtu.", "كل شخص")})

    assert outcomes(file, make_user("translator")) == [(key_of(answer), "objected")]
    assert Translation.objects.count() == 1


@FORMATS
@pytest.mark.django_db
def test_a_machine_draft_cannot_be_imported_as_a_translators_work(form):
    answer = make_answer("Kila mtu.")
    make_translation(answer, text="كل شخص", origin="machine", reviewed=False)
    file = filled(form, {key_of(answer): ("Kila mtu.", "كل شخص")})

    assert outcomes(file, make_user("translator")) == [(key_of(answer), "machine")]
    assert Translation.objects.count() == 1


@pytest.mark.django_db
def test_importing_a_translation_ends_its_reservation():
    answer, translator = make_answer("Moja."), make_user("translator")
    Reservation.objects.take(answer, "ar", translator)
    Reservation.objects.take(answer, "sv", translator)

    outcomes(filled(po, {key_of(answer): ("Moja.", "واحد")}), translator)

    assert [reservation.language for reservation in Reservation.objects.all()] == ["sv"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_files_imported_at_the_same_time_wait_for_each_other():
    answers = [make_answer(f"Neno {n}.") for n in range(60)]
    people = [make_user(f"t{n}") for n in range(3)]

    def bring(person):
        try:
            shuffled = random.Random(person.pk).sample(answers, len(answers))
            file = filled(po, {key_of(each): (each.text, f"كلمة {person.pk}") for each in shuffled})
            return [each.outcome for each in import_answers(file, person)]
        finally:
            connection.close()

    # SQLite has one writer at a time, and an in-memory database has one connection.
    workers = 3 if connection.vendor == "postgresql" else 1
    for _round in range(3):
        with ThreadPoolExecutor(workers) as at_once:
            found = list(at_once.map(bring, people))

    assert found == [["same"] * 60] * 3
    assert Translation.objects.count() == 180


@pytest.mark.django_db
def test_windows_line_breaks_are_stored_as_line_breaks_of_the_answer():
    answer, other = make_answer("Moja\nmbili."), make_answer("Tatu\nnne.")
    make_translation(other, text="ثلاثة\nأربعة").refuse("No.")
    file = filled(
        po, {key_of(answer): ("Moja\r\nmbili.", "واحد\r\nاثنان"), key_of(other): ("Tatu\r\nnne.", "ثلاثة\r\nأربعة")}
    )

    assert outcomes(file, make_user("translator")) == [(key_of(answer), "taken"), (key_of(other), "objected")]
    assert Translation.objects.suggested().get().text == "واحد\nاثنان"


@pytest.mark.parametrize("stated", ["ar_EG", "ar-EG", "AR", "ar-Arab-EG"])
@pytest.mark.django_db
def test_a_file_may_name_a_country_or_script_with_its_language(stated):
    answer = make_answer("Moja.")
    file = (
        filled(po, {key_of(answer): ("Moja.", "واحد")})
        .getvalue()
        .replace(b"Language: ar", f"Language: {stated}".encode())
    )

    assert outcomes(io.BytesIO(file), make_user("translator")) == [(key_of(answer), "taken")]
    assert Translation.objects.get().language == "ar"


@pytest.mark.django_db
def test_a_key_with_control_characters_is_reported_as_unknown():
    file = filled(po, {"abcd2345\x00.meaning": ("x", "y"), "abcd2345.\x1b[31m": ("x", "y")})

    assert [outcome for _key, outcome in outcomes(file, make_user("translator"))] == ["unknown", "unknown"]


@FORMATS
@pytest.mark.django_db
def test_translations_that_cannot_be_imported_are_listed_and_the_others_stored(form):
    fine, own, hidden = make_answer("Moja."), make_answer("واحد", language="ar"), make_answer(sharing="organizers")
    file = filled(
        form,
        {
            "zzzz2222.meaning": ("x", "y"),
            "nonsense": ("x", "y"),
            key_of(own): ("واحد", "واحد."),
            key_of(hidden): (hidden.text, "سر"),
            key_of(fine): ("Moja.", "واحد"),
        },
    )

    assert dict(outcomes(file, make_user("translator"))) == {
        "zzzz2222.meaning": "unknown",
        "nonsense": "unknown",
        key_of(own): "own_language",
        key_of(hidden): "unknown",
        key_of(fine): "taken",
    }
    assert Translation.objects.count() == 1


@pytest.mark.django_db
def test_repeated_keys_and_texts_that_are_too_long_are_not_imported(monkeypatch):
    answer, translator = make_answer("Moja."), make_user("translator")
    text = filled(po, {key_of(answer): ("Moja.", "واحد")}).getvalue()
    entry = text[text.index(b"msgctxt") :]
    assert [each.outcome for each in import_answers(io.BytesIO(text + b"\n" + entry), translator)] == ["taken", "twice"]

    other = make_answer("Mbili.")
    monkeypatch.setattr("responses.exchange.answer_import.LONGEST_TRANSLATION", 10)
    assert outcomes(filled(po, {key_of(other): ("Mbili.", "x" * 11)}), translator) == [(key_of(other), "long")]


@pytest.mark.django_db
def test_a_fuzzy_entry_is_not_imported():
    outdated = make_translation(make_answer("Sasa."), text="قديم.", source_text="Zamani.").answer

    assert outcomes(io.BytesIO(out(po)), make_user("translator")) == [(key_of(outdated), "doubtful")]


@pytest.mark.django_db
def test_an_untranslated_file_changes_nothing():
    make_answer()

    assert [outcomes(io.BytesIO(out(form)), make_user(f"t{n}")) for n, form in enumerate((po, xliff))] == [[], []]


@pytest.mark.parametrize(
    ("unit", "outcome"),
    [
        ("<segment><source>Moja.</source><target>وا<mrk id='1'>ح</mrk>د</target></segment>", "taken"),
        ("<segment><source>Mo</source><target>وا</target></segment>"
         "<ignorable><source>ja.</source></ignorable>", "taken"),
        ("<segment><source>Mo</source><target>وا</target></segment>"
         "<segment><source>ja.</source></segment>", "partial"),
        ("<segment><source>Moja.</source><target>و<ph id='1'/></target></segment>", "codes"),
        ("<segment><source>Moja.</source><target>و<pc id='1'>x</pc></target></segment>", "codes"),
        ("<segment><source>Moja.</source><target>و<cp hex='zz'/></target></segment>", "codes"),
        ("<segment><source>Moja.</source><target>و<cp hex='FFFFFFFF'/></target></segment>", "codes"),
        ("<segment><source>Moja.</source><target>و<cp hex='0000'/></target></segment>", "unstorable"),
        ("<segment><source>Moja.</source><target>و<cp hex='D800'/></target></segment>", "unstorable"),
        ("<segment state='initial'><source>Moja.</source><target>وا</target></segment>", "doubtful"),
        ("<segment state='final'><source>Moja.</source><target>وا</target></segment>", "taken"),
        ("<segment><source>Moja.</source><target order='first'>وا</target></segment>", "codes"),
        ("<segment><source>Moja.</source><target>  </target></segment>", "blank"),
        ("<segment><source>Moja.</source><target>" + "<mrk id='1'>" * 40 + "x" + "</mrk>" * 40 + "</target></segment>",
         "codes"),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_what_tools_add_to_xliff_is_understood_or_reported(unit, outcome):
    answer = make_answer("Moja.")
    file = io.BytesIO(document(f'<unit id="{key_of(answer)}">{unit}</unit>'))

    assert outcomes(file, make_user("translator")) == [(key_of(answer), outcome)]


def test_many_parts_of_another_kind_do_not_hold_up_the_units():
    """Were each unit looked for among them, this would take minutes; pytest-timeout ends it then."""
    unit = '<unit id="k{}"><segment><source>a</source><target>b</target></segment></unit>'
    units = "".join(unit.format(number) for number in range(8000))

    found = list(xliff.read(io.BytesIO(document("<x/>" * 250_000 + units))))

    assert [each.key for each in found[1:]] == [f"k{number}" for number in range(8000)]


@pytest.mark.django_db
def test_reordered_xliff_targets_are_read_in_their_new_order():
    answer = make_answer("Moja. Mbili.")
    parts = (
        "<segment><source>Moja.</source><target order='3'>أولًا</target></segment>"
        "<ignorable><source> </source></ignorable>"
        "<segment><source>Mbili.</source><target order='1'>ثانيًا</target></segment>"
    )

    outcomes(io.BytesIO(document(f'<unit id="{key_of(answer)}">{parts}</unit>')), make_user("translator"))

    assert Translation.objects.get().text == "ثانيًا أولًا"


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ATTACKS = {
    "entity bomb": (BOMB.encode() + document("<unit id='k'>&b;</unit>"), "document type or entities"),
    "external entity": (EXTERNAL.encode() + document("<unit id='k'>&a;</unit>"), "document type or entities"),
    "external document type": (b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + document(""), "document type"),
    "undefined entity": (document("<unit id='k'>&nothing;</unit>"), "line 1"),
    "cut off": (document("<unit id='k'><segment>")[:-20], "line 1"),
    "not XLIFF": (b"<html><body>Hello</body></html>", "not XLIFF 2"),
    "XLIFF 1.2": (b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"></xliff>', "not XLIFF 2"),
    "unknown encoding": (b'<?xml version="1.0" encoding="klingon"?>' + document(""), "cannot be read"),
    "wrong encoding": (document("<unit id='k'>\xe9</unit>").decode().encode("latin-1"), "line 1"),
    "no languages": (f'<xliff xmlns="{xliff.NAMESPACE}" version="2.0"/>'.encode(), "which languages"),
    "endless part": (document("<unit id='k'>" + "<a>x</a>" * 700_000), "too large"),
    "deep": (document("<a>" * 1_500_000), "too large"),
    "empty": (b"", "no text in the file"),
    "blanks": (b"\n\n\n", "no text in the file"),
    "pictures": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "UTF-8"),
    "PO in Latin-1": ('msgid ""\nmsgstr "Language: ar\\n"\n\nmsgid "é"\nmsgstr "é"\n'.encode("latin-1"), "UTF-8"),
    "PO cut off": (b'msgid ""\nmsgstr "Language: ar\\n"\n\nmsgid "x"\nmsgstr "y', "line 5"),
    "PO of nonsense": (b'msgid ""\nmsgstr "Language: ar\\n"\n\nhello\n', "line 4"),
    "PO without languages": (b'msgid ""\nmsgstr "Project-Id-Version: x\\n"\n\nmsgid "x"\nmsgstr "y"\n', "languages"),
    "PO that is the name of a file": (b"/etc/passwd", "line 1"),
    "PO of one endless text": (b'msgid ""\nmsgstr "' + b"x" * 50_000_000 + b'"\n', "too long"),
    "PO of endless lines": (b'msgid "x"\nmsgstr ""\n' + b'"0123456789"\n' * 400_000, "too long"),
}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.django_db
def test_a_damaged_file_is_refused_with_a_reason_and_changes_nothing(attack):
    file, reason = ATTACKS[attack]

    with pytest.raises(ValidationError) as refusal:
        list(import_answers(io.BytesIO(file), make_user("translator")))

    assert reason in " ".join(refusal.value.messages)
    assert Translation.objects.count() == 0


@FORMATS
@pytest.mark.django_db
def test_a_file_damaged_at_its_end_is_not_imported_even_in_part(form):
    answers = [make_response({"meaning": f"Neno {n}."}).answers.get() for n in range(3)]
    whole = filled(form, {key_of(each): (each.text, "كلمة") for each in answers}).getvalue()

    with pytest.raises(ValidationError):
        list(import_answers(io.BytesIO(whole[:-12]), make_user("translator")))

    assert Translation.objects.count() == 0


@FORMATS
@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_file_damaged_anywhere_is_imported_or_refused_without_an_error(form, data):
    answer = Answer.objects.first() or make_answer("Kila mtu.\nNa “lugha” & <zote>.")
    translator = User.objects.first() or make_user("translator")
    whole = filled(po, {key_of(answer): (answer.text, "كل شخص.\nكل لغة.")}).getvalue() if form is po else out(xliff)
    file, places = bytearray(whole), st.integers(0, len(whole) - 1)
    for place, change in data.draw(st.lists(st.tuples(places, st.binary(max_size=3)), max_size=5)):
        file[place : place + len(change)] = change

    try:
        found = list(import_answers(io.BytesIO(bytes(file)), translator))
    except ValidationError as refusal:
        found = refusal.messages  # sentences for the translator
        assert all(isinstance(each, str) for each in found)
    else:
        assert {each.outcome for each in found} <= OUTCOMES.keys()
    for text in Translation.objects.values_list("text", flat=True):
        check_storable(text)


@pytest.mark.parametrize("name", ["answers.po", "answers.xlf"])
@pytest.mark.django_db
def test_the_commands_export_a_file_and_import_it(tmp_path, capsys, name):
    answer = make_answer("Kila mtu.")
    make_user("translator", "Translator")
    path = tmp_path / name

    call_command("export_answers", "sw", "ar", str(path))
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'msgstr ""\n*$', 'msgstr "كل شخص."\n', text)
    path.write_text(text.replace("</source>", "</source><target>كل شخص.</target>"), encoding="utf-8")
    call_command("import_answers", "translator", str(path))
    call_command("import_answers", "translator", str(path))

    assert Translation.objects.get().text == "كل شخص."
    assert capsys.readouterr().out.splitlines() == [
        "1 answers.",
        "1 stored, 0 there already, 0 stored beside others, 0 left.",
        "0 stored, 1 there already, 0 stored beside others, 0 left.",
    ]
    assert answer.translations.count() == 1


@pytest.mark.parametrize(
    "command",
    [
        ("export_answers", "klingon", "ar", "x.po"),
        ("export_answers", "sw", "ar", "/no/such/place.po"),
        ("import_answers", "nobody", "x.po"),
        ("import_answers", "newcomer", "x.po"),
        ("import_answers", "translator", "/no/such/file.po"),
        ("import_answers", "translator", __file__),
    ],
)
@pytest.mark.django_db
def test_the_commands_report_wrong_arguments(command):
    make_user("newcomer")
    make_user("translator", "Translator")

    with pytest.raises(CommandError):
        call_command(*command)


@pytest.mark.django_db
def test_a_translator_downloads_and_uploads_a_file_at_the_desk(client):
    answer = make_answer("Kila mtu.")
    client.force_login(make_user("translator", "Translator"))

    for form, start in (("po", "msgid"), ("xlf", "<?xml")):
        page = client.get(f"/en/translate/ar/from/sw.{form}")
        assert page.content.decode().startswith(start) or start in page.content.decode()[:200]
        assert f"answers-sw-ar.{form}" in page["Content-Disposition"]
    assert client.get("/en/translate/ar/from/sw.exe").status_code == 404
    assert client.get("/en/translate/ar/from/klingon.po").status_code == 404

    file = filled(po, {key_of(answer): ("Kila mtu.", "كل شخص."), "zzzz2222.meaning": ("x", "كلماتي")})
    file.name = "answers.po"
    html = client.post("/en/translate/ar/file/", {"file": file}).content.decode()

    assert "1 translation stored; it waits" in html
    # A translation that is not stored is shown with its words.
    assert "zzzz2222.meaning" in html
    assert "كلماتي" in html
    assert Translation.objects.get().text == "كل شخص."


@pytest.mark.django_db
def test_the_desk_refuses_an_unreadable_file_with_a_reason(client):
    client.force_login(make_user("translator", "Translator"))

    bad, large, huge = io.BytesIO(b"<html/>"), io.BytesIO(b"x" * 16_000_001), io.BytesIO(b"x" * 50_000_000)
    pages = [client.post("/en/translate/ar/file/", {"file": file}).content.decode() for file in (bad, large, huge)]

    assert "not XLIFF 2" in pages[0]
    assert "larger than 16 MB" in pages[1]
    assert "at most 16 MB" in pages[2]
    assert Translation.objects.count() == 0
    assert "at most 16 MB" in client.post("/en/translate/ar/file/").content.decode()
    client.force_login(make_user("reviewer", "Reviewer"))
    assert client.get("/en/translate/ar/file/").status_code == 403
