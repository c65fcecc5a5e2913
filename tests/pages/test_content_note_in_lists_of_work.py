"""Whoever looks up their translations and the marks of all coders reads the note before the words."""

import pytest
from django.urls import reverse

from responses.models import Answer, Response
from tests.factories import make_answer, make_evidence, make_translation, make_user
from tests.pages.test_content_note_desks import LINE, NOTE, WORDS, folds, html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    user = make_user("organizer", "Organizer", is_staff=True)
    client.force_login(user)
    return user


def outside(html):
    for _is_open, summary, inside in folds(html):
        html = html.replace(inside, "").replace(summary, "")
    return html


def test_the_words_of_a_translators_list_are_folded(client, organizer):
    make_translation(make_answer(WORDS, **NOTE), text="كلام صعب.", note="شرح صعب.", translator=organizer)
    changed = make_answer("Zamani magumu.", **NOTE)
    make_translation(changed, text="قديم صعب.", translator=organizer)
    Answer.objects.filter(pk=changed.pk).update(text="Upya magumu.")
    refused = make_translation(make_answer(WORDS, **NOTE), text="لا صعب.", translator=organizer)
    refused.refuse("Sivyo magumu.")
    make_translation(make_answer("Rahisi."), text="سهل.", translator=organizer)

    html = html_of(client.get("/en/my-translations/"))

    assert [(is_open, summary) for is_open, summary, _inside in folds(html)] == [(False, LINE)] * 3
    found = ("كلام صعب", "شرح صعب", "لا صعب", "Sivyo", "Upya", "Zamani", "سهل")
    assert [each for each in found if each in outside(html)] == ["سهل"]
    assert [each for each in found if each not in html] == []


def test_a_line_stands_before_no_words_if_there_are_none(client, organizer):
    make_translation(make_answer(WORDS, **NOTE), text="كلام صعب.", translator=organizer)
    Response.objects.update(status="submitted", accepted_on=None)

    html = html_of(client.get("/en/my-translations/"))

    assert (folds(html), "Vita" in html) == ([], False)


@pytest.mark.parametrize("note", [NOTE, {}])
def test_the_pages_of_one_mark_and_of_one_translation_fold_the_words(client, organizer, note):
    translation = make_translation(make_answer(WORDS, **note), text="كلام صعب.", note="شرح صعب.")
    mark = make_evidence(translation.answer, quote="magumu")
    pages = {
        reverse("admin:responses_translation_change", args=[translation.pk]): (WORDS, "كلام صعب.", "شرح صعب."),
        reverse("admin:outcomes_evidence_change", args=[mark.pk]): ("magumu",),
    }

    for address, words in pages.items():
        html = html_of(client.get(address))
        assert [each for each in words if html.count(each) != 1] == []
        assert [(is_open, summary) for is_open, summary, _inside in folds(html)] == [(False, LINE)] * bool(note) * len(
            words
        )
        if note:
            assert [each for each in ("agumu", "صعب") if each in outside(html)] == []
            assert html.index("violence · Vita &lt;b&gt;") < html.index(words[0])
        else:
            assert '<div class="readonly">—</div>' in html
