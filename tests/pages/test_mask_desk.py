"""A reviewer hides words of an answer: selected, pasted or from a link."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry

from responses.models import Answer, Mask, Response, Translation
from tests.factories import make_answer, make_response, make_translation, make_user, submit

pytestmark = pytest.mark.django_db

TEXT = "Piga 0700 000 000 kwa Juma."


def path_of(response, verb="change"):
    return f"/admin/responses/response/{response.pk}/{verb}/"


@pytest.fixture
def reviewer(client):
    user = make_user("reviewer", "Reviewer", is_staff=True)
    client.force_login(user)
    return user


def typed(answer, **fields):
    """What the page sends with the button below an answer."""
    prefix = f"mask-{answer.pk}"
    fields = {"seen": Answer.objects.get(pk=answer.pk).fingerprint, "reason": "A number."} | fields
    return {"answer": answer.pk} | {f"{prefix}-{name}": value for name, value in fields.items()}


def said(page):
    return [str(message) for message in page.context["messages"]]


def faults(page, answer):
    form = next(each.mask_form for each in page.context["answers"] if each.pk == answer.pk)
    return {name: list(errors) for name, errors in form.errors.items()}


def test_a_pasted_passage_is_hidden_and_the_same_response_comes_back(client, reviewer):
    response = submit({"meaning": TEXT})
    answer = response.answers.get()

    page = client.post(path_of(response, "mask"), typed(answer, quote=" 0700 000\r\n000 "))

    assert page.url == path_of(response)
    page = client.get(page.url)
    assert "Piga ████████████ kwa Juma." in page.context["answers"][0].text
    assert said(page) == ["The words are hidden, in their copies too. For an hour you can show them again."]
    assert list(LogEntry.objects.values_list("change_message", flat=True)) == ["Words hidden"]
    assert "0700" not in page.content.decode()


def test_an_accepted_response_is_masked_too_and_stays_accepted(client, reviewer):
    answer = make_answer(TEXT)

    client.post(path_of(answer.response, "mask"), typed(answer, quote="0700 000 000"))

    assert Answer.objects.published().get().text == "Piga ████████████ kwa Juma."


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"quote": " "}, {"quote": ["Paste or select the passage."]}),
        ({"quote": "0800"}, {"quote": ["This passage is not in the text. Copy it from there, letter for letter."]}),
        ({"quote": "0700 000 000", "reason": " "}, {"reason": ["Say why: the author reads the reason."]}),
        (
            {"quote": "0700 000 000", "seen": "another"},
            {"__all__": ["This response has been changed since you opened it. Compare, then go on."]},
        ),
    ],
)
def test_what_cannot_be_hidden_comes_back_with_the_reason(client, reviewer, fields, said):
    response = submit({"meaning": TEXT})
    answer = response.answers.get()

    page = client.post(path_of(response, "mask"), typed(answer, **fields) | {"note": "Please wait."})

    assert faults(page, answer) == said
    assert page.context["note_form"]["note"].value() == "Please wait."
    assert (Answer.objects.get().text, Mask.objects.count()) == (TEXT, 0)


def test_after_the_words_have_changed_the_next_attempt_is_about_what_the_page_shows(client, reviewer):
    response = submit({"meaning": TEXT})
    answer = response.answers.get()
    stale = typed(answer, quote="0700 000 000")
    Answer.objects.update(text=f"Sasa: {TEXT}")

    page = client.post(path_of(response, "mask"), stale)

    form = page.context["answers"][0].mask_form
    again = stale | {f"{form.prefix}-seen": form["seen"].value()}
    assert client.post(path_of(response, "mask"), again).url == path_of(response)
    assert Answer.objects.get().text == "Sasa: Piga ████████████ kwa Juma."


def test_what_is_typed_for_another_button_stays_on_the_page(client, reviewer):
    response = submit({"meaning": TEXT, "needs": "Umeme."})
    first, second = response.answers.all()

    page = client.post(
        path_of(response, "mask"),
        typed(first, quote="0700 000 000") | {"note": "Please wait.", f"mask-{second.pk}-reason": "Later."},
    )

    forms = {each.pk: each.mask_form for each in page.context["answers"]}
    assert page.context["note_form"]["note"].value() == "Please wait."
    assert (forms[first.pk]["reason"].value(), forms[second.pk]["reason"].value()) == (None, "Later.")
    page = client.post(path_of(response, "note"), {"note": "Wait.", "seen": page.context["seen"]} | typed(second))
    assert {each.pk: each.mask_form["reason"].value() for each in page.context["answers"]} == {
        first.pk: None,
        second.pk: "A number.",
    }


def test_a_link_chooses_the_passage_beforehand(client, reviewer):
    response = submit({"meaning": TEXT})
    answer = response.answers.get()

    for query, quote in (("5-17", "0700 000 000"), ("9-", None), ("0-99999999999999", TEXT), ("-1-4", None)):
        page = client.get(f"{path_of(response)}?mask={query}&answer={answer.pk}")
        assert page.context["answers"][0].mask_form["quote"].value() == quote


def test_a_translation_is_hidden_where_the_reviewer_says(client, reviewer):
    answer = make_answer("Juma anaishi hapa.")
    said_where = make_translation(answer, text="Jean vit ici.", language="fr")
    silent = make_translation(answer, text="يعيش جمعة هنا.", language="ar")

    page = client.get(path_of(answer.response))
    assert page.content.decode().count("What says the same in this translation") == 2
    client.post(path_of(answer.response, "mask"), typed(answer, quote="Juma", **{f"in-{said_where.pk}-quote": "Jean"}))

    assert dict(Translation.objects.values_list("pk", "text")) == {
        said_where.pk: "████ vit ici.",
        silent.pk: "██████████████",
    }


def test_whoever_has_hidden_words_can_show_them_again(client, reviewer):
    answer = make_answer(TEXT)
    client.post(path_of(answer.response, "mask"), typed(answer, quote="0700 000 000"))

    page = client.post(path_of(answer.response, "unmask"), {"mask": Mask.objects.get().pk})

    assert page.url == path_of(answer.response)
    assert Answer.objects.get().text == TEXT
    page = client.post(path_of(answer.response, "unmask"), {"mask": "12"})
    assert said(page)[-1] == "This is not hidden any more."


def test_only_reviewers_hide_words_and_only_of_what_they_have_not_put_away(client, reviewer):
    response = make_response({"meaning": TEXT})
    answer = response.answers.get()
    response.recusals.create(user=reviewer, recused_on="2026-03-01")

    page = client.post(path_of(response, "mask"), typed(answer, quote="0700 000 000"))

    assert page.status_code == 409
    assert "A number." in page.content.decode()
    client.force_login(make_user("coder", "Coder", is_staff=True))
    assert [client.post(path_of(response, verb), typed(answer)).status_code for verb in ("mask", "unmask")] == [403] * 2
    assert client.get(path_of(response, "mask")).url == path_of(response)
    assert Answer.objects.get().text == TEXT


def test_an_answer_that_its_author_has_emptied_gives_back_what_was_typed(client, reviewer):
    response = submit({"meaning": TEXT, "needs": "Umeme."})
    answer = response.answers.get(question__slug="meaning")
    sent = typed(answer, quote="0700 000 000")
    answer.delete()

    page = client.post(path_of(response, "mask"), sent)

    assert page.status_code == 409
    assert "A number." in page.content.decode()
    assert list(Response.objects.values_list("status", flat=True)) == ["submitted"]


def test_what_was_found_is_chosen_by_a_button_that_keeps_what_is_typed(client, reviewer):
    response = submit({"meaning": "Write to ama@example.org."})
    answer = response.answers.get()
    html = client.get(path_of(response)).content.decode()
    [address] = re.findall('formaction="([^"]*mask=[^"]*)"', html)
    address, place = unescape(address).split("#")

    page = client.post(address, {"note": "Typed.", f"mask-{answer.pk}-reason": "It is private."})

    assert f'id="{place}"' in html
    assert page.context["note_form"]["note"].value() == "Typed."
    [form] = [each.mask_form for each in page.context["answers"]]
    assert (form["quote"].value(), form["reason"].value()) == ("ama@example.org", "It is private.")


@pytest.mark.parametrize("verb", ["mask", "unmask"])
def test_after_hiding_and_showing_words_the_filters_are_kept(client, reviewer, verb):
    answer = submit().answers.get()
    filters = {"_changelist_filters": "language=sw"}
    page = client.post(path_of(answer.response, "mask"), typed(answer, quote="Kila mtu") | filters)
    if verb == "unmask":
        page = client.post(path_of(answer.response, verb), {"mask": answer.masks.get().pk} | filters)

    assert page.url == f"{path_of(answer.response)}?_changelist_filters=language%3Dsw"


def test_once_words_are_hidden_their_form_is_empty_and_what_is_typed_elsewhere_stays(client, reviewer):
    response = submit({"meaning": TEXT, "needs": "Juma, mbali."})
    meaning, needs = response.answers.order_by("question__position")
    sent = typed(needs, quote="mbali", start="6") | typed(meaning, quote="Juma", start="22") | {"note": "Typed."}

    page = client.post(path_of(response, "mask"), sent)

    values = [
        {name: each.mask_form[name].value() for name in ("quote", "start", "reason")}
        for each in page.context["answers"]
    ]
    assert values == [
        {"quote": None, "start": None, "reason": None},
        {"quote": "mbali", "start": "6", "reason": "A number."},
    ]
    assert page.context["note_form"]["note"].value() == "Typed."
