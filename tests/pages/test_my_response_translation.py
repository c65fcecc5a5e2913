"""What an author says about translations and quotations, on their own page."""

import pytest

from outcomes.models import Quotation
from responses.models import Response, Translation
from tests.factories import DAY, make_answer, make_evidence, make_problem, make_response, make_translation, make_user
from tests.test_consent import quote, review

pytestmark = pytest.mark.django_db


def author_of(made):
    """The address of the author's page."""
    answer = made.answer if isinstance(made, Translation) else made.evidence.answer
    return f"/en/my-response/{KEYS[answer.response_id]}/"


# {id of a response: its key}. The portal stores only a hash of the key, so the tests remember it here.
KEYS = {}


def answered(text="Kila mtu ana nafasi."):
    response = make_response({"meaning": text})
    KEYS[response.pk] = response.key
    return response.answers.select_related("response", "question").get()


def say(client, made, action, **typed):
    kind = "translations" if isinstance(made, Translation) else "quotations"
    return client.post(f"{author_of(made)}{kind}/{made.pk}/", {"action": action, "complete": "yes", **typed})


def test_the_author_is_shown_translation_and_original_with_the_day_of_publishing(client):
    translation = review(answered())

    html = client.get(author_of(translation)).content.decode()

    assert "Not yet public. If you say nothing, it becomes public on" in html
    said = html.split('class="said"')[1]
    assert 'lang="sw" dir="ltr"><p>Kila mtu ana nafasi.</p></blockquote>' in said
    assert 'lang="ar" dir="rtl"><p>لكل شخص مكان.</p></blockquote>' in said


def test_readers_get_the_original_until_the_author_agrees(client):
    translation = review(answered())
    code = translation.answer.response.code

    assert "لكل شخص مكان." not in client.get(f"/ar/responses/{code}/").content.decode()
    say(client, translation, "agree")
    assert "لكل شخص مكان." in client.get(f"/ar/responses/{code}/").content.decode()


def test_objecting_hides_a_translation_and_tells_translators_why(client):
    translation = review(answered())

    page = say(client, translation, "object", objection="Not <place>: room.")

    assert page.status_code == 302
    assert "You objected on" in client.get(author_of(translation)).content.decode()
    client.force_login(make_user("translator", "Translator"))
    desk = client.get(f"/en/answers/{translation.answer_id}/translate/ar/").content.decode()
    assert "The author objects to this translation" in desk
    assert "Not &lt;place&gt;: room." in desk
    # The translator can correct the text that the author objected to.
    assert "لكل شخص مكان.</textarea>" in desk
    listed = client.get("/en/translate/ar/").context["desk"].lacking
    assert [answer for answer, _changes, _is_taken in listed] == [translation.answer]


def test_a_correction_waits_for_review_and_is_credited_to_the_author(client):
    translation = review(answered())

    say(client, translation, "correct", text="كما أقولها.\r\nسطر.")

    own = Translation.objects.suggested().get()
    assert (own.text, own.origin) == ("كما أقولها.\nسطر.", "author")
    client.force_login(make_user("translator", "Translator"))
    desk = client.get(f"/en/answers/{translation.answer_id}/translate/ar/").content.decode()
    assert 'Translated from <bdi lang="sw" dir="ltr" translate="no">Kiswahili</bdi> by its author' in desk
    assert "mark as reviewed" in desk


def test_a_correction_without_a_change_comes_back(client):
    translation = review(answered())

    page = say(client, translation, "correct", text=translation.text, objection="Kept words.")

    html = page.content.decode()
    assert page.status_code == 200
    assert "You have changed nothing." in html
    assert 'value="Kept words."' in html
    assert not Translation.objects.get().is_objected_to


def test_a_correction_that_arrived_incomplete_changes_nothing(client):
    translation = review(answered())

    page = say(client, translation, "correct", text="Half a", complete="")

    assert "Not all of it arrived" in page.content.decode()
    assert "Half a</textarea>" in page.content.decode()
    assert Translation.objects.count() == 1


def test_a_quotation_is_shown_beside_its_clause_once_its_author_agrees(client):
    quotation = quote(make_evidence(answered(), quote="ana nafasi"))

    html = client.get(author_of(quotation)).content.decode()
    assert "Quotation beside clause 1 of the statement" in html
    assert "ana nafasi</p></blockquote>" not in client.get("/en/statement/").content.decode()
    say(client, quotation, "agree")

    statement = client.get("/en/statement/").content.decode()
    assert 'lang="sw" dir="ltr"><p>ana nafasi</p></blockquote>' in statement
    assert quotation.evidence.answer.response.get_absolute_url() in statement


def test_a_quotation_from_a_translation_names_the_translator(client):
    translation = make_translation(answered(), translator=make_user("amina"))
    quotation = quote(make_evidence(translation.answer, translation=translation, quote="مكان"))
    Quotation.objects.update(public_on=DAY)
    response = translation.answer.response

    for path in ("/en/statement/", response.get_absolute_url(), quotation.evidence.problem.get_absolute_url()):
        html = client.get(path).content.decode()
        assert "مكان" in html
        assert 'Translated from <bdi lang="sw" dir="ltr" translate="no">Kiswahili</bdi> by <bdi>amina</bdi>' in html


def test_an_objection_removes_a_quotation_from_the_statement(client):
    quotation = quote(make_evidence(answered(), quote="ana nafasi"))
    quotation.agree()

    say(client, quotation, "object", objection="Out of context.")

    assert "ana nafasi" not in client.get("/en/statement/").content.decode()
    assert Quotation.objects.get().objection == "Out of context."


def test_authors_cannot_object_for_the_author_of_another_response(client):
    translation = review(answered())
    quotation = quote(make_evidence(answered("Mwingine ana nafasi.")))
    stranger = make_response()

    for kind, made in (("translations", translation), ("quotations", quotation)):
        for key, status in ((stranger.key, 404), ("a" * 26, 404)):
            page = client.post(f"/en/my-response/{key}/{kind}/{made.pk}/", {"action": "object", "complete": "yes"})
            assert page.status_code == status
        assert not type(made).objects.get().is_objected_to


@pytest.mark.parametrize("make", [review, lambda answer: quote(make_evidence(answer))])
def test_a_post_from_another_site_cannot_object_for_the_author(csrf_client, make):
    made = make(answered())
    kind = "translations" if isinstance(made, Translation) else "quotations"

    page = csrf_client.post(
        f"{author_of(made)}{kind}/{made.pk}/",
        {"action": "object", "complete": "yes"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert page.status_code == 403
    assert csrf_client.get(f"{author_of(made)}{kind}/{made.pk}/").url == author_of(made)
    assert not type(made).objects.get().is_objected_to


@pytest.mark.parametrize("action", ["", "nonsense", "correct"])
def test_an_unknown_action_on_a_quotation_does_nothing(client, action):
    quotation = quote(make_evidence(answered()))

    assert say(client, quotation, action, text="Other words.").status_code == 200
    assert Quotation.objects.get().awaits_author


def test_an_organizer_quotes_a_marked_passage_from_the_coding_desk(client):
    evidence = make_evidence(answered())
    clause = quote(make_evidence(answered("Mwingine ana nafasi."), problem=make_problem("other"))).clause
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    desk = client.get(f"/admin/outcomes/answertocode/{evidence.answer_id}/change/").content.decode()
    assert f'href="/admin/outcomes/quotation/add/?evidence={evidence.pk}"' in desk
    form = client.get(f"/admin/outcomes/quotation/add/?evidence={evidence.pk}").content.decode()
    assert 'lang="sw" dir="ltr"><p>nafasi</p></blockquote>' in form
    page = client.post("/admin/outcomes/quotation/add/", {"evidence": evidence.pk, "clause": clause.pk})

    assert page.url == "/admin/outcomes/quotation/"
    quotation = Quotation.objects.get(evidence=evidence)
    assert (quotation.clause, quotation.quoted_by.username, quotation.is_public) == (clause, "organizer", False)
    assert "unless its author objects" in client.get("/admin/outcomes/quotation/").content.decode()


def test_what_readers_cannot_see_cannot_be_quoted(client):
    hidden = make_evidence(make_answer(sharing="organizers"), problem=make_problem("other"))
    clause = quote(make_evidence(answered())).clause
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    page = client.post("/admin/outcomes/quotation/add/", {"evidence": hidden.pk, "clause": clause.pk})

    assert page.status_code == 302
    assert Quotation.objects.filter(evidence=hidden).count() == 0
    assert (
        "Quote it beside" not in client.get(f"/admin/outcomes/answertocode/{hidden.answer_id}/change/").content.decode()
    )


def test_a_quotation_can_only_be_made_from_a_marked_passage(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))

    for evidence in ("", "0", "x", "9" * 30):
        for page in (
            client.get("/admin/outcomes/quotation/add/", {"evidence": evidence}),
            client.post("/admin/outcomes/quotation/add/", {"evidence": evidence, "clause": "1"}),
        ):
            assert page.url == "/admin/outcomes/answertocode/"
    assert Quotation.objects.count() == 0


@pytest.mark.parametrize("group", ["Coder", "Reviewer"])
def test_only_organizers_can_quote(client, group):
    evidence = make_evidence(answered())
    client.force_login(make_user("colleague", group, is_staff=True))

    assert client.post("/admin/outcomes/quotation/add/", {"evidence": evidence.pk}).status_code == 403
    assert Response.objects.count() == 1


@pytest.mark.parametrize("make", ["translation", "quotation"])
def test_words_about_something_that_was_refused_meanwhile_come_back(client, make):
    made = review(answered()) if make == "translation" else quote(make_evidence(answered()))
    made.refuse("First.")

    page = say(client, made, "object", objection="Second, and cut off.", complete="")

    assert page.status_code == 200
    assert 'value="Second, and cut off."' in page.content.decode()


def test_words_about_something_that_is_not_shown_at_the_moment_come_back(client):
    quotation = quote(make_evidence(answered()))
    quotation.evidence.answer.response.decline("It names somebody.")

    page = say(client, quotation, "object", objection="Cut off.", complete="")

    assert page.status_code == 200
    assert 'value="Cut off."' in page.content.decode()


@pytest.mark.parametrize("make", ["translation", "quotation"])
@pytest.mark.parametrize("field", ["text", "objection"])
def test_what_an_author_has_begun_to_say_goes_along_into_another_language_of_the_page(client, make, field):
    other = review(answered("Mwingine ana nafasi."))
    made = review(answered()) if make == "translation" else quote(make_evidence(answered()))
    verb = "correct" if (field, make) == ("text", "translation") else "object"
    field = "text" if verb == "correct" else "objection"

    page = say(client, made, verb, complete="", **{field: "Neno <langu>"})
    html = page.content.decode()
    address = f"{author_of(made)}{made._meta.model_name}s/{made.pk}/".replace("/en/", "/ar/")
    form = f"{verb}-{made._meta.model_name}-{made.pk}"
    assert f'<button class="link" form="{form}" formaction="{address}" name="action" value="switch" lang="ar"' in html
    # The Enter key does not change the language.
    assert f'<button form="{form}" name="action" value="{verb}" class="default-button"' in html
    page = client.post(address, {"action": "switch", field: "Neno <langu>", "complete": "yes"})

    html = page.content.decode()
    assert 'lang="ar" dir="rtl"' in html
    assert html.count("Neno &lt;langu&gt;") == 1
    assert page.context["said"].faults == []
    made.refresh_from_db()
    assert not made.is_objected_to
    # A bookmark and a reload by the address lead to the author's page in the same language.
    assert client.get(address).url == author_of(made).replace("/en/", "/ar/")
    assert client.head(address).status_code == 302
    other.refresh_from_db()
    assert not other.is_objected_to


@pytest.mark.parametrize("verb", ["correct", "object"])
@pytest.mark.parametrize("meanwhile", ["replaced", "outdated"])
def test_words_about_a_translation_that_has_changed_since_come_back(client, verb, meanwhile):
    old = review(answered())
    if meanwhile == "replaced":
        review(old.answer, "Another wording.")
    else:
        old.answer.response.edit({old.answer.question: "Maneno mapya."})

    page = say(client, old, verb, **{"text" if verb == "correct" else "objection": "As I say it."})

    assert page.status_code == 200
    assert "This translation has changed since you opened it. Read it again." in page.content.decode()
    assert page.content.decode().count("As I say it.") == 1
    assert Translation.objects.filter(objected_on__isnull=False).count() == 0


def test_nobody_is_shown_a_suggestion_by_objecting_to_it(client):
    suggestion = make_translation(answered(), text="Not reviewed.", reviewed=False)

    assert say(client, suggestion, "object", objection="No.").status_code == 404
