"""“I know this person” on a translator's page of an answer."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from responses.models import Recusal, Reservation, Response, Translation
from tests.factories import make_answer, make_response, make_translation, make_user, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator(client):
    user = make_user("translator", "Translator")
    client.force_login(user)
    return user


def hidden_in(page):
    """{name: value} of the hidden fields of the form that asks."""
    form = page.partition('<form id="recuse"')[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}


def path_of(answer, language="ar"):
    return f"/en/answers/{answer.pk}/translate/{language}/recuse/"


def test_the_page_of_an_answer_leads_to_it(client, translator):
    answer = make_answer()

    assert path_of(answer) in client.get(f"/en/answers/{answer.pk}/translate/ar/").content.decode()
    client.force_login(make_user("reviewer", "Reviewer"))
    assert path_of(answer) in client.get(f"/en/answers/{answer.pk}/translate/ar/").content.decode()


def test_a_translator_is_asked_once_and_then_does_not_see_it_again(client, translator):
    known, other = make_answer("Siri ya rafiki."), make_answer()
    Reservation.objects.take(known, "ar", translator)

    asked = client.get(path_of(known)).content.decode()
    assert Recusal.objects.count() == 0
    assert ("Siri ya rafiki." in asked, "The author does not learn of it." in asked) == (False, True)
    page = client.post(path_of(known), {"confirmed": "yes"})

    assert page.url == "/en/translate/ar/"
    assert list(Recusal.objects.values_list("user", "response")) == [(translator.pk, known.response.pk)]
    assert Reservation.objects.count() == 0
    desk = client.get("/en/translate/ar/")
    assert "It is put away. Somebody else takes it." in desk.content.decode()
    assert [answer for answer, _changes, _is_taken in desk.context["desk"].lacking] == [other]
    assert client.get(f"/en/answers/{known.pk}/translate/ar/").status_code == 404
    # A double click.
    assert client.post(path_of(known), {"confirmed": "yes"}).url == "/en/translate/ar/"
    assert Recusal.objects.count() == 1


def test_whoever_goes_back_still_sees_what_the_author_has_changed_meanwhile(client, translator):
    answer = make_answer("Siri ya rafiki.")
    answer.response.edit({answer.question: "Maneno mengine."}, seen=answer.response.fingerprint)
    Response.objects.get().accept()
    typed = {"text": "سر الصديق", "source_text": "Siri ya\n\nrafiki."}

    asked = client.post(path_of(answer), typed).content.decode()
    asked = client.post(path_of(answer).replace("/en/", "/ar/"), {**hidden_in(asked), "action": "switch"})
    back = {**hidden_in(asked.content.decode()), "action": "switch"}
    page = client.post(f"/en/answers/{answer.pk}/translate/ar/", back)

    assert page.context["form"]["source_text"].value().split() == ["Siri", "ya", "rafiki."]
    assert page.context["changes"]


def test_all_answers_of_the_response_go_and_in_every_language(client, translator):
    response = make_response({"meaning": "Kila mtu.", "needs": "Mtandao."})
    first, second = response.answers.all()

    client.post(path_of(first), {"confirmed": "yes"})

    paths = [f"/en/answers/{each.pk}/translate/{code}/" for each in (first, second) for code in ("ar", "es")]
    assert {client.get(path).status_code for path in paths} == {404}


def test_a_half_written_translation_can_be_copied_or_gone_on_with(client, translator):
    answer = make_answer()
    typed = {"text": "نصف <جملة", "note": "ملاحظة", "source_text": answer.text, "complete": "yes"}

    asked = client.post(path_of(answer), typed).content.decode()

    assert (asked.count("نصف &lt;جملة"), asked.count("ملاحظة")) == (2, 2)
    assert Recusal.objects.count() == 0
    in_another_language = client.post(path_of(answer).replace("/en/", "/ar/"), {**typed, "action": "switch"})
    assert "نصف &lt;جملة" in in_another_language.content.decode()
    back = client.post(f"/en/answers/{answer.pk}/translate/ar/", {**typed, "action": "switch"}).content.decode()
    assert "\nنصف &lt;جملة</textarea>" in back
    done = client.post(path_of(answer), {**typed, "confirmed": "yes"})
    assert done.status_code == 200
    assert "\nنصف &lt;جملة</textarea>" in done.content.decode()
    assert "\nملاحظة</textarea>" in done.content.decode()
    assert answer.response.code not in done.content.decode()


def test_words_from_another_window_come_back_with_the_true_reason(client, translator):
    answer = make_answer()
    Recusal.objects.recuse(translator, answer.response)

    for path in (f"/en/answers/{answer.pk}/translate/ar/", path_of(answer)):
        page = client.post(path, {"text": "نصف جملة", "source_text": answer.text, "complete": "yes"})
        html = page.content.decode()
        assert page.status_code == 409
        assert "\nنصف جملة</textarea>" in html
        assert ("You have put this response away" in html, "not public at the moment" in html) == (True, False)
    assert Translation.objects.count() == 0


def _edit(answer):
    answer.response.edit({answer.question: "Maneno mapya."})


def _hide(answer):
    answer.response.share(sharing="organizers")


def _tell_more(answer):
    answer.response.share(sharing="named", display_name="Asha")


def _tell_more_and_delete_versions(answer):
    _tell_more(answer)
    answer.response.versions.all().delete()


def _decline(answer):
    answer.response.decline("Not for us.")


@pytest.mark.parametrize("leave", [_edit, _hide, _tell_more, _tell_more_and_delete_versions, _decline])
@pytest.mark.parametrize("typed", [{}, {"text": "نصف جملة"}])
def test_what_has_left_the_readers_while_a_translator_was_asked_is_put_away(client, translator, leave, typed):
    answer = make_answer()
    leave(answer)

    page = client.post(path_of(answer), {**typed, "confirmed": "yes"})

    assert (page.status_code, "put this response away" in page.content.decode()) == (
        (200, True) if typed else (302, False)
    )
    assert list(Recusal.objects.values_list("user", "response")) == [(translator.pk, answer.response.pk)]


def test_a_translated_answer_that_its_author_has_changed_is_put_away_though_no_version_was_kept(client, translator):
    answer = make_answer()
    make_translation(answer, translator=translator)
    _edit(answer)
    answer.response.versions.all().delete()

    client.post(path_of(answer), {"confirmed": "yes"})

    assert Recusal.objects.get().response == answer.response


def _withdraw(answer):
    answer.response.withdraw()


@pytest.mark.parametrize(("leave", "confirmed"), [(_edit, {}), (_withdraw, {}), (_withdraw, {"confirmed": "yes"})])
def test_words_about_an_answer_that_is_not_public_come_back_with_the_true_reason(client, translator, leave, confirmed):
    answer = make_answer()
    leave(answer)

    page = client.post(path_of(answer), {"text": "نصف جملة", "source_text": answer.text, **confirmed})

    html = page.content.decode()
    assert page.status_code == 409
    assert "\nنصف جملة</textarea>" in html
    assert ("You have put this response away" in html, "not public at the moment" in html) == (False, True)
    assert Recusal.objects.count() == 0


def test_what_a_translator_had_sent_before_stays_for_others_to_review(client, translator):
    suggestion = make_translation(reviewed=False, translator=translator)

    client.post(path_of(suggestion.answer), {"confirmed": "yes"})

    client.force_login(make_user("other", "Translator"))
    assert list(client.get("/en/translate/ar/").context["desk"].waiting) == [suggestion]


def test_nobody_reviews_a_translation_of_what_they_have_put_away(client, translator):
    suggestion = make_translation(reviewed=False, translator=make_user("other"))
    path = f"/en/answers/{suggestion.answer.pk}/translate/ar/review/{suggestion.pk}/"
    Recusal.objects.recuse(translator, suggestion.answer.response)

    assert client.post(path, {"seen": suggestion.fingerprint}).status_code == 404
    assert Translation.objects.get().status == "suggested"


def test_strangers_and_people_with_another_task_put_nothing_away(client, csrf_client):
    answer = make_answer()

    assert client.get(path_of(answer)).url == f"/en/accounts/login/?next={path_of(answer)}"
    assert client.post(path_of(answer), {"confirmed": "yes"}).status_code == 302
    client.force_login(make_user("newcomer"))
    assert client.post(path_of(answer), {"confirmed": "yes"}).status_code == 403
    csrf_client.force_login(make_user("translator", "Translator"))
    assert csrf_client.post(path_of(answer), {"confirmed": "yes"}).status_code == 403
    assert csrf_client.put(path_of(answer)).status_code in (403, 405)
    assert Recusal.objects.count() == 0


def test_what_is_not_public_cannot_be_asked_about_here(client, translator):
    declined, changed = submit(), make_answer(sharing="organizers")
    declined.decline("Not for us.")
    _edit(changed)
    never_public = [make_answer(sharing="organizers"), submit().answers.get(), declined.answers.get(), changed]

    assert [client.get(path_of(each)).status_code for each in never_public] == [404] * 4
    assert [client.post(path_of(each), {"confirmed": "yes"}).status_code for each in never_public] == [404] * 4
    assert Recusal.objects.count() == 0


def test_a_file_holds_nothing_of_it_and_brings_nothing_back(client, translator):
    known, other = make_answer("Siri ya rafiki."), make_answer("Kila mtu.")
    before = client.get("/en/translate/ar/from/sw.po").content.decode()
    Recusal.objects.recuse(translator, known.response)

    for form in ("po", "xlf"):
        file = client.get(f"/en/translate/ar/from/sw.{form}").content.decode()
        assert (known.response.code in file, "Siri" in file, other.response.code in file) == (False, False, True)
    filled = before.replace('msgid "Siri ya rafiki."\nmsgstr ""', 'msgid "Siri ya rafiki."\nmsgstr "سر صديق."')
    assert filled != before
    page = client.post("/en/translate/ar/file/", {"file": SimpleUploadedFile("a.po", filled.encode())})

    html = page.content.decode()
    assert "you know who wrote the answer, and have put it away" in html
    assert "سر صديق." in html
    assert Translation.objects.count() == 0
    assert [number for _language, number in page.context["sources"]] == [1]
