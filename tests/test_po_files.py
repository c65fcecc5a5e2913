"""PO files as GNU gettext reads them: tools write more of the format than the portal's own files have."""

import io

import pytest
from django.core.exceptions import ValidationError

from responses import organizer_texts
from responses.exchange import po
from responses.exchange.po_parser import lines_of, parse

HEADER = 'msgid ""\nmsgstr "Language: ar\\nX-Source-Language: sw\\n"\n\n'
ENTRY = 'msgctxt "abcd2345.meaning"\nmsgid "Moja."\nmsgstr "واحد"\n'


def units(text):
    _languages, *found = po.read(io.BytesIO((HEADER + text).encode()))
    return [(each.key, each.source, each.target, each.fault) for each in found]


def entries(text):
    return list(parse(lines_of(io.BytesIO(text.encode()))))


FINE = ("abcd2345.meaning", "Moja.", "واحد", "")


@pytest.mark.parametrize(
    "text",
    [
        ENTRY.replace("\n", "\n\n"),
        ENTRY.replace("\n", "\n\n\n\n"),
        ENTRY.replace("\n", "\r\n"),
        ENTRY.replace("\n", "\r\r\n"),
        (HEADER + ENTRY).replace("\n", "\r"),
        ENTRY.replace(' "', '"'),
        ENTRY.replace(' "', '\t\f "'),
        ENTRY.replace("\n", " "),
        ENTRY.replace('"Moja."', '"Mo" "ja."'),
        ENTRY.replace('"Moja."', '""\n"Mo"\n\n"ja."'),
        ENTRY.replace('"واحد"', '"وا" "حد" # as spoken'),
        ENTRY.rstrip(),
        f'domain "answers"\n{ENTRY}',
        f'#, fuzzy\ndomain "answers"\n{ENTRY}',
        f'#= c-format\n# fuzzy\n#. fuzzy\n#| msgid "fuzzy"\n{ENTRY}',
        f"{ENTRY}\n#, fuzzy\n",
        f'#\n#~| msgid "x"\n{ENTRY}',
    ],
)
def test_an_entry_is_the_same_however_it_is_laid_out(text):
    assert units(text) == [FINE]


@pytest.mark.parametrize(
    "flags",
    [
        "#, fuzzy",
        "#,fuzzy",
        "#,  c-format,fuzzy",
        "#, no-wrap, fuzzy , x",
        "#= fuzzy",
        "#=fuzzy",
        "#!fuzzy",
        "  #, fuzzy",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n\r\n", "\n# a comment\n\n#: a.py:1\n"])
def test_every_doubtful_entry_is_left_wherever_empty_lines_are(flags, between):
    text = "".join(f"{flags}{between}{ENTRY.replace('meaning', f'q{number}')}\n" for number in range(250))

    assert [fault for _key, _source, _target, fault in units(text)] == ["doubtful"] * 250


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r'"\330\247"', "ا"),
        (r'"\xd8\xa7"', "ا"),
        (r'"\xD8" "\247"', "ا"),
        (r'"caf\303\251 \101\x42\7"', "café AB\a"),
        (r'"\360\237\214\215"', "🌍"),
        (r'"\a\b\f\n\r\t\v\\\""', '\a\b\f\n\r\t\v\\"'),
        (r'"\\330\\247"', r"\330\247"),
        (r'"\0601"', "01"),
    ],
)
def test_escapes_are_decoded_as_gettext_decodes_them(written, meant):
    assert entries(f'msgid "x"\nmsgstr {written}')[0].msgstr == meant


@pytest.mark.parametrize("letter", ["q", "d", "e", "u0627", "8", "9", " ", "'", "م", "xg", "x", "777", "x1d8"])
def test_an_escape_that_gettext_does_not_know_refuses_the_file_with_its_line(letter):
    with pytest.raises(ValidationError, match="line 4"):
        entries(f'msgid "x"\nmsgstr ""\n"fine"\n"h\\{letter}"\n')


@pytest.mark.parametrize("written", [r'"\330"', r'"\330\330"', r'"\xff"', r'"a" "\247"'])
def test_escaped_bytes_that_are_not_utf_8_refuse_the_file(written):
    with pytest.raises(ValidationError, match="line 1"):
        entries(f'msgid "x"\nmsgstr {written}')


@pytest.mark.parametrize(
    "text",
    [
        'msgid "x"\n# a comment\nmsgstr "y"\n',
        'msgid "x"\nmsgid "z"\nmsgstr "y"\n',
        'msgid "x"\nmsgctxt "z"\nmsgstr "y"\n',
        'msgid "x"\nmsgstr "y"\nmsgstr "z"\n',
        'msgid "x"\nmsgstr[0] "y"\n',
        'msgid "x"\nmsgid_plural "xs"\nmsgstr "y"\n',
        'msgid "x"\nmsgstr\n',
        'msgid "x"\n',
        'msgid\nmsgstr "y"\n',
        '"x"\n',
        'msgstr "y"\n',
        'msgid "x"\n#~ msgstr "y"\n',
        'msgid "x"\nmsgstr "y" z\n',
        'msgid "x"\nmsgstr "y\n"\n',
        'msgid x\nmsgstr "y"\n',
        'MSGID "x"\nMSGSTR "y"\n',
    ],
)
def test_what_gettext_cannot_read_is_refused_and_nothing_is_guessed(text):
    with pytest.raises(ValidationError, match="line "):
        entries(text)


def test_the_entry_that_a_program_has_cut_in_two_is_named():
    cut = ENTRY.replace("Moja.", "Mo\u2028ja.").replace("\u2028", "\n")

    with pytest.raises(ValidationError, match=r"line 5 \(abcd2345\.meaning\)"):
        units(cut)


def test_line_separators_of_unicode_are_letters_of_a_text():
    text = "a\u2028b\u2029c\u0085d\x0be\x0cf\x1cg"

    assert units(ENTRY.replace("Moja.", text))[0][1] == text


def test_obsolete_and_plural_entries_are_named_and_those_without_a_translation_are_not():
    text = ENTRY + (
        '#~ msgctxt "abcd2345.needs"\n#~ msgid "Mbili."\n#~ msgstr "اثنان"\n\n'
        '#, fuzzy\n#~ msgctxt "abcd2345.old"\n#~ msgid "Tatu."\n#~ msgstr ""\n\n'
        'msgctxt "p"\nmsgid "x"\nmsgid_plural "xs"\nmsgstr[0] "y"\nmsgstr[1] "ys"\n'
    )

    assert [(key, fault) for key, _source, target, fault in units(text) if target or fault] == [
        ("abcd2345.meaning", ""),
        ("abcd2345.needs", "obsolete"),
        ("p", "plural"),
    ]


@pytest.mark.parametrize(
    "beginning",
    [
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"\xde\x12\x04\x95",
        b"\x95\x04\x12\xde",
        b"\xd0\xcf\x11\xe0\xa1",
        b"BZh9",
        b"%PDF-1.7",
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_to_do(beginning):
    for read, kinds in ((lambda file: list(po.read(io.BytesIO(file))), "PO, XLIFF 2"), (organizer_texts.read, "PO")):
        with pytest.raises(ValidationError, match=f"Unpack it, or let your program write one of these: {kinds}\\."):
            read(beginning + b"\x00\xff" * 50)


def test_a_file_of_many_entries_is_read_an_entry_at_a_time():
    def endless():
        yield from HEADER.split("\n")
        while True:
            yield from ENTRY.split("\n")

    found = parse(iter(endless()))

    assert [next(found).msgstr for _ in range(3)][1:] == ["واحد", "واحد"]
