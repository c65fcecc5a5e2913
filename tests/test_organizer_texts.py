"""Organizers' texts in every interface language: what is missing or older, and export and import as PO files."""

import io

import polib
import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outcomes import conference_2017
from outcomes.models import Problem
from responses import organizer_texts
from responses.admin.text_files import LARGEST_FILE
from responses.models import Conversation, Term, TextSource
from tests.factories import make_problem, make_user, store

pytestmark = pytest.mark.django_db


def states(language):
    return {text.key: text.state(language) for text in organizer_texts.texts()}


def imported(key, english, wording, **options):
    po = polib.POFile()
    po.append(polib.POEntry(msgctxt=key, msgid=english, msgstr=wording, **options))
    return organizer_texts.import_catalogue(po, "sv")


def test_importing_an_exported_catalogue_changes_nothing():
    conference_2017.load()
    before = str(organizer_texts.catalogue("ar"))

    done = organizer_texts.import_catalogue(organizer_texts.read(before.encode()), "ar")

    assert (done.changed, done.same, done.left) == ([], len(organizer_texts.texts()), [])
    assert str(organizer_texts.catalogue("ar")) == before


@pytest.mark.parametrize("wording", ['Å, ä\nand \\ "quotes"\t', "%(x)s <b>", "  spaces  ", "ع\u200fب"])
def test_a_text_survives_export_and_import_unchanged(wording):
    problem = make_problem(slug="access", title="Access", description_en=wording, description_sv=wording)

    file = str(organizer_texts.catalogue("sv"))
    Problem.objects.update(description_sv="")
    organizer_texts.import_catalogue(organizer_texts.read(file.encode()), "sv")

    problem.refresh_from_db()
    assert problem.description_sv == wording


def test_a_translation_is_older_than_its_english_until_it_is_imported_again():
    problem = make_problem(slug="access", title="Access")
    imported("problem.access.title", "Access", "Tillgång")
    store(problem, title_en="Access to the internet")
    assert states("sv")["problem.access.title"] == "older"
    entry = next(each for each in organizer_texts.catalogue("sv") if each.msgctxt == "problem.access.title")
    assert (entry.fuzzy, entry.previous_msgid, entry.msgstr) == (True, "Access", "Tillgång")

    imported("problem.access.title", "Access to the internet", "Tillgång")

    assert states("sv")["problem.access.title"] == "current"


def test_changing_the_english_makes_the_other_languages_older(client):
    problem = make_problem(slug="access", title="Access", title_sv="Tillgång", title_es="Acceso")
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    typed = {"slug": "access", "position": 1, "revision": 1, "source": "organizers"}

    page = client.post(
        f"/admin/outcomes/problem/{problem.pk}/change/",
        typed | {"title_en": "Access for all", "title_sv": "Tillgång för alla", "title_es": "Acceso"},
    )

    assert page.status_code == 302, page.context["adminform"].form.errors
    found = {code: states(code)["problem.access.title"] for code in organizer_texts.OTHERS}
    assert found == dict.fromkeys(organizer_texts.OTHERS, "missing") | {"sv": "current", "es": "older"}


def test_a_text_is_imported_without_the_control_characters_of_other_programs():
    make_problem(slug="access", title="Access")

    done = imported("problem.access.title", "Access", "Till\x08gång\x0bför\x1b\x9falla")

    assert done.changed == [("problem.access.title", "", "Tillgång föralla")]
    assert Problem.objects.get().title_sv == "Tillgång föralla"


@pytest.mark.parametrize(
    ("key", "english", "wording", "options", "reason"),
    [
        ("problem.nothing.title", "Access", "Tillgång", {}, "unknown"),
        ("problem.access.title", "Other", "Tillgång", {}, "english"),
        ("problem.access.title", "Access", "Tillgång", {"flags": ["fuzzy"]}, "fuzzy"),
        ("problem.access.title", "Access", " ", {}, "blank"),
        ("problem.access.title", "Access", "x" * 1000, {}, "long"),
        ("problem.access.title", "Access", "Till\x00gång", {}, "unstorable"),
    ],
)
def test_a_text_that_cannot_be_imported_is_listed_and_changes_nothing(key, english, wording, options, reason):
    make_problem(slug="access", title="Access", title_sv="Före")

    done = imported(key, english, wording, **options)

    assert (done.changed, done.left) == ([], [(key, reason)])
    assert (Problem.objects.get().title_sv, TextSource.objects.count()) == ("Före", 0)


def test_the_first_invitation_is_true_also_when_it_is_closed_or_other_questions_are_asked():
    invitation = Conversation.objects.current().invitation_en

    assert [word for word in ("three", "question", "Answer", "here,") if word in invitation] == []


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"\xff\xfe\x00",
        'msgid "å"\nmsgstr "ä"\n'.encode("utf-16"),
        b"/etc/passwd",
        b'msgid "a"\nmsgstr "b',
        b'msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n',
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        b"\x00" * 5000,
    ],
)
def test_a_damaged_file_is_refused_with_a_reason(file):
    with pytest.raises(ValidationError, match=r"The file|no text"):
        organizer_texts.read(file)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_file_damaged_anywhere_is_read_or_refused_with_a_reason(data):
    whole = str(conference_2017_file()).encode()
    at = data.draw(st.integers(0, len(whole)))
    cut = whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + data.draw(st.integers(0, 40)) :]

    try:
        po = organizer_texts.read(cut)
    except ValidationError:
        return
    assert len(po)


def conference_2017_file():
    po = polib.pofile(str(conference_2017.catalogue("sv")), wrapwidth=0)
    del po[12:]
    return po


def test_the_commands_export_and_import_texts(tmp_path):
    make_problem(slug="access", title="Access", title_sv="Tillgång")
    out = io.StringIO()
    call_command("export_texts", "sv", stdout=out)
    path = tmp_path / "sv.po"
    path.write_text(out.getvalue().replace("Tillgång", "Åtkomst"), encoding="utf-8")

    said = io.StringIO()
    call_command("import_texts", "sv", path, stdout=said)

    assert Problem.objects.get().title_sv == "Åtkomst"
    assert "problem.access.title: Tillgång -> Åtkomst\n" in said.getvalue()
    with pytest.raises(CommandError):
        call_command("export_texts", "en")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_texts", "sv", tmp_path / "nothing.po")
    path.write_bytes(b"\xff")
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("import_texts", "sv", path)


def test_organizers_see_which_texts_are_missing_or_older_and_import_a_file(client):
    problem = make_problem(slug="access", title="Access", title_sv="Tillgång")
    imported("problem.access.title", "Access", "Tillgång")
    store(problem, title_en="Access to the internet")
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    address = "/admin/responses/textsource/"

    row = next(each for each in client.get(address).context["rows"] if each[0].key == "problem.access.title")
    file = client.get(f"{address}sv.po")
    mended = file.content.decode().replace("#, fuzzy\n", "").encode()
    page = client.post(address, {"language": "sv", "file": io.BytesIO(mended)})

    assert dict(row[2]) == dict.fromkeys(organizer_texts.OTHERS, "missing") | {"sv": "older"}
    assert page.context["imported"].changed == [("problem.access.title", "Tillgång", "Tillgång")]
    assert client.get(f"{address}en.po").status_code == 404
    bad = client.post(address, {"language": "sv", "file": io.BytesIO(b"\xff")})
    assert bad.context["form"].errors == {"file": ["The file is not in UTF-8."]}


@pytest.mark.parametrize(("stated", "chosen"), [("sv", "ar"), ("zh_Hant", "zh-hans"), ("sv", "")])
def test_a_file_in_a_language_other_than_the_chosen_one_changes_nothing(client, stated, chosen):
    make_problem(slug="access", title="Access")
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    file = f'msgid ""\nmsgstr "Language: {stated}\\n"\n\nmsgctxt "problem.access.title"\nmsgid "Access"\nmsgstr "X"\n'

    page = client.post("/admin/responses/textsource/", {"language": chosen, "file": io.BytesIO(file.encode())})

    assert page.context["imported"] is None
    assert page.context["form"].errors
    assert TextSource.objects.count() == 0


@pytest.mark.parametrize(("stated", "chosen"), [("pt_BR", "pt-br"), ("pt", "pt-br"), ("sv_SE", "sv"), ("", "sv")])
def test_a_file_may_name_its_language_with_or_without_the_country(stated, chosen):
    make_problem(slug="access", title="Access")
    po = polib.POFile()
    po.metadata = {"Language": stated}
    po.append(polib.POEntry(msgctxt="problem.access.title", msgid="Access", msgstr="X"))

    assert len(organizer_texts.import_catalogue(po, chosen).changed) == 1


def test_other_staff_can_neither_see_nor_import_texts(client):
    client.force_login(make_user("coder", "Coder", is_staff=True))

    for page in (
        client.get("/admin/responses/textsource/"),
        client.post("/admin/responses/textsource/", {"language": "sv"}),
        client.get("/admin/responses/textsource/sv.po"),
    ):
        assert page.status_code == 403


def test_the_glossary_of_2017_is_translated_into_every_interface_language():
    conference_2017.load()

    assert Term.objects.count() == 12
    assert [
        term.slug for term in Term.objects.all() for code in organizer_texts.OTHERS if not term.in_language(code)
    ] == []
    assert Term.objects.get(slug="equity").in_language("ha") == ""


def test_a_text_that_an_organizer_has_emptied_stays_empty(client):
    conference_2017.load()
    problem = Problem.objects.get(slug="access")
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    address = f"/admin/outcomes/problem/{problem.pk}/change/"
    form = client.get(address).context["adminform"].form
    typed = {name: form[name].value() or "" for name in form.fields} | {"description_sv": ""}
    moment = typed.pop("published_at")
    typed |= {"published_at_0": moment.date().isoformat(), "published_at_1": moment.time().isoformat("seconds")}

    assert client.post(address, typed).status_code == 302
    conference_2017.load()

    assert (Problem.objects.get(slug="access").description_sv or "") == ""


def test_texts_come_in_the_order_in_which_the_model_has_them():
    make_problem(slug="access", title="Access", description_en="Far away.", use_when_en="Roads.", not_when_en="Money.")

    fields = [text.field for text in organizer_texts.texts() if text.key.startswith("problem.access.")]

    assert fields == ["title", "description", "use_when", "not_when"]


def test_somebody_who_may_only_look_at_the_texts_cannot_import_any(client):
    make_problem(slug="access", title="Access")
    reader = make_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_textsource"))
    client.force_login(reader)
    address = "/admin/responses/textsource/"

    assert client.get(address).status_code == 200
    assert client.post(address, {"language": "sv", "file": io.BytesIO(b"")}).status_code == 403
    assert client.get(f"{address}1/change/").url == address
    assert TextSource.objects.count() == 0


def test_a_file_of_texts_that_is_too_large_is_refused_unread(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    file = io.BytesIO(b"#" * (LARGEST_FILE + 1))

    page = client.post("/admin/responses/textsource/", {"language": "sv", "file": file})

    assert page.context["form"].errors == {"file": ["The file is larger than 2 MB."]}


@pytest.mark.django_db
def test_a_text_of_an_exported_catalogue_comes_back_from_gettexts_escapes_and_other_line_ends():
    problem = make_problem("access", title="Access\nfor all")
    file = str(organizer_texts.catalogue("ar")).replace("\r", "")
    start = file.index('msgctxt "problem.access.title"')
    escaped = "".join(f"\\{byte:o}" for byte in "وصول".encode())
    file = file[:start] + file[start:].replace('msgstr ""', f'msgstr "{escaped}\\r\\nx"', 1)

    organizer_texts.import_catalogue(organizer_texts.read(file.replace("\n", "\r\n").encode()), "ar")

    problem.refresh_from_db()
    assert problem.title_ar == "وصول\nx"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "stated"),
    [
        ("zh-hans", "zh_CN"),
        ("zh-hans", "zh_Hans_CN"),
        ("zh-hans", "zh"),
        ("pt-br", "pt"),
        ("pt-br", "pt_BR"),
        ("ar", "ara"),
    ],
)
def test_a_file_names_its_language_as_answers_files_do(language, stated):
    make_problem("access", title="Access")
    po = polib.POFile()
    po.metadata = {"Language": stated}
    po.append(polib.POEntry(msgctxt="problem.access.title", msgid="  Access", msgstr="X"))

    assert len(organizer_texts.import_catalogue(po, language).changed) == 1


@pytest.mark.django_db
def test_obsolete_and_plural_entries_of_a_catalogue_are_listed():
    make_problem("access", title="Access")
    entry = 'msgctxt "problem.access.title"\nmsgid "Access"\nmsgstr "X"\n'
    plural = entry.replace("msgstr", 'msgid_plural "y"\nmsgstr[0]').replace("title", "description")
    file = "#~ " + entry.replace("\nm", "\n#~ m") + "\n" + entry + "\n" + plural

    done = organizer_texts.import_catalogue(organizer_texts.read(file.encode()), "sv")

    assert done.left[0] == ("problem.access.title", "obsolete")
    assert [key for key, _before, _now in done.changed] == ["problem.access.title"]
    assert [organizer_texts.REASONS[reason] for _key, reason in done.left]
