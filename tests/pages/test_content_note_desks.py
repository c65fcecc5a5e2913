"""Reviewers, coders and translators read the note before the words, and can pass the words over."""

import io
import re
from html import unescape

import pytest

from responses.exchange import po, xliff
from responses.exchange.units import Languages, units_to_translate
from responses.models import Response
from tests.factories import DAY, make_answer, make_problem, make_response, make_translation, make_user, submit

pytestmark = pytest.mark.django_db

NOTE = {"content_kinds": "violence", "content_note": "Vita <b>"}
LINE = 'Before you read: violence · <bdi lang="sw" dir="ltr">Vita &lt;b&gt;</bdi>'
WORDS = "Maneno magumu."


def html_of(page):
    return " ".join(page.content.decode().replace("<strong>", "").replace("</strong>", "").split())


def folds(html):
    """[(whether it is open, its summary, what is in it)] of the folds that stand for words."""
    found = re.findall(r'<details class="(?:group )?noted"( open)?><summary>(.*?)</summary>(.*?)</details>', html)
    return [(bool(is_open), summary.strip(), inside) for is_open, summary, inside in found]


def skip_to(html):
    """The addresses of a link and of a button that pass the words over."""
    return re.findall(r'(?:href|formaction)="([^"]*)">Skip these words<', html)


@pytest.fixture
def reviewer(client):
    user = make_user("reviewer", "Reviewer", is_staff=True)
    client.force_login(user)
    return user


def tell(client, response, verb="tell-readers", **typed):
    path = f"/admin/responses/response/{response.pk}/{verb}/"
    return client.post(path, {"seen": response.fingerprint, "added_note": "", **typed}, follow=True)


def test_a_reviewer_asks_that_readers_are_told_and_the_log_has_no_words(client, reviewer):
    response = make_response()

    page = tell(client, response, added_kinds=["insults", "abuse"], added_note="Kifo")

    assert Response.objects.get().content == dict.fromkeys(NOTE, "") | {
        "added_kinds": "abuse insults",
        "added_note": "Kifo",
    }
    assert page.redirect_chain == [(f"/admin/responses/response/{response.pk}/change/", 302)]
    [entry] = reviewer.logentry_set.all()
    assert (entry.object_repr, entry.get_change_message()) == (response.code, "Content note")


def test_a_reviewer_takes_back_what_the_organizers_asked_for(client, reviewer):
    response = make_response(**NOTE)
    response.tell_readers("abuse", "Kifo")

    tell(client, response)

    assert Response.objects.get().content == NOTE | {"added_kinds": "", "added_note": ""}


@pytest.mark.parametrize("typed", [{"added_kinds": ["war"]}, {"added_note": "x" * 191}])
def test_what_the_desk_cannot_store_comes_back(client, reviewer, typed):
    page = tell(client, make_response(), **typed)

    assert Response.objects.get().is_noted is False
    assert page.context["added_form"].errors.keys() == typed.keys()


def test_what_was_ticked_and_not_sent_stays_on_the_page_after_another_button(client, reviewer):
    response, waiting = submit(), submit()

    page = tell(client, response, "accept", added_kinds=["violence"], added_note="Kifo")

    assert Response.objects.get(pk=response.pk).status == "accepted"
    assert (page.context["response"], page.context["added_form"]["added_kinds"].value()) == (response, "violence")
    assert page.context["added_form"]["added_note"].value() == "Kifo"
    assert Response.objects.filter(added_note="").count() == 2
    assert waiting.status == "submitted"


def test_somebody_who_may_not_review_tells_readers_nothing(client):
    response = make_response()
    path = f"/admin/responses/response/{response.pk}/tell-readers/"
    for group in ("Coder", "Translator"):
        client.force_login(make_user(group, group, is_staff=True))
        assert client.post(path, {"added_kinds": "abuse", "added_note": ""}).status_code == 403
    client.logout()
    assert client.post(path, {"added_kinds": "abuse"}).status_code == 403

    assert Response.objects.get().is_noted is False


def test_the_form_of_the_desk_needs_its_csrf_token(csrf_client):
    csrf_client.force_login(make_user("reviewer", "Reviewer", is_staff=True))

    assert tell(csrf_client, make_response(), added_kinds=["abuse"]).status_code == 403
    assert Response.objects.get().is_noted is False


def change(row, kind="responses/response"):
    return f"/admin/{kind}/{row.pk}/change/"


def test_the_review_desk_names_the_note_in_its_list_and_never_filters_by_it(client, reviewer):
    submit({"meaning": WORDS}, **NOTE)
    submit()

    page = client.get("/admin/responses/response/")

    [(is_open, summary, inside)] = folds(html_of(page))
    assert (is_open, summary, WORDS in inside) == (False, LINE, True)
    for lookup in ("content_kinds=violence", "content_kinds__contains=violence", "added_kinds=", "o=2"):
        again = client.get(f"/admin/responses/response/?{lookup}")
        assert again.status_code in (200, 302, 400)
        if again.status_code == 200:
            assert again.context["cl"].result_count == 2


def test_a_reviewer_reads_the_line_first_and_can_pass_the_words_over(client, reviewer):
    # Of one day, the desk takes them by a number that tells no order.
    first, noted, later, last = sorted((submit({"meaning": WORDS}) for _each in range(4)), key=lambda each: each.pk)
    Response.objects.filter(pk__in=[noted.pk, last.pk]).update(**NOTE)

    html = html_of(client.get(change(noted)))

    [(is_open, summary, inside)] = folds(html)
    assert (is_open, summary) == (False, LINE)
    assert WORDS in inside
    assert html.count(WORDS) == 1
    [skip] = skip_to(html)
    assert client.post(skip).url == change(later)
    # What has no note needs no skipping.
    assert (skip_to(html_of(client.get(change(first)))), folds(html_of(client.get(change(first))))) == ([], [])


def test_the_words_are_open_after_a_button_was_pressed(client, reviewer):
    noted = submit({"meaning": WORDS}, **NOTE)

    page = tell(client, noted, "decline", reason="")

    assert [is_open for is_open, _summary, _inside in folds(html_of(page))] == [True]


@pytest.mark.parametrize("button", ["page_language", "undo"])
def test_the_words_stay_closed_after_a_button_that_nobody_presses_because_of_them(client, reviewer, button):
    noted = submit({"meaning": WORDS}, **NOTE)

    page = client.post(change(noted), {button: "en"})

    assert [is_open for is_open, _summary, _inside in folds(html_of(page))] == [False]


def test_among_many_each_noted_response_has_its_own_fold(client, reviewer):
    noted, plain = submit({"meaning": WORDS}, **NOTE), submit({"meaning": "Rahisi."})
    chosen = {"action": "accept_selected", "_selected_action": [noted.pk, plain.pk]}

    html = html_of(client.post("/admin/responses/response/", chosen))

    [(is_open, summary, inside)] = folds(html)
    assert (is_open, summary) == (False, LINE)
    assert (WORDS in inside, "Rahisi." in inside) == (True, False)
    assert (html.count(WORDS), html.count("Rahisi.")) == (1, 1)


def test_a_withdrawn_response_has_no_note_and_nothing_to_skip(client, reviewer):
    noted = submit(**NOTE)
    noted.withdraw()

    html = html_of(client.get(change(noted)))

    assert (folds(html), skip_to(html)) == ([], [])


# --- The coding desk ----------------------------------------------------------------------------------------


@pytest.fixture
def coder(client):
    user = make_user("coder", "Coder", is_staff=True)
    client.force_login(user)
    return user


def test_a_coder_reads_the_line_first_and_skips_to_the_next_response(client, coder):
    noted = make_response({"meaning": WORDS, "needs": f"{WORDS} Tena."}, accepted_on=DAY, **NOTE)
    others = [make_answer(f"Rahisi {number}.") for number in range(2)]
    answers = list(noted.answers.all())
    in_line = sorted([noted, *(each.response for each in others)], key=lambda each: each.pk)
    # Behind the last one comes the first.
    after = [*in_line, *in_line][in_line.index(noted) + 1]

    html = html_of(client.get(change(answers[0], "outcomes/answertocode")))

    [(is_open, summary, inside)] = folds(html)
    assert (is_open, summary) == (False, LINE)
    assert (WORDS in inside, html.count(WORDS)) == (True, 1)
    (skip,) = skip_to(html)
    page = client.get(unescape(skip))
    assert page.url == f"{change(after.answers.get(), 'outcomes/answertocode')}?#words"
    listed = client.get("/admin/outcomes/answertocode/").content.decode()
    assert sorted(re.findall(r'<td class="field-told_readers">(.*?)</td>', listed)) == [
        "violence · Vita &lt;b&gt;",
        "violence · Vita &lt;b&gt;",
        "—",
        "—",
    ]


def test_whoever_marks_one_passage_after_the_other_opens_the_words_once(client, coder):
    answer, problem = make_answer(WORDS, **NOTE), make_problem()
    typed = {"wording": "", "quote": "magumu", "claim": f"problem-{problem.pk}", "stance": "supports"}

    page = client.post(change(answer, "outcomes/answertocode"), typed, follow=True)

    # The words, and below the codebook the marked passage.
    assert [(is_open, inside.count("magumu")) for is_open, _summary, inside in folds(html_of(page))] == [
        (True, 1),
        (True, 1),
    ]
    again = client.post(change(answer, "outcomes/answertocode"), typed | {"quote": "not there"})
    assert [each[0] for each in folds(html_of(again))] == [True, True]


# --- The translators' desk ----------------------------------------------------------------------------------


@pytest.fixture
def translator(client):
    user = make_user("translator", "Translator")
    client.force_login(user)
    return user


def test_the_list_for_translators_has_the_note_in_place_of_the_words(client, translator):
    noted = make_answer(WORDS, **NOTE)
    make_answer("Rahisi.")
    waiting = make_answer(f"{WORDS} Tena.", **NOTE)
    make_translation(waiting, text="كلام صعب.", reviewed=False, translator=make_user("somebody"))
    changed = make_answer(f"{WORDS} Upya.", **NOTE)
    make_translation(changed, source_text="Zamani.", reviewed=False, translator=make_user("other"))

    html = html_of(client.get("/en/translate/ar/"))

    assert html.count(f'<p class="content-note">{LINE} </p>') == 4
    assert (html.count("Rahisi."), html.count("Maneno"), html.count("صعب"), html.count("Zamani")) == (1, 0, 0, 0)
    assert f"/en/answers/{noted.pk}/translate/ar/" in html


def test_a_translator_reads_the_line_first_and_skips_to_the_next_response_that_lacks_a_translation(client, translator):
    noted = make_answer(WORDS, accepted_on=DAY, **NOTE)
    done, left = (make_answer(text, accepted_on=DAY.replace(day=2)) for text in ("Imekwisha.", "Bado."))
    make_translation(done)

    html = html_of(client.get(f"/en/answers/{noted.pk}/translate/ar/"))

    [(is_open, summary, inside)] = re.findall(
        r'<details class="group noted"( open)?><summary>(.*?)</summary>(.*)', html
    )
    assert (is_open, summary.strip()) == ("", LINE)
    assert (WORDS in inside, html.count(f">{WORDS}<")) == (True, 1)
    assert skip_to(html) == [f"/en/answers/{left.pk}/translate/ar/"]


def test_a_translator_who_presses_a_button_goes_on_with_the_words_open(client, translator):
    noted = make_answer(WORDS, **NOTE)
    path = f"/en/answers/{noted.pk}/translate/ar/"

    html = html_of(client.post(path, {"source_text": WORDS, "text": "", "action": "send", "complete": "yes"}))

    assert '<details class="group noted" open>' in html
    assert skip_to(html) == ["/en/translate/ar/"]


@pytest.mark.parametrize(
    ("form", "note"),
    [
        (po, "#. Before you read: violence · Vita <b>\n"),
        (xliff, "<note>Before you read: violence · Vita &lt;b&gt;</note>"),
    ],
)
def test_files_for_translators_have_the_note_beside_the_words(form, note):
    make_answer(WORDS, **NOTE)
    make_answer("Rahisi.")
    file = io.StringIO()

    form.write(file, Languages("sw", "ar"), units_to_translate(Languages("sw", "ar")))

    assert file.getvalue().count(note) == 1
    assert file.getvalue().count("Before you read") == 1
    assert unescape(file.getvalue()).index("Before you read") < file.getvalue().index(WORDS)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_number_of_queries_for_one_noted_answer_and_for_three(
    client, translator, django_assert_num_queries, number
):
    for _each in range(number):
        make_answer(WORDS, **NOTE)

    with django_assert_num_queries(14):
        client.get("/en/translate/ar/")
