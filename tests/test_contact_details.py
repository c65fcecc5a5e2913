"""Contact details are found in every script, and almost never where there are none."""

import json
import re
from pathlib import Path

import pytest

from responses.languages.contact_details import ContactKind, contact_details
from responses.models import Flag
from tests.test_hostile_text import KINDS, hostile
from tests.wording import DESK_MESSAGES
from tests.yardstick import timed, yardstick

ROOT = Path(__file__).parent.parent

# {kind: [a sentence with what is to be found between ⟦ and ⟧]}
SEEDED = {
    "email": [
        "Write to ⟦mama.j@example.org⟧.",
        "Andikia ⟦MAMA+kwa_wote@mail.example.co.ke⟧, tafadhali",
        "请写信给⟦me@example.org⟧谢谢",
        "ｅメールは⟦ｎａｍｅ＠ｅｘａｍｐｌｅ．ｏｒｇ⟧です",
        "Пишите на ⟦мама@пример.рф⟧.",
        "लिखें: ⟦राम@उदाहरण.भारत⟧।",
        "اكتب إلى ⟦nur@example.org⟧، من فضلك",
        "Reach ⟦name (at) example.org⟧ or",
        "⟦name [at] example [dot] org⟧",
        "It is ⟦name at example dot org⟧",
        "Escribe a ⟦nombre arroba gmail punto com⟧",
        "Ma\u200bil: ⟦na\u200bme@exam\u00adple.org⟧",
    ],
    "phone": [
        "Piga ⟦0700 000 000⟧ kwa Mama J.",
        "Call ⟦+254 712 345 678⟧ now",
        "⟦00 254 712 345 678⟧",
        "⟦+44 (0) 20 7946 0958⟧",
        "⟦(555) 123-4567⟧",
        "⟦555.123.4567⟧",
        "Звоните ⟦8 (912) 345-67-89⟧.",
        "⟦06 12 34 56 78⟧",
        "اتصل على ⟦٠١٢٣٤٥٦٧٨٩⟧",
        "تماس: ⟦۰۹۱۲ ۳۴۵ ۶۷۸۹⟧",
        "मेरा नंबर ⟦९८७६५४३२१०⟧ है",
        "আমার নম্বর ⟦০১৭১২-৩৪৫৬৭৮⟧",
        "โทร ⟦๐๘๑-๒๓๔-๕๖๗๘⟧",
        "ဖုန်း ⟦၀၉၇၈၉၁၂၃၄၅၆⟧",
        "ស្លាប់ ⟦០១២ ៣៤៥ ៦៧៨⟧",
        "ಕರೆ ⟦೯೮೭೬೫೪೩೨೧೦⟧",
        "电话⟦１３８１２３４５６７８⟧",
        "电话⟦138 1234 5678⟧",
        "Tel. ⟦123 456⟧",
        "⟦0712345678⟧/⟦0722345678⟧",
        "⟦254712345678+⟧",
        "﹢ and ⟦＋２５４７１２３４５６７８⟧",
    ],
    "link": [
        "See ⟦www.example.org/a?b=c⟧.",
        "(⟦https://example.org/path_(x)⟧)",
        "⟦example.org⟧ is good, and ⟦example.org/y⟧ too",
        "a shop at ⟦duka.co.ke⟧",
        "⟦wikimedia.se⟧",
        "на сайте ⟦пример.рф⟧",
        "见⟦https://zh.wikipedia.org/wiki/多样性⟧。谢谢",
        "⟦t.me/mama⟧",
    ],
    "user_page": [
        "I am ⟦[[User:Mama J|me]]⟧ there",
        "⟦User:Mama_J⟧, of course",
        "⟦User talk:Mama⟧",
        "⟦https://meta.wikimedia.org/wiki/User:Mama_J⟧",
        "⟦https://ar.wikipedia.org/wiki/%D9%85%D8%B3%D8%AA%D8%AE%D8%AF%D9%85:Nur⟧",
        "⟦Benutzer:Foo⟧ ⟦Utilisatrice:Foo⟧ ⟦Usuario:Foo⟧ ⟦Участница:Фу⟧ ⟦Pengguna:Foo⟧ ⟦Användare:Foo⟧",
        "⟦مستخدم:نور⟧ و⟦[[کاربر:نور]]⟧",
        "मैं ⟦सदस्य:राम⟧ हूँ",
        "我是⟦用户:小明⟧，你好",
        "ฉันคือ⟦ผู้ใช้:สมชาย⟧",
        "⟦Mtumiaji:Juma⟧",
    ],
    "handle": [
        "follow ⟦@mama_j⟧ now",
        "on ⟦@mama@social.example⟧.",
        "اكتب ⟦@نور⟧",
        "（⟦@xiaoming⟧）",
    ],
}
# What looks like it and is not.
PLAIN = [
    "We met in 2017–2018, on 2017-03-31, on 31.03.2017, on 31/03/2017 and 03-04-2017 - 05-04-2017.",
    "۱۳۹۶/۰۵/۱۲ تا ۱۳۹۷، و١٩٩٠-٢٠٠٠",
    "1990 2000 2010 2020, 1990-2000",
    "1 000 000 000 people, 1.000.000.000, 45 %, 12345678901 %",
    "$ 5000000000 and 5000000000 USD, ₦ 1234567890, 5 000 000 000 FCFA",
    "ISBN 978-3-16-148410-0 and 9783161484100, ISSN 1234-5679, DOI 10.1000/1822345678, Q123456789012, №1234567890",
    "09.30-11.30, 10:30–12:45",
    "59.3293 18.0686; 192.168.100.200",
    "3.14159265358 and 0.123456789",
    "we work.it is done.So, etc.de, e.g. this, i.e. that, v1.2.3, p.m.",
    "User: people who write. Usuario: quien escribe. Участник: мы. 用户：我们",
    "We meet @ 5 pm, @5pm, 5@home",
    "Look at some point in the text, and at a dot.",
    "1,2,3,4,5,6,7,8,9,10 and 10 20 30 40",
    "0000000000",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SEEDED.items() for text in texts])
def test_what_was_put_into_a_sentence_is_found_at_its_place(kind, text):
    expected = re.findall("⟦([^⟧]*)⟧", text)
    text = re.sub("[⟦⟧]", "", text)

    found = contact_details(text)

    assert [(text[start:end], str(each)) for start, end, each in found] == [(words, kind) for words in expected]


@pytest.mark.parametrize("text", PLAIN)
def test_nothing_is_found_where_there_is_nothing(text):
    found = contact_details(text)

    assert [(text[start:end], str(kind)) for start, end, kind in found] == []


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def messages():
    """Every sentence of the interface, in twelve languages."""
    quoted = re.compile(r'^(?:msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n)+)', re.MULTILINE)
    for path in sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po")):
        for lines in quoted.findall(path.read_text(encoding="utf-8") + "\n"):
            yield "".join(json.loads(line) for line in lines.splitlines())


def test_in_all_texts_of_the_project_nothing_is_found_but_the_addresses_in_them():
    files = ["samples.json", "sample_conversations.json", "conference_2017/outcomes.json"]
    stored = [each for name in files for each in strings(json.loads((ROOT / "outcomes" / name).read_text("utf-8")))]
    # Messages of the desks name files and commands.
    texts = [*stored, *({*messages()} - DESK_MESSAGES)]

    found = {text[start:end] for text in texts for start, end, _kind in contact_details(text)}

    assert len(texts) > 20_000
    # The pages on Meta that the outcomes were taken from.
    assert {each for each in found if not each.startswith("https://meta.wikimedia.org/wiki/")} == set()


# What is made to make a search go back and forth.
CRAFTED = {
    "at signs": "@",
    "local parts": "a@",
    "labels": "a.",
    "addresses": "a@a.",
    "spelled out": "a at b dot ",
    "bracketed": "a (at) ",
    "opened links": "[[User:",
    "namespaces": "User:",
    "spaced digits": "1 ",
    "dashed digits": "1-",
    "plus signs": "+1(",
    "zeros": "0",
    "schemes": "http://",
    "marks and full stops": "\u0e31.",
    "Thai namespaces": "ผู้ใช้:",
    "years": "2017-",
    "handles": " @a",
    "catalogue": "ISBN 1-",
}


@pytest.mark.parametrize("unit", [*CRAFTED.values(), *KINDS.values()], ids=[*CRAFTED, *KINDS])
def test_a_text_four_times_as_long_takes_about_four_times_as_long(unit):
    def seconds(length):
        return timed(contact_details, (unit * (length // len(unit) + 1))[:length])[0]

    seconds(100)
    short, long = seconds(5_000), seconds(20_000)

    assert long < max(8 * short, 12 * yardstick())


def test_the_longest_answer_of_any_kind_is_read_at_once():
    taken = [timed(contact_details, hostile(kind, 20_000))[0] for kind in KINDS]

    assert sum(taken) < len(KINDS) * 12 * yardstick()


def test_a_video_that_is_the_answer_in_a_sign_language_is_no_link():
    text = "Here: https://video.example/1."

    assert contact_details(text, is_signed=True) == []
    assert [each.kind for each in contact_details(text)] == ["link"]
    assert len(contact_details(f"{text} https://video.example/2", is_signed=True)) == 2


def test_there_is_a_flag_for_each_kind():
    assert set(map(str, ContactKind)) <= set(Flag.Kind.values)
