"""The file .env, in every shape that people give it."""

import os
import stat

import pytest

from diversity_portal import dotenv


@pytest.fixture
def path(tmp_path):
    return tmp_path / ".env"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=value", "value"),
        ("NAME = value", "value"),
        ("  NAME=value  ", "value"),
        ("export NAME=value", "value"),
        ("export  NAME = 'value'", "value"),
        ('NAME="value"', "value"),
        ('NAME="value"  # why', "value"),
        ("NAME='value'# why", None),
        ("NAME=value # why", "value"),
        ("NAME=value\t# why", "value"),
        ("NAME=value#1", "value#1"),
        ("NAME='value # 1'", "value # 1"),
        ("NAME=two words  # why", "two words"),
        ("NAME=it's", "it's"),
        ("NAME=$VALUE", "$VALUE"),
        (r'NAME="a \"b\" \$c \\ \d"', r'a "b" $c \ \d'),
        (r"NAME='a \b'", r"a \b"),
        ("NAME=postgresql://u:p%23w@h:5432/d?sslmode=require", "postgresql://u:p%23w@h:5432/d?sslmode=require"),
        ("NAME=", ""),
        ('NAME=""', ""),
        ("NAME= # why", ""),
        ("NAME=é ü 中", "é ü 中"),
        ('NAME="value', None),
        ("NAME='value", None),
        ('NAME="value" more', None),
        ("NAME", None),
        ("export NAME", None),
        ("NAME value", None),
        ("1NAME=value", None),
        ("NA-ME=value", None),
        ("NAME=a\0b", None),
    ],
)
def test_a_line_is_read_as_a_shell_reads_it_or_refused(path, line, value):
    path.write_text(f"# above\n\nABOVE=1\n{line}\nBELOW=2\n", encoding="utf-8")

    if value is None:
        with pytest.raises(dotenv.Unreadable, match=f"^Line 4 of {path} cannot be read"):
            dotenv.read(path)
    else:
        assert dotenv.read(path) == {"ABOVE": "1", "NAME": value, "BELOW": "2"}


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("last", [b"", b"end"])
def test_line_ends_marks_and_a_last_line_without_an_end_do_no_harm(path, end, mark, last):
    lines = b"CONTACT_EMAIL=us@example.org", b"DEBUG=true"
    path.write_bytes(mark + end.join(lines) + (end if last else b""))

    dotenv.add_secret_key(path)

    variables = dotenv.read(path)
    key = variables.pop("SECRET_KEY")
    assert variables == {"CONTACT_EMAIL": "us@example.org", "DEBUG": "true"}
    assert len(key) >= 50


@pytest.mark.parametrize(
    "line", ["SECRET_KEY=k", "export SECRET_KEY=k", 'SECRET_KEY = "k" # mine', "\ufeffSECRET_KEY=k"]
)
def test_a_key_that_is_there_stays_the_only_one(path, line):
    path.write_text(line, encoding="utf-8")

    dotenv.add_secret_key(path)

    assert path.read_text(encoding="utf-8") == line


@pytest.mark.parametrize("text", ["", "SECRET_KEY=", "SECRET_KEY=''\n", "# SECRET_KEY=k"])
def test_a_file_without_a_key_gets_one_for_good(path, text):
    path.write_text(text)

    dotenv.add_secret_key(path)
    first = dotenv.read(path)["SECRET_KEY"]
    dotenv.add_secret_key(path)

    assert dotenv.read(path)["SECRET_KEY"] == first


def test_a_new_file_can_be_read_by_nobody_else_from_the_first_moment(path):
    before = os.umask(0)
    try:
        dotenv.add_secret_key(path)
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_older_file_is_closed_to_others(path):
    path.write_text("SECRET_KEY=k")
    path.chmod(0o644)

    dotenv.add_secret_key(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_of_that_name_is_said_to_be_one(path):
    path.mkdir()

    for read in (dotenv.read, dotenv.add_secret_key):
        with pytest.raises(dotenv.Unreadable, match="is a folder; it must be a file"):
            read(path)


def test_a_link_to_nowhere_is_said_to_be_unreadable(path):
    path.symlink_to(path.parent / "gone")

    with pytest.raises(dotenv.Unreadable, match=r"cannot be read \(No such file or directory\)"):
        dotenv.read(path)


@pytest.mark.parametrize("text", ["SECRET_KEY=é".encode("latin-1"), "SECRET_KEY=k".encode("utf-16")])
def test_a_file_in_another_encoding_is_refused(path, text):
    path.write_bytes(text)

    with pytest.raises(dotenv.Unreadable, match="is not in UTF-8"):
        dotenv.read(path)


def test_the_environment_beats_the_file(path, monkeypatch):
    monkeypatch.setenv("PORTAL_TEST_ONE", "")
    monkeypatch.setenv("PORTAL_TEST_TWO", "to be taken away again")
    monkeypatch.delenv("PORTAL_TEST_TWO")
    path.write_text("PORTAL_TEST_ONE=file\nPORTAL_TEST_TWO=file")

    dotenv.load(path)

    assert (os.environ["PORTAL_TEST_ONE"], os.environ["PORTAL_TEST_TWO"]) == ("", "file")
