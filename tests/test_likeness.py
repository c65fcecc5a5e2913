"""Texts that say nearly the same are found by a few numbers, in every script; independent ones are not."""

import json
import random
import re
from itertools import combinations
from pathlib import Path

import pytest

from responses.languages.likeness import ALIKE, BANDS, bands, likeness, sequences
from tests.yardstick import timed, yardstick

SAMPLES = json.loads((Path(__file__).parent.parent / "outcomes/samples.json").read_text("utf-8"))

LONG = {
    "en": "For us, diversity means that a bicycle mechanic and a teacher can write an article together. "
    "Most of us learned history by listening to our elders. Those stories have no place in our articles yet. "
    "Two computers are shared by twelve people, and when the power goes out, the meeting is over.",
    "th": "สำหรับเรา ความหลากหลายหมายถึงช่างซ่อมจักรยานและครูสามารถเขียนบทความร่วมกันได้ "
    "พวกเราส่วนใหญ่เรียนรู้ประวัติศาสตร์จากการฟังผู้สูงอายุเล่า แต่เรื่องเหล่านั้นยังไม่มีที่ในบทความของเรา "
    "คอมพิวเตอร์สองเครื่องใช้ร่วมกันสิบสองคน เมื่อไฟดับการประชุมก็จบลง",
    "zh": "对我们来说，多样性意味着修自行车的人和老师可以坐在一起写文章。我们大多数人通过听长辈讲故事学习历史，"
    "但是这些故事在条目里还没有位置。两台电脑十二个人一起用，停电了会议就结束。我们需要稳定的电力和房间。",
    "ar": "بالنسبة لنا يعني التنوع أن يجلس مصلح الدراجات والمعلمة إلى طاولة واحدة ويكتبا مقالة معا. "
    "تعلم معظمنا التاريخ من حكايات الكبار، لكن هذه الحكايات لا مكان لها في مقالاتنا. يتشارك اثنا عشر شخصا حاسوبين.",
    "hi": "हमारे लिए विविधता का अर्थ है कि साइकिल मिस्त्री और शिक्षिका एक साथ बैठकर लेख लिख सकें। "
    "हममें से अधिकतर ने बुज़ुर्गों को सुनकर इतिहास सीखा। उन कहानियों की हमारे लेखों में अभी जगह नहीं है। बारह लोग दो कंप्यूटर बाँटते हैं।",
}


def of(*texts):
    return sequences(texts)


def common_bands(one, other):
    return set(bands(one)) & set(bands(other))


@pytest.mark.parametrize("language", LONG)
def test_a_copy_with_another_name_or_another_last_sentence_is_found(language):
    text = LONG[language]
    renamed = text[:20] + " Amina Wanjiru " + text[30:]
    reworded = text[: int(len(text) * 0.8)]

    for copy in (text, text.upper(), renamed, reworded):
        assert likeness(of(text), of(copy)) >= ALIKE
        assert common_bands(of(text), of(copy))


def independent():
    """Pairs of answers to the same question in one language, by different people."""
    said = {}
    for sample in SAMPLES:
        worded = [(sample["language"], slug, text) for slug, text in sample["answers"].items()]
        for slug, texts in sample.get("translations", {}).items():
            worded += [(language, slug, text) for language, text in texts.items()]
        for language, slug, text in worded:
            said.setdefault((language, slug), []).append(text)
    return [pair for texts in said.values() for pair in combinations(texts, 2)]


def test_independent_answers_to_one_question_are_far_from_alike():
    degrees = [likeness(of(one), of(other)) for one, other in independent()]

    assert len(degrees) >= 100
    assert max(degrees) < ALIKE / 3


def test_of_a_hundred_pairs_that_are_alike_nearly_all_have_a_number_in_common_and_of_others_nearly_none():
    chance = random.Random(16)
    words = sorted(set(re.findall(r"\w+", " ".join(LONG["en"].lower().split()))))

    def text():
        return [chance.choice(words) for _word in range(60)]

    def changed(original):
        # A sixth of the words: of the letter sequences about two in three stay.
        copy = list(original)
        for at in chance.sample(range(60), 8):
            copy[at] = "".join(chance.choices("abcdefghij", k=6))
        return copy

    originals = [text() for _each in range(100)]
    pairs = [(of(" ".join(each)), of(" ".join(changed(each)))) for each in originals]
    alike = [pair for pair in pairs if likeness(*pair) >= ALIKE]

    assert len(alike) > 80
    assert sum(bool(common_bands(*pair)) for pair in alike) >= 0.95 * len(alike)


def test_a_short_text_is_never_compared():
    assert of("Every person has a place here.") == frozenset()
    assert bands(of("Kila mtu ana nafasi.")) == []
    assert likeness(frozenset(), frozenset()) == 0


def test_the_answers_of_a_response_are_compared_together_in_any_order():
    first, second = LONG["en"][:150], LONG["en"][150:]

    assert bands(of(first, second)) == bands(of(second, first))
    assert len(bands(of(first, second))) == BANDS
    assert all(0 <= number < 2**63 for number in bands(of(first, second)))


def test_the_longest_response_takes_no_time_to_speak_of():
    chance = random.Random(1)
    texts = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz ", k=20_000)) for _each in range(3)]

    seconds, _bands = timed(lambda: bands(sequences(texts)))

    assert seconds < 60 * yardstick()
