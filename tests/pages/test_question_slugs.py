"""A question can have any slug that organizers may give it: its words are never lost, and no page breaks."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.forms import modelform_factory
from django.urls import reverse

from responses.admin.conversations import QuestionForm
from responses.forms.my_response import EditForm
from responses.forms.respond import ResponseForm
from responses.models import Answer, Conversation, Draft, Question, Response
from tests.factories import make_gathering, make_user, submit
from tests.pages.test_my_draft import key_in, save
from tests.pages.test_respond import TYPED, send

pytestmark = pytest.mark.django_db
STATIC, TEMPLATES = (Path(__file__).parents[2] / folder for folder in ("static", "templates"))
LAST_DAY = date(9998, 12, 31)

ORDINARY = ["fourth", "what-else", "Fifth", "sixth_one"]
# What else these mean to a browser: a place in a list, a property of a form or of every object, a word of its scripts.
OF_BROWSERS = [
    *(
        "4",
        "0",
        "-",
        "_",
        "page-1",
        "constructor",
        "__proto__",
        "hasOwnProperty",
        "length",
        "elements",
        "submit",
        "form",
    ),
    *("requestSubmit", "querySelector", "querySelectorAll", "addEventListener", "getAttribute", "closest", "children"),
    *("ownerDocument", "dataset", "id", "name", "target", "item", "namedItem", "words", "fields"),
]
# And to the form here.
OF_FORMS = [
    *("draft_key", "prompts", "errors", "data", "is_valid", "is_bound", "hidden_fields", "lost_invitation", "items"),
    *("recognizable_by", "late_gathering", "keys", "clean", "about", "asking", "top", "typed", "response", "group"),
]
CURIOUS = [*OF_BROWSERS, *OF_FORMS]
TAKEN = [
    *("meaning", "faults", "terms", "main", "complete", "csrfmiddlewaretoken", "action", "agree", "website", "seen"),
    *("few-write-in", "affiliates", "gathering", "copy-offer", "no-copy", "source_text", "sharing-unnamed", "respond"),
    *("content_kinds-violence", "needs_error", "fourth_helptext", "__all__", "submission", "language_name"),
]


@pytest.fixture
def organizer(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    return client


def faults_of(slug):
    return modelform_factory(Question, QuestionForm, fields=["slug"])({"slug": slug}).errors.get("slug", [])


def ask(*slugs):
    """The current conversation asks these questions, too. Returns their slugs with words for each."""
    for position, slug in enumerate(slugs, start=10):
        question = Question.objects.create(slug=slug, position=position, prompt_en=f"What of {position}?")
        Conversation.objects.current().questions.add(question)
    return {slug: f"Maneno ya {slug}." for slug in slugs}


def shown_in(page):
    """{slug: words} as the fields of the questions show them."""
    html = page.content.decode()
    found = re.findall(r'<textarea name="([^"]*)"[^>]*>\n([^<]*)</textarea>', html)
    return {name: words for name, words in found if words}


def title_of(page):
    return re.search("<title>(.*?) –", page.content.decode())[1]


def test_an_organizer_may_take_any_slug_that_is_nothing_else_on_the_page(organizer):
    add = reverse("admin:responses_question_add")
    for position, slug in enumerate([*ORDINARY, *CURIOUS, *TAKEN], start=10):
        organizer.post(add, {"slug": slug, "position": position, "prompt_en": "Who helps you?"})

    made = Question.objects.filter(position__gte=10)
    assert list(made.values_list("slug", flat=True)) == [*ORDINARY, *CURIOUS]


@pytest.mark.parametrize("slug", TAKEN)
def test_what_is_refused_is_said_at_the_field(slug):
    assert faults_of(slug) in (
        ["The form needs this name for something else. Choose another slug."],
        ["Question with this Slug already exists."],
    )


def test_words_under_any_slug_come_back_after_a_fault_and_in_another_language(client):
    words = ask(*ORDINARY, *CURIOUS)

    fresh = client.get("/en/respond/")
    faulty = send(client, **words, meaning="", needs="", agree="")
    switched = client.post("/sv/respond/", TYPED | words | {"meaning": "", "needs": "", "action": "switch"})

    assert title_of(fresh) == "Answer the questions"
    assert "notice warning" not in fresh.content.decode()
    assert title_of(faulty) == "Please check what you wrote"
    assert [name for name, _message in faulty.context["form"].faults] == ["agree"]
    assert shown_in(faulty) == shown_in(switched) == words


def test_faults_lead_to_the_field_of_any_slug(client):
    words = ask(*ORDINARY, *CURIOUS)

    html = send(client, **dict.fromkeys(words, "a" * 20_001)).content.decode()

    assert re.findall(r'<li><a href="#([^"]*)">This text is', html) == [*words]
    for slug in words:
        assert html.count(f' id="{slug}"') == 1


def test_words_under_any_slug_are_kept_as_a_draft_and_sent_and_changed(client):
    words = ask(*ORDINARY, *CURIOUS)

    key = key_in(save(client, **words, meaning="", needs=""))
    assert {**words, **Draft.objects.get().typed} == Draft.objects.get().typed
    for text in words.values():
        assert text in client.get(f"/en/my-draft/{key}/").content.decode()
    opened = client.get(f"/en/my-draft/{key}/write/")
    assert shown_in(opened) == words
    client.post(
        f"/en/my-draft/{key}/write/",
        TYPED | words | {"meaning": "", "needs": "", "seen": Draft.objects.get().fingerprint},
    )
    assert dict(Answer.objects.values_list("question__slug", "text")) == words

    edit = f"/en/my-response/{key}/edit/"
    assert title_of(client.get(edit)) == "Change your words"
    assert shown_in(client.get(edit)) == words
    change = {"seen": Response.objects.get().fingerprint, "complete": "yes"}
    too_long = words | {"4": "a" * 20_001}
    assert shown_in(client.post(edit, too_long | change)) == too_long
    assert shown_in(client.post(edit, words | change | {"action": "switch"})) == words
    client.post(edit, {slug: f"{text} Na zaidi." for slug, text in words.items()} | change)
    assert dict(Answer.objects.values_list("question__slug", "text")) == {
        slug: f"{text} Na zaidi." for slug, text in words.items()
    }


def included_in(*names):
    """Templates and what they include, without those that get what is named only."""
    found, left = {}, [*names]
    while left:
        name = left.pop()
        found[name] = (TEMPLATES / name).read_text(encoding="utf-8")
        included = re.findall(r'{% include "([^"]+)"([^%]*)%}', found[name])
        left += [each for each, how in included if each not in found and " only" not in how]
    return found


def test_of_a_form_with_questions_a_template_asks_by_dot_only_for_fields_that_are_always_there():
    """A question of another name would come first."""
    fields = {*ResponseForm.base_fields, *EditForm.base_fields, "language_name"}

    asked = {
        (name, found)
        for name, template in included_in("responses/respond.html", "responses/my_response_edit.html").items()
        for found in re.findall(r"\bform\.(\w+)", template)
    }

    assert len(asked) > 10
    assert {each for each in asked if each[1] not in fields} == set()


# --- What is refused is complete -----------------------------------------------------------------------------------


def pages_with_questions(client):
    """In every state that shows something more."""
    questions, lines = ("meaning", "needs", "resources"), ("affiliate", "method", "place", "spoken_languages")
    faulty = {"email": "no address", "held_on": "soon", "people": "many", "sharing": "none", "region": "x"}
    faulty |= {"written_by": "a" * 200, "display_name": "a" * 200, "language_name": "a" * 200, "content_kinds": "x"}
    faulty |= dict.fromkeys(questions, "a" * 20_001) | dict.fromkeys(lines, "a" * 200) | {"content_note": "a" * 2_000}
    gathering = make_gathering()
    yield client.get("/en/respond/")
    yield client.get(f"/en/respond/?gathering={gathering.code}")
    yield client.get("/en/respond/?gathering=nothing")
    yield client.get(f"/en/respond/late/{gathering.take_late_sheets(LAST_DAY)}/")
    yield client.post("/en/respond/", TYPED | {"action": "lists"})
    yield client.post("/en/respond/", faulty | {"language": "klingon"})
    yield send(client, action="send_next", language="ff-adlm")
    draft = f"/en/my-draft/{key_in(save(client))}/write/"
    yield client.get(draft)
    yield client.post(draft, TYPED | {"meaning": "Other.", "action": "save", "seen": "older"})

    response = submit()
    Response.objects.filter(pk=response.pk).update(added_kinds="violence", added_note="Vita.")
    edit = f"/en/my-response/{response.key}/edit/"
    yield client.get(edit)
    yield client.post(edit, faulty | {"language": ""})
    yield client.post(edit, {"meaning": "Other.", "seen": "older", "complete": "yes"})


def ids_and_names_in(html):
    """The ids of all elements, and the names that forms send, but for that of the page, which is another every time."""
    names = re.findall(r'<(?:input|select|textarea|button)\b[^>]*?\sname="([^"]*)"', html)
    return {*re.findall(r'\sid="([^"]*)"', html), *(name for name in names if not name.startswith("page-"))}


def ids_and_names_of(script):
    """What it makes, looks for, and lists in a constant."""
    found = re.findall(r'\b(?:id: |getElementById\(|field_named\()"([^"]+)"', script)
    sought = re.findall(r'"[^"]*(?:#|\[name=)([-\w]+)[^"]*"', script)
    lists = re.findall(r"const [A-Z_]+ = (\[.*\]);", script)
    return {*found, *sought, *re.findall(r'"([^"]*)"', " ".join(lists))}


def test_no_question_can_have_the_id_or_the_name_of_something_else_on_the_page(client):
    taken, scripts = set(), set()
    for page in pages_with_questions(client):
        html = page.content.decode()
        assert page.status_code == 200
        assert "<textarea" in html
        taken |= ids_and_names_in(html)
        scripts |= {*re.findall(r'src="/static/(js/[^"]+)"', html)}
    for script in scripts:
        taken |= ids_and_names_of((STATIC / script).read_text(encoding="utf-8"))
    styles = re.sub(r"{[^{}]*}", "", (STATIC / "css/portal.css").read_text(encoding="utf-8"))
    taken |= {*re.findall(r"(?<!\w)#([-\w]+)", styles)}

    possible = {name for name in taken if re.fullmatch(r"[-\w]+", name, re.ASCII) and len(name) <= 50}
    assert scripts == {"js/few-write-in.js", "js/keep-words.js", "js/search-languages.js"}
    assert {name for name in possible if not faults_of(name)} == set()
