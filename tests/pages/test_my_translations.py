import re
from datetime import timedelta

import pytest
from django.utils import timezone

from outcomes.models import Evidence
from responses.models import Answer, Recusal, Response, Translation, Translator
from tests.factories import DAY, make_answer, make_evidence, make_problem, make_translation, make_user
from tests.test_consent import quote

pytestmark = pytest.mark.django_db

PAGE = "/en/my-translations/"


@pytest.fixture
def translator(client):
    user = make_user("translator", "Translator")
    client.force_login(user)
    return user


def shown(page):
    return [work.translation for work in page.context["works"]]


def test_strangers_are_asked_to_sign_in_and_others_sent_to_the_organizers(client):
    assert client.get(PAGE).url == f"/en/accounts/login/?next={PAGE}"
    client.force_login(make_user("newcomer"))
    assert client.get(PAGE).status_code == 403


def test_other_methods_are_refused(client, translator):
    assert client.post(PAGE).status_code == 405


def test_translators_see_what_they_wrote_newest_first_and_nothing_of_others(client, translator):
    now = timezone.now()
    older = make_translation(translator=translator, created_at=now - timedelta(days=1))
    newer = make_translation(translator=translator, reviewed=False, created_at=now)
    make_translation(text="SECRET", translator=make_user("other"), reviewer=translator)
    make_translation(text="SECRET")

    page = client.get(PAGE)

    assert shown(page) == [newer, older]
    assert "SECRET" not in page.content.decode()


def test_reviewers_see_what_they_reviewed(client, translator):
    reviewed = make_translation(reviewer=translator, translator=make_user("other"))
    make_translation(translator=translator)

    page = client.get(f"{PAGE}?show=reviews")

    assert shown(page) == [reviewed]
    assert "What I have reviewed" in page.content.decode()


def test_the_list_can_be_narrowed_to_a_state(client, translator):
    waits = make_translation(translator=translator, reviewed=False)
    public = make_translation(translator=translator)

    found = {state: shown(client.get(f"{PAGE}?state={state}")) for state in ("waits", "public", "outdated")}

    assert found == {"waits": [waits], "public": [public], "outdated": []}
    assert "Nothing fits what you have chosen." in client.get(f"{PAGE}?state=outdated").content.decode()
    assert set(shown(client.get(f"{PAGE}?state=<b>"))) == {waits, public}


def test_a_page_has_twenty_and_leads_on(client, translator):
    answer = make_answer()
    for number in range(21):
        make_translation(answer, translator=translator, status="replaced", text=f"Text {number}")

    page = client.get(f"{PAGE}?state=replaced")
    following = client.get(f"{PAGE}?state=replaced&after={page.context['next'].cursor}")

    assert (len(shown(page)), len(shown(following))) == (20, 1)
    assert set(shown(page)) | set(shown(following)) == set(Translation.objects.all())
    assert following.context["next"] is None
    assert client.get(f"{PAGE}?after=nowhere").status_code == 404


def test_each_translation_says_what_became_of_it(client, translator):
    day = timezone.localdate() + timedelta(days=3)
    make_translation(translator=translator, public_on=day)
    make_translation(translator=translator, public_on=None, objected_on=DAY, objection="This is <not> mine.")
    make_translation(make_answer("Hawana mtandao."), translator=translator)
    Answer.objects.filter(text="Hawana mtandao.").update(text="Hawana mtandao wa haraka.")

    html = client.get(PAGE).content.decode()

    assert ">Reviewed. Readers see it on " in html
    assert "This is &lt;not&gt; mine." in html
    assert "Hawana mtandao<ins> wa haraka</ins>." in html


def test_a_corrected_translation_shows_how_and_by_whom(client, translator):
    answer = make_answer()
    make_translation(answer, translator=translator, status="replaced", text="لكل شخص مكان.")
    make_translation(answer, translator=make_user("other"), text="لكل شخص مقعد.", reviewer=make_user("reviewer"))

    html = client.get(PAGE).content.decode()

    assert "لكل شخص <del>مكان</del><ins>مقعد</ins>." in html
    assert "by <bdi>other</bdi>, reviewed by <bdi>reviewer</bdi>" in html


@pytest.mark.parametrize(
    "hidden",
    [
        {"sharing": "organizers"},
        {"status": "submitted", "accepted_on": None},
        {"status": "declined", "accepted_on": None, "decline_reason": "SECRET"},
    ],
)
def test_no_words_are_shown_of_a_response_that_is_not_public(client, translator, hidden):
    words = {"translator": translator, "note": "SECRET", "text": "SECRET"}
    make_translation(make_answer("SECRET"), **words)
    make_translation(make_answer("SECRET"), source_text="SECRET before", **words)
    make_translation(make_answer("SECRET"), public_on=None, objected_on=DAY, objection="SECRET", **words)
    replaced = make_translation(make_answer("SECRET"), status="replaced", **words)
    make_translation(replaced.answer, text="SECRET too")
    Response.objects.update(**hidden)

    page = client.get(PAGE)

    assert len(shown(page)) == 4
    assert "SECRET" not in page.content.decode()
    assert page.content.decode().count("Not shown: its response is not public at the moment</strong>") == 4


def test_a_withdrawn_response_leaves_nothing_here(client, translator):
    translation = make_translation(translator=translator)

    translation.answer.response.withdraw()

    assert shown(client.get(PAGE)) == []


def test_what_was_put_away_is_counted_and_not_shown(client, translator):
    known = make_translation(translator=translator, text="SECRET")
    Recusal.objects.recuse(translator, known.answer.response)

    page = client.get(PAGE)

    assert shown(page) == []
    html = page.content.decode()
    assert ("SECRET" in html, known.answer.response.code in html) == (False, False)
    assert "1 translation is not shown here, because you have put its response away." in html


def test_a_public_translation_leads_to_the_pages_that_show_it(client, translator):
    answer = make_answer("Hii ni nafasi.")
    make_translation(answer, translator=translator)
    quotation = quote(make_evidence(answer, problem=make_problem(title="Closed <doors>")))
    make_evidence(answer, problem=make_problem("hidden", title="SECRET", published=False), quote="ni")

    def links():
        _before, _told, after = client.get(PAGE).content.decode().partition("Readers see it here")
        return re.findall('<li><a href="([^"]*)"', after.partition("</ul>")[0])

    response, problem = answer.response.get_absolute_url(), "/en/problems/closed-doors/"
    assert links() == [response, problem]
    quotation.agree()
    assert links() == [response, problem, "/en/statement/2017/#clause-1"]
    html = client.get(PAGE).content.decode()
    assert ("Closed &lt;doors&gt;" in html, "SECRET" in html) == (True, False)
    assert [client.get(address).status_code for address in links()] == [200, 200, 200]
    Translation.objects.update(public_on=None)
    assert links() == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_number_of_queries_for_one_and_for_three(
    client, translator, django_assert_num_queries, number
):
    problem = make_problem()
    reviewer = make_user("reviewer", "Translator")
    Translator.objects.create(user=reviewer)
    for _ in range(number):
        answer = make_answer("Hii ni nafasi.")
        make_translation(answer, translator=translator, reviewer=reviewer)
        quote(make_evidence(answer, problem=problem)).agree()
        corrected = make_answer()
        make_translation(corrected, translator=translator, status="replaced", reviewer=reviewer)
        make_translation(corrected, translator=make_user(f"other{corrected.pk}"), reviewer=reviewer)
    client.get(PAGE)

    with django_assert_num_queries(9):
        page = client.get(PAGE)

    assert len(shown(page)) == 2 * number
    assert Evidence.objects.count() == number
