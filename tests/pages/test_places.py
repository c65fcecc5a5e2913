"""Coders and translators who read both languages say where a marked passage stands in a translation; readers see it."""

import html as escaped
import re

import pytest

from outcomes.models import Evidence, Place
from outcomes.models.place import pair
from responses.models import Answer, Translation
from tests.factories import make_answer, make_evidence, make_translation, make_user
from tests.test_shared_sample import set_share

pytestmark = pytest.mark.django_db

SWAHILI = "Kila mtu ana nafasi. Hatuna umeme."
ENGLISH = "Everybody has a place. We have no power."


@pytest.fixture
def mark():
    return make_evidence(make_answer(SWAHILI), quote="Hatuna umeme")


@pytest.fixture
def english(mark):
    return make_translation(mark.answer, language="en", text=ENGLISH)


@pytest.fixture
def coder(client):
    user = make_user("coder", "Coder", is_staff=True)
    client.force_login(user)
    return user


@pytest.fixture
def translator(client):
    user = make_user("translator", "Translator")
    client.force_login(user)
    return user


def desk(mark, translation):
    return f"/admin/outcomes/answertocode/{mark.answer.pk}/places/?in={translation.pk if translation else ''}"


def translators(mark, translation):
    return f"/en/answers/{mark.answer.pk}/translate/{translation.language}/places/{mark.pk}/".replace(
        "/places/", f"/{translation.pk}/places/"
    )


def typed(mark, text, quote, start="", **more):
    fields = {"quote": quote, "start": start, "seen": pair(mark, text)}
    return {f"place-{mark.pk}-{name}": value for name, value in fields.items()} | {"action": f"place-{mark.pk}"} | more


def marked(page):
    return re.findall("<mark>([^<]+)</mark>", page.content.decode())


def said(page):
    return [str(message) for message in page.context["messages"]]


def confirmed():
    return [(each.evidence, each.translation, each.confirmed_by.username) for each in Place.objects.all()]


# At the coding desk


def test_the_coding_desk_leads_to_the_other_wordings(client, coder, mark, english):
    html = client.get(f"/admin/outcomes/answertocode/{mark.answer.pk}/change/").content.decode()

    assert {desk(mark, None), desk(mark, english)} == set(re.findall('href="([^"]*/places/[^"]*)"', html))


def test_a_coder_gets_a_proposal_and_confirms_it(client, coder, mark, english):
    page = client.get(desk(mark, english))
    assert marked(page) == ["We have no power."]

    page = client.post(desk(mark, english), typed(mark, ENGLISH, "no power"), follow=True)

    assert said(page) == ["Confirmed: readers see the passage marked there."]
    assert marked(page) == ["no power"]
    assert confirmed() == [(mark, english, "coder")]


def test_words_that_are_not_there_are_refused(client, coder, mark, english):
    page = client.post(desk(mark, english), typed(mark, ENGLISH, "No light"), follow=True)

    assert "\nNo light</textarea>" in page.content.decode()
    assert "<title>Error: " in page.content.decode()
    assert said(page) == ["This passage is not in the text. Copy it from there, letter for letter."]
    assert confirmed() == []


@pytest.mark.parametrize("typed_start", ["-1", "many", "999999999999999999999999"])
def test_a_start_that_makes_no_sense_is_refused_or_not_used(client, coder, mark, english, typed_start):
    page = client.post(desk(mark, english), typed(mark, ENGLISH, "no power", typed_start), follow=True)

    assert page.status_code == 200
    assert len(said(page)) == 1


def test_texts_that_have_changed_meanwhile_are_looked_at_again(client, coder, mark, english):
    sent = typed(mark, ENGLISH, "no power")
    Translation.objects.update(text=f"{ENGLISH} Again.")

    page = client.post(desk(mark, english), sent, follow=True)

    assert said(page) == ["One of the two texts has changed since you opened this page. Look at both again."]
    assert confirmed() == []


def test_a_mark_that_was_taken_back_meanwhile_is_not_there(client, coder, mark, english):
    sent = typed(mark, ENGLISH, "no power")
    Evidence.objects.all().delete()

    page = client.post(desk(mark, english), sent, follow=True)

    assert said(page) == ["The mark was taken back."]


def test_an_answer_that_was_withdrawn_meanwhile_is_said_so(client, coder, mark, english):
    address = desk(mark, english)
    mark.answer.response.withdraw()

    page = client.get(address)

    assert (page.status_code, page.context["title"]) == (409, "No longer at this desk")
    assert page.context["reason"] == "The author of this answer has changed or withdrawn it."


def test_what_was_typed_for_one_place_survives_confirming_another(client, coder, mark, english):
    other = make_evidence(mark.answer, problem=mark.problem, quote="nafasi")

    page = client.post(desk(mark, english), typed(other, ENGLISH, "half a wo") | typed(mark, ENGLISH, "no power"))

    assert said(page) == ["Confirmed: readers see the passage marked there."]
    assert "\nhalf a wo</textarea>" in page.content.decode()


@pytest.mark.parametrize("chosen", ["1", "x", "9" * 40])
def test_another_wording_is_not_found(client, coder, mark, english, chosen):
    assert client.get(f"/admin/outcomes/answertocode/{mark.answer.pk}/places/?in={chosen}").status_code == 404


def test_marks_that_are_not_agreed_on_are_at_nobody_elses_desk(client, coder):
    set_share(100)
    mark = make_evidence(make_answer(SWAHILI), quote="Hatuna umeme", coder=make_user("other"))
    english = make_translation(mark.answer, language="en", text=ENGLISH)

    page = client.get(desk(mark, english))
    sent = client.post(desk(mark, english), typed(mark, ENGLISH, "no power"), follow=True)

    assert marked(page) == []
    assert said(sent) == ["The mark was taken back."]


# While translating


def test_a_translator_sees_where_a_passage_could_stand_in_their_translation(client, translator, mark, english):
    page = client.get(f"/en/answers/{mark.answer.pk}/translate/en/")

    assert marked(page) == ["We have no power."]


def test_a_translator_confirms_the_place_in_a_suggestion_and_it_holds_once_it_is_reviewed(client, translator, mark):
    suggestion = make_translation(mark.answer, language="en", text=ENGLISH, reviewed=False, translator=translator)

    sent = typed(mark, ENGLISH, "no power", action="confirm")
    words = {"text": "Half a <sentence>", "note": "A note", "source_text": SWAHILI}
    page = client.post(translators(mark, suggestion), sent | words)
    assert said(page) == ["Thank you. Readers see the passage marked there."]
    # The fields are those of the form of the translation, whose words come back.
    html = page.content.decode()
    assert ("\nHalf a &lt;sentence&gt;</textarea>" in html, "\nA note</textarea>" in html) == (True, True)
    assert set(re.findall('form="([^"]*)"[^>]* name="place-', html)) == {"translation"}
    suggestion.refresh_from_db()
    assert suggestion.text == ENGLISH
    suggestion.review(by=make_user("reviewer"), seen=suggestion.fingerprint)
    suggestion.agree()

    assert marked(client.get(f"/en/problems/{mark.claim.slug}/")) == [
        "no power",
        "Hatuna umeme",
    ]


def test_a_translator_is_told_when_the_original_has_changed(client, translator, mark, english):
    sent = typed(mark, ENGLISH, "no power", action="confirm")
    Answer.objects.update(text=f"{SWAHILI} Tena.")
    Translation.objects.update(source_text=f"{SWAHILI} Tena.")

    page = client.post(translators(mark, english), sent, follow=True)

    assert said(page) == ["One of the two texts has changed since you opened this page. Look at both again."]


def test_a_translation_of_older_words_is_not_asked_about(client, translator, mark, english):
    Translation.objects.update(source_text="Zamani.")

    assert 'id="places"' not in client.get(f"/en/answers/{mark.answer.pk}/translate/en/").content.decode()


def test_a_mark_that_was_taken_back_while_somebody_translates_costs_no_word(client, translator, mark, english):
    sent = typed(mark, ENGLISH, "no power", action="confirm")
    Evidence.objects.all().delete()

    page = client.post(translators(mark, english), sent | {"text": "Half a sentence"})

    assert said(page) == ["The mark was taken back."]
    assert "\nHalf a sentence</textarea>" in page.content.decode()


def test_only_translators_confirm_and_only_by_post(client, mark, english):
    address, sent = translators(mark, english), typed(mark, ENGLISH, "no power", action="confirm")
    assert client.post(address, sent).status_code == 302
    client.force_login(make_user("somebody"))
    assert client.post(address, sent).status_code == 403
    client.force_login(make_user("translator", "Translator"))
    assert client.get(address).url == f"/en/answers/{mark.answer.pk}/translate/en/"
    switched = client.post(address.replace("/en/a", "/sv/a"), sent | {"action": "switch", "text": "Half"})
    assert "\nHalf</textarea>" in switched.content.decode()

    assert confirmed() == []


# For readers


def test_readers_see_the_passage_in_the_original_only_until_its_place_is_confirmed(client, coder, mark, english):
    address = f"/en/problems/{mark.claim.slug}/"
    before = marked(client.get(address))

    client.post(desk(mark, english), typed(mark, ENGLISH, "no power"))

    assert (before, marked(client.get(address))) == (["Hatuna umeme"], ["no power", "Hatuna umeme"])


def test_readers_of_another_translation_see_what_was_marked_in_theirs_once_it_is_confirmed(client, coder):
    answer = make_answer(SWAHILI)
    english = make_translation(answer, language="en", text=ENGLISH)
    swedish = make_translation(answer, language="sv", text="Alla har en plats. Vi har ingen ström.")
    mark = make_evidence(answer, quote="no power", translation=english)
    address = f"/sv/problems/{mark.claim.slug}/"
    before = escaped.unescape(client.get(address).content.decode())

    client.post(desk(mark, swedish), typed(mark, swedish.text, "ingen ström"))

    page = client.get(address)
    assert "no power" in before
    assert marked(page) == ["ingen ström"]
    assert "no power" not in page.content.decode()
