"""The page of a response has many forms. No button of one loses what was typed or chosen in another."""

import re

import pytest

from responses.models import DeclineReason, Response
from tests.factories import make_user, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client):
    user = make_user("reviewer", "Reviewer", is_staff=True)
    client.force_login(user)
    return user


def path_of(response, verb="change"):
    return f"/admin/responses/response/{response.pk}/{verb}/"


OWN_MACHINE = {"MACHINE_TRANSLATION_URL": "http://127.0.0.1:9", "MACHINE_TRANSLATION_IS_OWN": True}


@pytest.mark.parametrize("verb", ["note", "flags", "mask", "unmask", "reserve", "undo", "tell-readers", "decline"])
def test_what_is_chosen_in_any_form_of_the_page_stays_when_another_button_is_pressed(client, reviewer, settings, verb):
    for name, value in OWN_MACHINE.items():
        setattr(settings, name, value)
    response = submit({"meaning": "Umeme hapa. Piga 0700 000 000."}, language="sw")
    response.ask("Who?", by=reviewer)
    answer, flag, reason = response.answers.get(), response.flags.get(), DeclineReason.objects.first()
    chosen = {"into": "fr", "by_machine": "yes", "looked_at": flag.pk}
    typed = {"added_kinds": ["violence"], "added_note": "", "declined_for": reason.pk, "reason": "", "question": ""}
    sent = {"seen": response.fingerprint, "note": "", f"mask-{answer.pk}-quote": "", f"mask-{answer.pk}-reason": ""}
    sent |= {"answer": answer.pk, f"mask-{answer.pk}-seen": answer.fingerprint} | chosen | typed
    if verb == "mask":
        sent |= {f"mask-{answer.pk}-quote": "Umeme", f"mask-{answer.pk}-reason": "Why."}
    if verb == "decline":
        sent |= {"declined_for": "x"}

    page = client.post(path_of(response, verb), sent)

    context = page.context
    assert context["reading_form"]["into"].value() == chosen["into"]
    assert " checked" in str(context["reading_form"]["by_machine"])
    assert context["added_form"]["added_kinds"].value() == "violence"
    assert context["decline_form"]["declined_for"].value() == str(sent["declined_for"])
    assert [each.is_ticked for each in context["response"].to_look_at] == [True]
    assert re.search('<details class="cannot-read" open', page.content.decode())


@pytest.mark.parametrize("verb", ["accept", "note", "flags", "for-reviewers", "ask", "reserve", "skip"])
def test_a_language_that_is_chosen_and_not_sent_stays(client, reviewer, verb):
    response = submit(language="und", language_name="Ripoarisch")
    submit(language="und", language_name="Ripoarisch")
    typed = {"reason": "", "question": "", "note": "", "added_note": "", "declined_for": ""}

    page = client.post(
        path_of(response, verb),
        typed | {"language": "ksh", "all_of_this_name": "yes", "into": "xx", "seen": response.fingerprint},
    )

    form = page.context["language_form"]
    assert (form["language"].value(), form["all_of_this_name"].value()) == ("ksh", "yes")


def test_whoever_has_chosen_only_for_themselves_goes_on(client, reviewer):
    response, next_one = submit(language="sw"), submit(language="sw")
    typed = {"reason": "", "question": "", "note": "", "added_note": "", "declined_for": "", "into": "fr"}

    page = client.post(path_of(response, "accept"), typed | {"seen": response.fingerprint})

    assert page.url == path_of(next_one)
    assert Response.objects.get(pk=response.pk).status == "accepted"


@pytest.mark.parametrize(
    ("verb", "field", "sentence"),
    [
        ("decline", "reason", "Say why: the author reads the reason."),
        ("decline", "declined_for", "This reason is not offered any more. Choose another one."),
        ("ask", "question", "Write your question: the author reads it."),
        ("mask", "mask-{answer}-reason", "Say why: the author reads the reason."),
        ("tell-readers", "added_kinds", ""),
        ("language", "language", ""),
    ],
)
def test_what_is_refused_stands_above_the_page_and_leads_to_its_field(client, reviewer, verb, field, sentence):
    response = submit({"meaning": "Umeme hapa."}, language="und", language_name="Ripoarisch")
    answer = response.answers.get()
    sent = {"seen": response.fingerprint, "answer": answer.pk, f"mask-{answer.pk}-quote": "Umeme", "question": ""}
    sent |= {
        "reason": "",
        "declined_for": "x" if field == "declined_for" else "",
        "added_kinds": ["x"],
        "language": "x",
    }

    html = client.post(path_of(response, verb), sent).content.decode()

    said = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', re.search(r'id="errors".*?</div>', html, re.S)[0])
    assert [(anchor.removeprefix("id_"), words.startswith(sentence)) for anchor, words in said] == [
        (field.format(answer=answer.pk), True)
    ]
    assert html.count(f'id="{said[0][0]}"') == 1
    assert "<title>Error: " in html
    assert html.count(" autofocus") == 1
