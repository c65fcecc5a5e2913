"""Marks as W3C Web Annotations: one a line, each at its place."""

import json

import pytest

from outcomes.exports.annotations import ANNOTATIONS
from outcomes.exports.codes import claim_guid
from outcomes.models import Evidence
from responses.models import Answer
from tests.factories import (
    make_answer,
    make_evidence,
    make_problem,
    make_solution,
    make_translation,
    make_user,
)
from tests.test_mask import TEXT as WITH_SECRET
from tests.test_mask import mask
from tests.test_shared_sample import set_share

pytestmark = pytest.mark.django_db


def lines():
    return [json.loads(line) for line in b"".join(ANNOTATIONS.write()).decode().split("\n")[:-1]]


def test_a_mark_is_an_annotation_with_its_claim_its_stance_and_its_place():
    answer, problem = make_answer("👋🏿 Kila mtu ana nafasi. Hatuna umeme."), make_problem()
    mark = make_evidence(answer, problem=problem, quote="nafasi", stance="qualifies", coder=make_user("asha"))
    Evidence.objects.filter(pk=mark.pk).update(created_at="2026-03-05T17:42:11Z")

    (found,) = lines()

    assert found.pop("id").startswith("urn:uuid:")
    assert found["creator"].pop("id").startswith("urn:uuid:")
    assert found == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "motivation": "classifying",
        "creator": {"type": "Person", "name": "Coder 1"},
        "created": "2026-03-05T00:00:00Z",
        "body": [
            {
                "type": "SpecificResource",
                "source": "http://localhost:8000/en/problems/closed-doors/",
                "purpose": "classifying",
            },
            {"type": "TextualBody", "value": "qualifies", "format": "text/plain", "purpose": "tagging"},
        ],
        "target": {
            "type": "SpecificResource",
            "source": {
                "id": f"http://localhost:8000/en/responses/{answer.response.code}/#answer-meaning",
                "type": "Text",
                "language": "sw",
                "textDirection": "ltr",
                "rights": "https://creativecommons.org/publicdomain/zero/1.0/",
            },
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "nafasi",
                    "prefix": "👋🏿 Kila mtu ana ",
                    "suffix": ". Hatuna umeme.",
                },
                {"type": "TextPositionSelector", "start": 16, "end": 22},
            ],
        },
    }


def test_the_address_of_a_target_leads_to_the_answer_itself(client):
    answer = make_evidence().answer
    address, _hash, place = lines()[0]["target"]["source"]["id"].partition("#")

    html = client.get(address.removeprefix("http://localhost:8000")).content.decode()

    assert html.count(f' id="{place}"') == 1
    assert answer.response.code in html


def test_a_claim_without_a_page_has_the_identifier_of_its_code():
    solution = make_solution(published=False)
    make_evidence(solution=solution)

    assert lines()[0]["body"][0]["source"] == f"urn:uuid:{claim_guid('solution', solution.pk)}"


def test_a_mark_in_a_translation_is_in_its_language_and_its_words():
    answer = make_answer()
    arabic = make_translation(answer)
    make_evidence(answer, quote="مكان", translation=arabic)

    (found,) = lines()

    assert "creator" not in found
    assert (found["target"]["source"]["language"], found["target"]["source"]["textDirection"]) == ("ar", "rtl")
    assert found["target"]["selector"] == [
        {"type": "TextQuoteSelector", "exact": "مكان", "prefix": "لكل شخص ", "suffix": "."},
        {"type": "TextPositionSelector", "start": 8, "end": 12},
    ]


def test_an_annotation_is_one_line_whatever_ends_a_line_in_the_text():
    answer = make_answer("Kila mtu.")
    Answer.objects.update(text="Moja\u2028mbili\u0085tatu\r\nnne\x0btano")
    answer.refresh_from_db()
    make_evidence(answer, quote="mbili")

    written = b"".join(ANNOTATIONS.write()).decode()

    assert len(written.splitlines()) == 1
    selector = json.loads(written)["target"]["selector"][0]
    assert (selector["prefix"], selector["suffix"]) == ("Moja\u2028", "\u0085tatu\r\nnne\x0btano")


def test_coders_are_called_otherwise_in_each_file_and_nothing_hidden_is_in_it():
    hidden = make_answer(WITH_SECRET)
    mark = make_evidence(hidden, quote="kwa Juma", coder=make_user("asha"), note="Neno la siri")
    mask(hidden, "0700 000 000")
    make_evidence(make_answer("Kwa waandaaji tu.", sharing="organizers"), problem=mark.problem, quote="waandaaji")
    set_share(100)
    make_evidence(make_answer("Sampuli iko wazi."), problem=mark.problem, quote="wazi", coder=make_user("bob"))

    first, second = lines(), lines()

    assert first[0]["creator"]["id"] != second[0]["creator"]["id"]
    assert [each["target"]["selector"][0] for each in first] == [
        {
            "type": "TextQuoteSelector",
            "exact": "kwa Juma",
            "prefix": "Piga ████████████ ",
            "suffix": " Otieno kila siku.",
        }
    ]
    written = json.dumps(first)
    assert [word for word in ("asha", "bob", "example.org", "siri", "0700") if word in written] == []
