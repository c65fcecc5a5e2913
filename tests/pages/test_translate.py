import pytest

from outcomes import conference_2017
from outcomes.models import Evidence
from responses.models import Answer, KnownLanguage, Reservation, Term, TermWording, Translation, Translator
from tests.factories import (
    DAY,
    make_answer,
    make_evidence,
    make_gathering,
    make_problem,
    make_response,
    make_translation,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator(client):
    user = make_user("translator", "Translator")
    client.force_login(user)
    return user


def lacking(page):
    return [answer for answer, _changes, _is_taken in page.context["desk"].lacking]


def test_the_desk_suggests_the_pairs_of_languages_a_translator_knows(client, translator):
    make_translation(make_answer(language="sw"), language="ar")
    make_answer(language="sw")
    make_answer(language="es")
    make_answer(language="ha")
    for code, reads, writes in (("sw", True, False), ("es", True, True), ("ar", False, True)):
        KnownLanguage.objects.know(translator, code, reads=reads, writes=writes)

    pairs = client.get("/en/translate/").context["pairs"]

    assert {(source.code, target.code): number for source, target, number in pairs} == {
        ("sw", "ar"): 1,
        ("es", "ar"): 1,
        ("sw", "es"): 2,
    }


def test_the_desk_can_be_filtered_by_language_and_gathering(client, translator):
    gathering = make_gathering(code="abcd2345", title="Tuesday", held_on=DAY)
    swahili, hausa = make_answer(language="sw"), make_answer(language="ha")
    there = make_response(
        {"meaning": "Hapa."}, gathering=gathering, sharing="affiliate", affiliate_name="Kikundi"
    ).answers.get()

    assert set(lacking(client.get("/en/translate/ar/"))) == {swahili, hausa, there}
    assert lacking(client.get("/en/translate/ar/?from=ha")) == [hausa]
    assert lacking(client.get("/en/translate/ar/?gathering=abcd2345")) == [there]
    assert lacking(client.get("/en/translate/ar/?from=ha&gathering=abcd2345")) == []
    assert set(lacking(client.get("/en/translate/ar/?from=klingon&gathering=none"))) == {swahili, hausa, there}


def test_the_gathering_of_a_response_without_a_name_stays_secret(client, translator):
    gathering = make_gathering(code="abcd2345", title="SECRET", held_on=DAY)
    unnamed = make_answer(gathering=gathering, sharing="unnamed")
    make_translation(make_answer(gathering=gathering, sharing="unnamed"), reviewed=False)

    assert "SECRET" not in client.get("/en/translate/ar/").content.decode()
    narrowed = client.get("/en/translate/ar/?gathering=abcd2345")
    assert (lacking(narrowed), list(narrowed.context["desk"].waiting)) == ([], [])
    for form in ("po", "xlf"):
        file = client.get(f"/en/translate/ar/from/sw.{form}").content.decode()
        assert unnamed.response.code in file
        assert "SECRET" not in file


def test_the_desk_can_be_filtered_by_the_problem_that_answers_are_evidence_for(client, translator):
    marked, _other = make_answer(), make_answer()
    make_evidence(marked, problem=make_problem("access-here", title="Access"))

    page = client.get("/en/problems/access-here/translate/ar/")

    assert lacking(page) == [marked]
    assert "/en/problems/access-here/translate/ar/" in client.get("/en/translate/ar/").content.decode()
    Evidence.objects.all().delete()
    assert "/en/problems/access-here/translate/ar/" not in client.get("/en/translate/ar/").content.decode()
    assert client.get("/en/problems/nothing/translate/ar/").status_code == 404
    client.logout()
    assert client.get("/en/problems/access-here/translate/ar/").status_code == 302


def test_an_outdated_translation_is_listed_with_what_has_changed(client, translator):
    answer = make_answer("Hawana mtandao.")
    make_translation(answer)
    Answer.objects.update(text="Hawana mtandao wa haraka.")

    assert "Hawana mtandao<ins> wa haraka</ins>." in client.get("/en/translate/ar/").content.decode()


def test_an_answer_that_somebody_has_reserved_is_marked_and_listed_last(client, translator):
    first, second = make_answer(), make_answer()
    other = make_user("other", "Translator")
    Reservation.objects.take(first, "ar", other)

    page = client.get("/en/translate/ar/")

    assert lacking(page) == [second, first]
    assert page.content.decode().count("Somebody is translating it") == 1
    assert "Somebody else is translating this" in client.get(f"/en/answers/{first.pk}/translate/ar/").content.decode()


def test_a_translator_reserves_an_answer_and_releases_it_again(client, translator):
    answer = make_answer()
    path = f"/en/answers/{answer.pk}/translate/ar/"

    typed = {"text": "نصف جملة", "note": "ملاحظة", "source_text": answer.text}

    page = client.post(path, {"action": "take", **typed}).content.decode()
    assert "Marked as yours" in page
    # The words typed so far are still in the form.
    assert ("\nنصف جملة</textarea>" in page, "\nملاحظة</textarea>" in page) == (True, True)
    page = client.post(path, {"action": "release", **typed}).content.decode()

    assert "\nنصف جملة</textarea>" in page
    assert Reservation.objects.count() == 0
    Reservation.objects.take(answer, "ar", make_user("other"))
    page = client.post(path, {"action": "take", **typed})
    assert "Somebody else is translating this" in page.content.decode()
    client.post(path, {"action": "release", **typed})
    assert Reservation.objects.count() == 1
    assert Translation.objects.count() == 0


def test_a_filter_stays_selected_even_if_it_finds_nothing(client, translator):
    gathering = make_gathering(code="abcd2345", title="Village hall")
    make_translation(make_answer(language="sw", gathering=gathering, sharing="affiliate", affiliate_name="Kikundi"))
    make_answer(language="ha")
    make_translation(make_answer(language="es"), reviewed=False)

    page = client.get("/en/translate/ar/?from=sw&gathering=abcd2345")

    assert lacking(page) == []
    html = page.content.decode()
    assert "Nothing fits what you have chosen." in html
    assert '<option value="sw" selected>' in html
    assert '<option value="abcd2345" selected>Village hall · 0</option>' in html
    # Languages of translations that wait for review are offered too.
    assert '<option value="es">español (Spanish) · 1</option>' in html


def test_reviewers_who_do_not_translate_cannot_reserve_an_answer(client):
    client.force_login(make_user("reviewer", "Reviewer"))

    client.post(f"/en/answers/{make_answer().pk}/translate/ar/", {"action": "take"})

    assert Reservation.objects.count() == 0


def test_glossary_terms_that_occur_in_the_answer_come_first(client, translator):
    conference_2017.load()
    equity = Term.objects.get(slug="equity")
    answer = make_answer("Queremos equidad para cada idioma.", language="es")
    TermWording.objects.create(term=equity, language="ha", wording="adalci")

    page = client.get(f"/en/answers/{answer.pk}/translate/ha/")

    first, *others = page.context["terms"]
    assert (first.term, first.in_source, first.in_target, first.occurs) == (equity, equity.name_es, "adalci", True)
    assert [(each.in_target, each.occurs) for each in others] == [("", False)] * 11
    html = page.content.decode()
    assert ('<span lang="es" dir="ltr"><mark>equidad</mark></span> · <span lang="ha" dir="ltr">adalci</span>') in html
    assert '<details class="group" id="glossary" open>' in html


def test_the_glossary_is_collapsed_if_no_term_occurs_in_the_answer(client, translator):
    conference_2017.load()
    answer = make_answer("Un lugar para cada persona.", language="es")

    html = client.get(f"/en/answers/{answer.pk}/translate/ha/").content.decode()

    assert '<details class="group" id="glossary">' in html


def test_a_translators_note_is_stored_and_shown_to_readers(client, translator):
    answer = make_answer("Harambee!")
    client.post(
        f"/en/answers/{answer.pk}/translate/ar/",
        {"text": "معًا!", "note": "“Harambee” is a motto.", "source_text": answer.text, "complete": "yes"},
    )
    suggestion = Translation.objects.get()
    assert suggestion.note == "“Harambee” is a motto."

    Translation.objects.update(status="reviewed", reviewed_at=suggestion.created_at, public_on=DAY)

    assert "“Harambee” is a motto." in client.get(f"/ar/responses/{answer.response.code}/").content.decode()
    assert "“Harambee” is a motto." not in client.get(f"/es/responses/{answer.response.code}/").content.decode()


def test_readers_see_the_source_language_and_the_translator_unless_unnamed(client):
    user = make_user("translator-of-this", "Translator")
    translation = make_translation(translator=user, language="es")
    path = f"/es/responses/{translation.answer.response.code}/"
    credit = 'Traducido de <bdi lang="sw" dir="ltr" translate="no">Kiswahili</bdi> por '

    assert f"{credit}<bdi>translator-of-this</bdi>" in client.get(path).content.decode()
    Translator.objects.create(user=user, is_named=False)
    html = client.get(path).content.decode()

    assert f"{credit}una persona voluntaria" in html
    assert "translator-of-this" not in html


def test_a_translator_says_which_languages_they_know_and_whether_they_are_named(client, translator):
    path = "/en/my-languages/"
    client.post(path, {"language": "ha", "reads": "on", "writes": "on"})
    client.post(path, {"language": "sw", "reads": "on"})
    client.post(path, {"language": "ha"})
    page = client.post(path, {"language": "klingon", "reads": "on"})
    client.post(path, {"action": "naming"})

    assert "Choose a language." in page.content.decode()
    assert list(KnownLanguage.objects.values_list("user", "language", "reads", "writes")) == [
        (translator.pk, "sw", True, False)
    ]
    assert list(Translator.objects.values_list("user", "is_named")) == [(translator.pk, False)]
    client.post(path, {"action": "naming", "is_named": "on"})
    assert Translator.objects.get().is_named
    assert "Kiswahili" in client.get(path).content.decode()


def test_strangers_cannot_open_the_page_about_their_languages(client):
    assert client.get("/en/my-languages/").status_code == 302


def test_the_page_of_a_problem_can_show_originals_only(client):
    answer = make_answer("Kila mtu ana nafasi.")
    make_translation(answer, language="ar", text="لكل شخص مكان.")
    make_evidence(answer, problem=make_problem("access-here"))

    assert "لكل شخص مكان." in client.get("/ar/problems/access-here/").content.decode()
    html = client.get("/ar/problems/access-here/?show=originals").content.decode()

    assert "لكل شخص مكان." not in html
    assert "<mark>nafasi</mark>" in html


def test_only_public_pages_link_to_their_other_languages(client, translator):
    html = client.get("/en/problems/").content.decode()

    assert '<link rel="alternate" hreflang="ar" href="http://testserver/ar/problems/">' in html
    assert 'rel="alternate"' not in client.get("/en/translate/").content.decode()
