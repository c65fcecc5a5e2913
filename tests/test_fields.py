"""The HTML of each kind of field. One template renders them all: label, hint, errors, input."""

import re

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override
from pytest_django.asserts import assertHTMLEqual, assertInHTML

from responses.forms.my_response import EditForm
from responses.forms.numbers import DayField
from responses.forms.respond import DraftForm, ResponseForm
from responses.forms.sharing import SharingForm
from responses.forms.words import LanguageField, LanguageSelect, LineField, PortalForm, Tick, WordsField
from responses.languages import languages
from responses.models.sharing import AuthorDetails

from .factories import make_response

FAULT = '<div id="{name}_error"><p class="fault">Not like this &lt;b&gt;.</p></div>'


def refuse(value):
    raise ValidationError("Not like this <b>.")


class Kinds(PortalForm):
    line = LineField(label="A line", help_text="One <i> line", required=False, validators=[])
    words = WordsField(longest=10, label="Words", widget=forms.Textarea(attrs={"rows": 3}))
    day = DayField(label="A day", required=False)
    agree = forms.BooleanField(label="Yes", widget=Tick)


def rendered(field):
    return " ".join(str(field.as_field_group()).split())


def with_fault(name, value):
    form = Kinds({name: value})
    form.fields[name].validators = [refuse]
    form.errors.pop("words", None)
    return rendered(form[name])


def test_a_line_is_rendered_with_its_label_and_hint_escaped():
    assertHTMLEqual(
        rendered(Kinds()["line"]),
        '<div class="field"> <label for="line">A line</label> '
        '<p class="hint" id="line_helptext">One &lt;i&gt; line</p> '
        '<input type="text" name="line" dir="auto" id="line" aria-describedby="line_helptext"> </div>',
    )


def test_an_error_is_shown_at_its_field_and_read_out_with_it():
    assertHTMLEqual(
        with_fault("line", "<x>"),
        '<div class="field faulty"> <label for="line">A line</label> '
        '<p class="hint" id="line_helptext">One &lt;i&gt; line</p>' + FAULT.format(name="line") + " "
        '<input type="text" name="line" value="&lt;x&gt;" dir="auto" id="line" aria-invalid="true" '
        'aria-describedby="line_helptext line_error"> </div>',
    )


def test_words_keep_a_line_break_at_their_beginning():
    html = str(Kinds(initial={"words": "\nManeno </textarea>"})["words"].as_field_group())

    assert (
        '<textarea name="words" cols="40" rows="3" dir="auto" required id="words">'
        "\n\nManeno &lt;/textarea&gt;</textarea>" in html
    )


def test_a_day_is_shown_as_it_was_typed():
    assertInHTML(
        '<input type="text" name="day" value="soon" class="short" id="day" aria-invalid="true" '
        'aria-describedby="day_error">',
        with_fault("day", "soon"),
    )


def test_a_checkbox_comes_before_its_label():
    form = Kinds({})

    assertHTMLEqual(
        rendered(form["agree"]),
        '<div class="choice faulty"><input type="checkbox" name="agree" value="yes" required id="agree" '
        'aria-invalid="true" aria-describedby="agree_error"> <div><label for="agree">Yes</label> '
        '<div id="agree_error"><p class="fault">This field is required.</p></div></div></div>',
    )


@pytest.mark.django_db
def test_each_choice_of_sharing_says_what_readers_will_see():
    html = rendered(ResponseForm({"sharing": "everybody"})["sharing"])

    assert html.startswith('<fieldset id="sharing" tabindex="-1" class="faulty" aria-describedby="sharing_error">')
    for choice in ("unnamed", "affiliate", "named", "organizers"):
        assertInHTML(
            f'<input type="radio" name="sharing" value="{choice}" id="sharing-{choice}" aria-invalid="true" required '
            f'aria-describedby="sharing-{choice}_helptext">',
            html,
        )
        assert f'<label for="sharing-{choice}">' in html
        assert f'<p class="hint" id="sharing-{choice}_helptext">' in html


@pytest.mark.django_db
def test_the_choice_that_was_made_is_selected_again():
    html = rendered(ResponseForm(initial={"sharing": "named"})["sharing"])

    assert html.count(" checked") == 1
    assert re.search(r'value="named"[^>]* checked', html)


@pytest.mark.django_db
def test_likely_languages_come_first_and_all_others_are_one_button_away():
    with override("sv"):
        html = rendered(ResponseForm(accept_language="ha;q=0.9, en", initial={"language": "sw"})["language"])

    codes = [each.split('"')[1] for each in html.split("<option ")[1:]]
    assert codes[:4] == ["sw", "sv", "ha", "en"]
    assert 'data-lists="/sv/respond/lists.json"' in html
    assert '<button class="link" name="action" value="lists" formaction="?send#language">' in html


@pytest.mark.django_db
def test_all_languages_are_listed_with_the_chosen_one_first():
    html = rendered(EditForm(initial={"language": "sw"}, response=make_response(language="ha"))["language"])

    # The chosen one stands twice, and below all others is "My language is not listed".
    assert html.count("<option ") == len(languages()) + 2
    assert '<option value="sw" selected>Kiswahili (Swahili)</option>' in html
    assert 'value="lists"' not in html


def test_a_list_of_languages_can_start_without_a_choice():
    class Chosen(PortalForm):
        language = LanguageField(widget=LanguageSelect(empty="Choose <a> language"))

    html = rendered(Chosen()["language"])

    assert '<option value="" selected>Choose &lt;a&gt; language</option>' in html


@pytest.mark.django_db
def test_a_box_that_was_ticked_is_ticked_again():
    assertHTMLEqual(
        str(ResponseForm(initial={"agree": "yes"})["agree"]),
        '<input type="checkbox" name="agree" value="yes" required id="agree" checked>',
    )
    assert str(ResponseForm(initial={"agree": "yes"})["agree"]).count("value=") == 1


@pytest.mark.django_db
def test_a_form_that_was_cut_off_comes_back_with_what_shows_least():
    form = ResponseForm({"meaning": "Maneno"})

    assert re.search(r'value="unnamed"[^>]* checked', rendered(form["sharing"]))
    assert 'name="people" value="1"' in rendered(form["people"])


@pytest.mark.django_db
def test_a_draft_that_is_refused_still_leads_to_all_languages():
    assert rendered(DraftForm({"language": "sw"})["language"]) == rendered(ResponseForm({"language": "sw"})["language"])


@pytest.mark.django_db
def test_the_language_of_a_response_stays_chosen_until_its_author_chooses_another():
    unknown = rendered(EditForm(initial={"language": "klingon"}, response=make_response(language="ha"))["language"])

    assert '<option value="ha" selected>Hausa</option>' in unknown


@pytest.mark.django_db
def test_no_browser_cuts_an_address():
    assert "maxlength" not in str(ResponseForm()["email"])
    assert ResponseForm({"email": "me@" + "long-name." * 30 + "org"}).errors["email"] == [
        "This is no e-mail address. Correct it, or leave it out."
    ]


def test_every_detail_of_an_author_has_a_field_but_what_other_fields_tell():
    details = {field.name for field in AuthorDetails.detail_fields()}

    # The field for the affiliate takes one that is not on the roster too; the gathering comes with the invitation.
    assert details - SharingForm.base_fields.keys() == {"affiliate_name", "gathering"}
