"""No text that an organizer or a host writes turns around the words that the portal prints beside it."""

import io
import random

import polib
import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils.translation import override
from modeltranslation.utils import build_localized_fieldname

from outcomes.models import Clause, Statement, Topic
from responses import organizer_texts
from responses.forms.words import LineField
from responses.models import Affiliate, Conversation, Gathering, MovedPromise, Term
from responses.organizer_texts import worded
from responses.validators import with_contained_direction
from tests.factories import change_current, make_problem, make_solution, make_user
from tests.pages.test_gatherings import announce

# An override without its end, behind the end of whatever isolates the text from the page.
TURNING = "Wiki \u2069\u202e(abc)"
# As in an Arabic sentence with a foreign name, an embedding that ends, and the marks of direction.
ORDINARY = "ويكي \u2068C++\u2069 \u202aabc\u202c\u200f \u200e!\u061c?"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (ORDINARY, ORDINARY),
        (TURNING, "Wiki (abc)"),
        ("a\u202db\u202cc", "abc"),
        ("a\u202eb\u202cc\u202c", "abc"),
        ("a\u202bb", "ab"),
        ("a\u202cb", "ab"),
        ("a\u2066b", "ab"),
        ("a\u2069b", "ab"),
        # What was begun outside of an isolate does not end in it, and an isolate ends what was begun inside.
        ("\u202aa\u2067b\u202cc\u2069d\u202c", "\u202aa\u2067bc\u2069d\u202c"),
        ("\u2067a\u202bb\u2069c\u202c", "\u2067ab\u2069c"),
        # Each line is a paragraph of its own.
        ("\u2067a\nb\u2069", "a\nb"),
        ("\u2067a\u2069\n\n\u202eb\r\n", "\u2067a\u2069\n\nb\r\n"),
    ],
)
def test_overrides_and_changes_of_direction_without_end_or_beginning_are_taken_out(typed, stored):
    assert with_contained_direction(typed) == stored


def balances(line):
    """Whether each change of direction ends within the innermost that it stands in, and none is an override."""
    opened = []
    for sign in line:
        if sign in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068":
            opened.append(sign)
        elif sign in "\u202c\u2069" and (not opened or (opened.pop() < "\u2066") != (sign == "\u202c")):
            return False
    return not opened and not set(line) & {"\u202d", "\u202e"}


def test_whatever_is_typed_its_changes_of_direction_balance_and_no_letter_is_lost():
    chance = random.Random(1)
    signs = "ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f"
    for _text in range(2_000):
        typed = "".join(chance.choices(signs, k=chance.randrange(1, 14)))

        stored = with_contained_direction(typed)

        assert balances(stored)
        assert [each for each in stored if each in "ab\u200f"] == [each for each in typed if each in "ab\u200f"]
        assert with_contained_direction(stored) == stored
        if balances(typed):
            assert stored == typed


def test_a_line_of_a_public_form_is_stored_without_them():
    assert LineField().clean(TURNING) == "Wiki (abc)"
    assert LineField().clean(f"{ORDINARY}.") == f"{ORDINARY}."


def forms_of_texts(request):
    """(name of a model, form) of all that organizers can fill in: the forms in the admin, and their parts."""
    for model, desk in admin.site._registry.items():
        if model._meta.app_label not in ("responses", "outcomes"):
            continue
        # Some desks have a page of their own instead, on which none of these texts can be changed.
        has_own_page = "change_view" in vars(type(desk))
        if has_own_page or not (desk.has_add_permission(request) or desk.has_change_permission(request)):
            continue
        yield model.__name__, desk.get_form(request, None)
        for part in desk.get_inline_instances(request):
            yield part.model.__name__, part.get_formset(request, None).form


@pytest.mark.django_db
def test_every_text_of_organizers_is_read_without_them_in_the_admin(rf):
    request = rf.get("/admin/")
    request.user = User.objects.create_superuser("super", "super@example.org", "a long password")
    read, seen = {}, set()
    for name, form in forms_of_texts(request):
        for field_name, field in form.base_fields.items():
            # A slug and an address have rules of their own, and nobody types a hidden field.
            is_typed = not isinstance(field, (forms.SlugField, forms.URLField)) and not field.widget.is_hidden
            if isinstance(field, forms.CharField) and is_typed:
                seen.add(f"{name}.{field_name}")
                for typed, stored in ((TURNING, "Wiki (abc)"), (f"{ORDINARY}.", f"{ORDINARY}.")):
                    if field.to_python(typed) != stored:
                        read[f"{name}.{field_name}"] = field.to_python(typed)

    assert read == {}
    columns = {
        f"{model.__name__}.{build_localized_fieldname(name, 'ar')}"
        for model in organizer_texts.registered()
        for name in organizer_texts._fields_of(model())
    }
    assert columns | {"Affiliate.name", "TermWording.wording", "Conversation.reason", "Statement.licence"} <= seen


def with_every_text():
    """A row of each model with organizers' texts, with English in every one of them."""
    problem, _solution = make_problem(), make_solution()
    Clause.objects.create(statement=Statement.objects.create(version="1", announced_on="2026-01-01"), position=1)
    Topic.objects.create(slug="topic", source="cafe", problem=problem)
    Term.objects.create(slug="wiki")
    MovedPromise.objects.create(
        conversation=Conversation.objects.current(), results_by="2026-01-01", moved_on="2026-01-01", reason="Why"
    )
    for model in organizer_texts.registered():
        names = organizer_texts._fields_of(model())
        # Without asking the model, which keeps words that somebody may have coded with.
        QuerySet(model).update(**{build_localized_fieldname(name, "en"): "English" for name in names})


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["function", "command"])
def test_every_text_of_organizers_is_imported_without_them(tmp_path, by):
    with_every_text()
    po = organizer_texts.catalogue("ar")
    for number, entry in enumerate(po):
        entry.msgstr = TURNING if number % 2 else f"{ORDINARY}."
    typed = {entry.msgctxt: entry.msgstr for entry in po}

    if by == "function":
        organizer_texts.import_catalogue(organizer_texts.read(str(po).encode()), "ar")
    else:
        (tmp_path / "ar.po").write_text(str(po), encoding="utf-8")
        call_command("import_texts", "ar", str(tmp_path / "ar.po"), stdout=io.StringIO())

    texts = organizer_texts.texts()
    assert {(type(text.row), text.field) for text in texts} == {
        (model, name) for model in organizer_texts.registered() for name in organizer_texts._fields_of(model())
    }
    stored = {TURNING: "Wiki (abc)", f"{ORDINARY}.": f"{ORDINARY}."}
    assert {text.key: text.in_language("ar") for text in texts} == {
        key: stored[written] for key, written in typed.items()
    }


@pytest.mark.django_db
def test_importing_the_same_file_again_changes_nothing():
    make_problem()
    po = polib.POFile()
    po.append(polib.POEntry(msgctxt="problem.closed-doors.title", msgid="Closed doors", msgstr=TURNING))

    first = organizer_texts.import_catalogue(po, "ar")
    again = organizer_texts.import_catalogue(po, "ar")

    assert (len(first.changed), first.left, len(again.changed), again.same) == (1, [], 0, 1)


@pytest.mark.django_db
def test_the_word_english_beside_a_title_keeps_its_direction(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    conversation = change_current()
    question = conversation.questions.first()

    client.post(f"/admin/responses/question/{question.pk}/change/", {"position": 1, "prompt_en": TURNING})
    client.post("/admin/responses/affiliate/add/", {"name": TURNING, "kind": "chapter", "is_active": "on"})
    announce(client, title=TURNING, place=TURNING)

    question.refresh_from_db()
    question.prompt_sv = ""
    with override("sv"):
        shown = worded(question, "prompt")
    assert shown == '<span lang="en" dir="ltr">Wiki (abc) <small class="instead">(English)</small></span>'
    assert Affiliate.objects.get().name == "Wiki (abc)"
    assert Gathering.objects.values_list("title", "place").get() == ("Wiki (abc)", "Wiki (abc)")
