import pytest

from responses.models import Answer, Translation
from tests.factories import make_answer, make_response, make_translation, make_user, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator(client):
    user = make_user("translator", "Translator")
    client.force_login(user)
    return user


def paths_of(answer):
    return [
        "/en/translate/",
        "/en/translate/ar/",
        f"/en/answers/{answer.pk}/translate/ar/",
    ]


def test_strangers_are_asked_to_sign_in(client):
    for path in paths_of(make_answer()):
        assert client.get(path).url == f"/en/accounts/login/?next={path}"


def test_somebody_who_is_not_a_translator_is_sent_to_the_organizers(client):
    client.force_login(make_user("newcomer"))

    for path in paths_of(make_answer()):
        page = client.get(path)
        assert page.status_code == 403
        assert "Ask the organizers" in page.content.decode()
        assert "Sign out" in page.content.decode()


def test_other_methods_are_refused(client, translator):
    answer = make_answer()

    assert client.post("/en/translate/").status_code == 405
    assert client.post("/en/translate/ar/").status_code == 405
    assert client.put(f"/en/answers/{answer.pk}/translate/ar/").status_code == 405
    assert client.get(f"/en/answers/{answer.pk}/translate/ar/review/1/").status_code == 405


def test_the_desk_counts_the_untranslated_answers_of_each_language(client, translator):
    make_translation(make_answer(language="sw"), language="ar")
    make_answer(language="sw")
    make_answer(language="ar")
    make_answer(language="sw", sharing="organizers")

    page = client.get("/en/translate/")

    assert {language.code: number for language, number in page.context["left"]} == {"ar": 1, "sw": 1, "en": 3}


def test_choosing_a_language_leads_to_its_desk(client, translator):
    assert client.get("/en/translate/?language=ha").url == "/en/translate/ha/"
    assert client.get("/en/translate/?language=klingon").status_code == 200


@pytest.mark.parametrize("language", ["xx", "klingon", "%00"])
def test_an_unknown_language_is_not_found(client, translator, language):
    assert client.get(f"/en/translate/{language}/").status_code == 404
    assert client.get(f"/en/answers/{make_answer().pk}/translate/{language}/").status_code == 404


def test_the_desk_lists_untranslated_answers_and_translations_that_wait_for_review(client, translator):
    missing = make_answer()
    waiting = make_translation(make_answer(), reviewed=False, translator=make_user("other"))
    outdated = make_translation(make_answer(), source_text="Before.").answer
    make_translation(make_answer())
    submit()
    make_translation(make_answer(sharing="organizers"), reviewed=False, translator=make_user("another"))

    page = client.get("/en/translate/ar/")

    lacking = {answer for answer, _changes, _is_taken in page.context["desk"].lacking}
    assert (lacking, list(page.context["desk"].waiting)) == ({missing, outdated}, [waiting])


def test_a_translation_that_is_sent_waits_for_review(client, translator):
    answer = make_answer("Kila mtu.\nNa kila lugha.")

    page = client.post(
        f"/en/answers/{answer.pk}/translate/ar/",
        {"text": "كل شخص.\r\nوكل لغة.", "source_text": "Kila mtu.\r\nNa kila lugha.", "complete": "yes"},
    )

    assert page.url == "/en/translate/ar/"
    translation = Translation.objects.get()
    assert (translation.text, translation.status, translation.translator, translation.is_outdated) == (
        "كل شخص.\nوكل لغة.",
        "suggested",
        translator,
        False,
    )


def test_a_blank_translation_comes_back_with_the_reason(client, translator):
    answer = make_answer()

    page = client.post(
        f"/en/answers/{answer.pk}/translate/ar/", {"text": "  ", "source_text": answer.text, "complete": "yes"}
    )

    assert "Write the translation first." in page.content.decode()
    assert Translation.objects.count() == 0


def test_switching_the_language_keeps_the_translation(client, translator):
    answer = make_answer()

    page = client.post(
        f"/ar/answers/{answer.pk}/translate/es/", {"text": "Media fra", "source_text": "x", "action": "switch"}
    )

    assert "\nMedia fra</textarea>" in page.content.decode()
    assert Translation.objects.count() == 0


def test_an_answer_is_not_translated_into_its_own_language(client, translator):
    answer = make_answer(language="ar")

    assert client.get(f"/en/answers/{answer.pk}/translate/ar/").status_code == 404


def test_unpublished_answers_cannot_be_translated(client, translator):
    hidden = [make_answer(sharing="organizers"), submit().answers.get()]

    paths = [f"/en/answers/{answer.pk}/translate/ar/" for answer in hidden] + ["/en/answers/999999999999/translate/ar/"]
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    assert [client.post(path, {"text": "x", "source_text": "x"}).status_code for path in paths] == [409, 409, 409]
    assert Translation.objects.count() == 0


def test_a_translation_of_an_answer_unpublished_meanwhile_comes_back_with_every_word(client, translator):
    answer = make_answer()
    answer.response.edit({answer.question: "Changed."})

    page = client.post(
        f"/en/answers/{answer.pk}/translate/ar/",
        {"text": "ساعة من العمل", "note": "ملاحظة", "source_text": "x", "complete": "yes"},
    )
    only_a_note = client.post(f"/en/answers/{answer.pk}/translate/ar/", {"note": "ملاحظة", "source_text": "x"})

    assert page.status_code == 409
    assert "\nساعة من العمل</textarea>" in page.content.decode()
    assert "\nملاحظة</textarea>" in page.content.decode()
    assert "\nملاحظة</textarea>" in only_a_note.content.decode()


@pytest.mark.parametrize("way", ["signed out", "not a translator any more"])
def test_somebody_who_may_no_longer_translate_gets_their_words_back(client, translator, way):
    path = f"/en/answers/{make_answer().pk}/translate/ar/"
    if way == "signed out":
        client.logout()
    else:
        translator.groups.clear()

    page = client.post(path, {"text": "ساعة من العمل", "note": "ملاحظة", "source_text": "x", "complete": "yes"})

    assert page.status_code == 403
    assert "\nساعة من العمل</textarea>" in page.content.decode()
    assert "\nملاحظة</textarea>" in page.content.decode()
    assert f'href="/en/accounts/login/?next={path}"' in page.content.decode()
    assert Translation.objects.count() == 0


def reworded(before, now):
    """An answer that its author has changed."""
    answer = make_answer(before)
    answer.response.keep_version()
    Answer.objects.filter(pk=answer.pk).update(text=now)
    answer.refresh_from_db()
    return answer


def test_a_translation_of_an_earlier_wording_is_stored_and_its_translator_told(client, translator):
    answer = reworded("Hawana mtandao.", "Hawana mtandao wa haraka.")
    path = f"/en/answers/{answer.pk}/translate/ar/"

    page = client.post(path, {"text": "بلا", "source_text": "Hawana mtandao.", "complete": "yes"}, follow=True)

    assert page.request["PATH_INFO"] == path
    assert "the author has changed the answer meanwhile" in page.content.decode()
    assert Translation.objects.get().is_outdated


def test_the_changes_are_still_shown_after_a_change_of_language_or_a_mistake(client, translator):
    answer = make_answer("Hawana mtandao wa haraka.")
    make_translation(answer, source_text="Hawana mtandao.")
    path = f"/en/answers/{answer.pk}/translate/ar/"

    for typed in ({"text": "بلا", "action": "switch"}, {"text": "", "complete": "yes"}):
        html = client.post(path, {**typed, "source_text": answer.text}).content.decode()
        assert "<ins> wa haraka</ins>" in html


def test_a_translation_that_the_author_refused_cannot_be_sent_again(client, translator):
    answer = make_answer()
    make_translation(answer, text="لكل شخص مكان.").refuse("Not what I said.")

    page = client.post(
        f"/en/answers/{answer.pk}/translate/ar/",
        {"text": "لكل شخص مكان.", "source_text": answer.text, "complete": "yes"},
    )

    assert "has objected to this very translation" in page.content.decode()
    assert Translation.objects.suggested().count() == 0


def test_a_translation_that_arrived_incomplete_is_not_stored(client, translator):
    answer = make_answer()

    page = client.post(f"/en/answers/{answer.pk}/translate/ar/", {"text": "نصف", "source_text": answer.text})

    assert "Not all of it arrived" in page.content.decode()
    assert Translation.objects.count() == 0


def test_a_translator_at_work_is_shown_what_the_author_changes_meanwhile(client, translator):
    answer = reworded("Hawana mtandao.", "Hawana mtandao wa haraka.")

    page = client.post(
        f"/sv/answers/{answer.pk}/translate/ar/", {"text": "بلا", "source_text": "Hawana mtandao.", "action": "switch"}
    )

    html = page.content.decode()
    assert "Hawana mtandao<ins> wa haraka</ins>." in html
    assert "\nHawana mtandao.</textarea>" in html


def test_an_outdated_suggestion_cannot_be_reviewed(client, translator):
    suggestion = make_translation(reviewed=False, translator=make_user("other"), source_text="Before the edit.")
    path = f"/en/answers/{suggestion.answer_id}/translate/ar/review/{suggestion.pk}/"

    page = client.post(path, {"seen": suggestion.fingerprint}, follow=True)

    assert "The answer has changed since it was translated" in page.content.decode()
    assert list(Translation.objects.reviewed()) == []


def test_the_page_shows_what_has_changed_since_an_answer_was_translated(client, translator):
    answer = make_answer("Hawana mtandao.")
    make_translation(answer, text="بلا إنترنت.")
    Answer.objects.update(text="Hawana mtandao wa haraka.")

    html = client.get(f"/en/answers/{answer.pk}/translate/ar/").content.decode()

    assert "Hawana mtandao<ins> wa haraka</ins>." in html
    assert "\nبلا إنترنت.</textarea>" in html
    assert "The reviewed translation is outdated" in html


def test_another_translator_can_mark_a_suggestion_as_reviewed(client, translator):
    suggestion = make_translation(reviewed=False, translator=make_user("other"))
    path = f"/en/answers/{suggestion.answer_id}/translate/ar/review/{suggestion.pk}/"

    client.post(path, {"seen": suggestion.fingerprint})

    assert Translation.objects.reviewed().get().reviewer == translator


def test_translators_cannot_review_their_own_suggestions(client, translator):
    suggestion = make_translation(reviewed=False, translator=translator)
    path = f"/en/answers/{suggestion.answer_id}/translate/ar/"

    assert "mark as reviewed" not in client.get(path).content.decode()
    client.post(f"{path}review/{suggestion.pk}/", {"seen": suggestion.fingerprint})
    assert list(Translation.objects.reviewed()) == []


def test_a_suggestion_that_changed_after_it_was_read_cannot_be_reviewed(client, translator):
    suggestion = make_translation(reviewed=False, translator=make_user("other"))
    seen = suggestion.fingerprint
    Translation.objects.update(text="Slipped in.")

    page = client.post(
        f"/en/answers/{suggestion.answer_id}/translate/ar/review/{suggestion.pk}/",
        {"seen": seen},
        follow=True,
    )

    assert "has changed since you opened it" in page.content.decode()
    assert list(Translation.objects.reviewed()) == []


def test_a_suggestion_for_another_answer_or_language_is_not_found(client, translator):
    elsewhere = make_translation(reviewed=False, translator=make_user("other"))
    answer = make_answer()

    for path in (
        f"/en/answers/{answer.pk}/translate/ar/review/{elsewhere.pk}/",
        f"/en/answers/{elsewhere.answer_id}/translate/es/review/{elsewhere.pk}/",
        f"/en/answers/{elsewhere.answer_id}/translate/ar/review/{'9' * 30}/",
    ):
        assert client.post(path, {"seen": elsewhere.fingerprint}).status_code == 404


def test_reviewers_who_do_not_translate_can_read_and_review(client):
    client.force_login(make_user("reviewer", "Reviewer"))
    suggestion = make_translation(reviewed=False, translator=make_user("other"))
    path = f"/en/answers/{suggestion.answer_id}/translate/ar/"

    html = client.get(path).content.decode()
    client.post(path, {"text": "Mine.", "source_text": "x"})

    assert "mark as reviewed" in html
    assert "Your translation" not in html
    assert list(Translation.objects.values_list("text", flat=True)) == ["لكل شخص مكان."]


def test_sending_a_translation_needs_the_csrf_token(csrf_client):
    csrf_client.force_login(make_user("translator", "Translator"))
    answer = make_answer()

    page = csrf_client.post(f"/en/answers/{answer.pk}/translate/ar/", {"text": "x", "source_text": "x"})

    assert page.status_code == 403
    assert "Your words are still in your browser" in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_the_same_number_of_queries_for_one_row_and_for_three(
    client, translator, django_assert_num_queries, number
):
    for _ in range(number):
        make_response({"meaning": "1"})
    answer = make_answer()
    for each in range(number):
        make_translation(answer, reviewed=False, translator=make_user(f"translator-{each}"))

    with django_assert_num_queries(
        7
    ):  # session, user, permissions (2), counts of answers and of translations, languages
        client.get("/en/translate/")
    # session, user, permissions (2), languages and gatherings of what is lacking and of what waits, problems and
    # solutions, lacking with its reservations and outdated translations, waiting
    with django_assert_num_queries(14):
        client.get("/en/translate/ar/")
    # session, user, permissions (2), answer, translations, those objected to, reservation, terms
    with django_assert_num_queries(9):
        client.get(f"/en/answers/{answer.pk}/translate/ar/")


@pytest.fixture
def outdated():
    return make_translation(make_answer(), source_text="Before.", translator=make_user("first", "Translator"))


def vouch(client, translation, seen=None):
    path = f"/en/answers/{translation.answer.pk}/translate/ar/still-correct/{translation.pk}/"
    page = client.post(path, {"seen": translation.answer.fingerprint if seen is None else seen})
    translation.refresh_from_db()
    return page


def test_a_reviewer_can_mark_an_outdated_translation_as_still_correct(client, outdated):
    client.force_login(make_user("reviewer", "Reviewer"))
    assert "It is still correct" in client.get(f"/en/answers/{outdated.answer.pk}/translate/ar/").content.decode()

    assert vouch(client, outdated).status_code == 302

    assert (outdated.is_outdated, outdated.text, outdated.reviewer.username) == (False, "لكل شخص مكان.", "reviewer")
    # Its author has time to object again.
    assert not outdated.is_public
    assert Translation.objects.count() == 1


def test_only_a_reviewer_who_read_the_current_words_can_mark_a_translation_as_still_correct(client, outdated):
    client.force_login(make_user("reviewer", "Reviewer"))

    vouch(client, outdated, seen="another")

    assert outdated.is_outdated
    outdated.refuse("Not so.")
    vouch(client, outdated)
    assert (outdated.is_outdated, outdated.is_objected_to) == (True, True)


def test_only_reviewers_of_others_translations_can_mark_one_as_still_correct(client, outdated):
    client.force_login(make_user("newcomer"))
    assert vouch(client, outdated).status_code == 403

    reviewer = make_user("both", "Translator", "Reviewer")
    Translation.objects.update(translator=reviewer)
    client.force_login(reviewer)
    vouch(client, outdated)

    assert outdated.is_outdated
    assert "It is still correct" not in client.get(f"/en/answers/{outdated.answer.pk}/translate/ar/").content.decode()


@pytest.mark.parametrize("action", [{"complete": "yes"}, {"action": "switch"}, {"action": "take"}])
def test_words_that_the_author_never_wrote_are_not_taken_for_the_original(client, translator, action):
    answer = make_answer("Hawana mtandao.")
    path = f"/en/answers/{answer.pk}/translate/ar/"

    html = client.post(path, {"text": "بلا", "source_text": "MANENO MENGINE", **action}).content.decode()

    assert "MENGINE" not in html
    assert "\nبلا</textarea>" in html
    assert "\nHawana mtandao.</textarea>" in html
    assert Translation.objects.count() == 0
    # The page has the original again, so that it can be sent.
    client.post(path, {"text": "بلا", "source_text": answer.text, "complete": "yes"})
    assert Translation.objects.get().source_text == answer.text


@pytest.mark.parametrize("seen", ["  Hawana   mtandao.\r\n", "Hawana\u00a0mtandao."])
def test_an_original_that_a_browser_spaces_otherwise_is_the_original(client, translator, seen):
    answer = make_answer("Hawana mtandao.")

    client.post(f"/en/answers/{answer.pk}/translate/ar/", {"text": "بلا", "source_text": seen, "complete": "yes"})

    assert Translation.objects.get().source_text == answer.text


def test_a_copy_of_the_original_is_sent_only_if_its_translator_says_that_it_is_right(client, translator):
    answer = make_answer("WikiCite")
    path = f"/en/answers/{answer.pk}/translate/ar/"
    sent = {"text": " WikiCite", "source_text": "WikiCite", "complete": "yes"}
    assert 'name="copy"' not in client.get(path).content.decode()

    html = client.post(path, sent).content.decode()
    assert "This is the same as the original" in html
    assert 'name="copy"' in html
    assert Translation.objects.count() == 0

    client.post(path, sent | {"copy": "on"})
    assert Translation.objects.get().text == " WikiCite"


def test_what_is_to_be_reviewed_stands_before_the_form_for_a_translation_of_ones_own(client, translator):
    suggestion = make_translation(reviewed=False, translator=make_user("other"), text="بلا إنترنت.")

    html = client.get(f"/en/answers/{suggestion.answer_id}/translate/ar/").content.decode()

    assert html.index("بلا إنترنت.") < html.index("mark as reviewed") < html.index('<form id="translation"')
