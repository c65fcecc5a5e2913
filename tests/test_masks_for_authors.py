"""What an author gets to know of hidden words: a message, and all of their own words as they wrote them."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from outcomes.news_mail import send_news
from responses.exchange.data_export import author_data
from responses.models import AuthorsText, Contact, Question, Response, Translation, Version
from tests.factories import freeze, make_translation, make_user, submit
from tests.test_mask import TEXT, edit, everything_but_the_authors, mask

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("by_day", [True, False])
def test_its_author_is_told_by_mail_after_an_hour_and_once_whatever_they_change(monkeypatch, by_day):
    freeze(monkeypatch, "2026-03-10T08:00Z")
    response = submit({"meaning": TEXT}, on=date(2026, 3, 10))
    Contact.objects.leave(response, "me@example.org", "en")
    mask(response.answers.get(), "Juma Otieno")
    sent = []
    for moment in ("2026-03-10T09:00Z", "2026-03-10T09:01Z", "2026-03-11T08:00Z"):
        freeze(monkeypatch, moment)
        sent.append(send_news())
    edit(response, meaning=f"{TEXT} Sasa.")
    if not by_day:
        mask(response.answers.get(), "0700")
    freeze(monkeypatch, "2026-03-12T08:00Z")
    sent.append(send_news())

    # Other words are hidden on the same day or later: that is news of its own.
    assert sent == [0, 1, 0, int(not by_day)]
    assert "* The organizers have hidden some of your words from readers; your page says which, and why." in (
        mail.outbox[0].body.split("\n")
    )


def test_words_that_are_shown_again_within_the_hour_are_no_news(monkeypatch):
    freeze(monkeypatch, "2026-03-10T08:00Z")
    response, by = submit({"meaning": TEXT}, on=date(2026, 3, 10)), make_user("by")
    Contact.objects.leave(response, "me@example.org", "en")
    mask(response.answers.get(), "Juma Otieno", by=by).take_back(by=by)

    freeze(monkeypatch, "2026-03-10T10:00Z")

    assert send_news() == 0


SAID = "Juma Otieno ni jirani."
HIDDEN_SAID = "████ ██████ ni jirani."


def test_its_author_keeps_all_that_they_wrote_beside_the_answers(client):
    response = submit({"meaning": TEXT}, content_note=SAID)
    response.ask("Who?")
    response.reply(SAID)
    answer = response.answers.get()
    edit(response, meaning=f"{TEXT} Sasa.")
    translation = make_translation(answer)
    translation.refuse(SAID)

    for words in ("Juma", "Juma Otieno"):
        mask(answer, words)

    assert "Juma" not in everything_but_the_authors()
    again = Response.objects.get()
    assert (again.content_note, again.inquiries.get().reply) == (HIDDEN_SAID, HIDDEN_SAID)
    assert (Translation.objects.get().objection, Version.objects.get().content_note) == (HIDDEN_SAID, HIDDEN_SAID)
    data = author_data(again)
    kept = [data["content_note"], data["inquiries"][0]["reply"], data["earlier_versions"][0]["content_note"]]
    assert [*kept, data["answers"][0]["translations"][0]["objection"]] == [SAID] * 4
    key = f"/en/my-response/{response.key}/"
    for page in (client.get(key), client.get(f"{key}edit/"), client.get(f"{key}data.txt")):
        assert SAID in page.content.decode()
        assert HIDDEN_SAID not in page.content.decode()


def test_an_author_goes_on_editing_with_a_note_in_which_words_were_hidden_meanwhile():
    response = submit({"meaning": TEXT}, content_note=SAID)
    seen = response.authors_fingerprint
    mask(response.answers.get(), "Juma Otieno")
    now = Response.objects.get()
    meaning = Question.objects.get(slug="meaning")

    now.edit({meaning: f"{TEXT} Sasa."}, content={"content_note": SAID}, seen=seen)

    again = Response.objects.get()
    hidden = "███████████ ni jirani."
    assert (again.content_note, again.for_its_author.content_note) == (hidden, SAID)
    assert Version.objects.get().content_note == hidden
    assert again.earlier_versions(for_author=True)[0][0].content_note == SAID
    with pytest.raises(ValidationError, match="Leave these words out here"):
        again.edit({meaning: TEXT}, content={"content_note": "Juma Otieno, tena."})
    again.edit({meaning: TEXT}, content={"content_note": "Jirani."})
    assert Response.objects.get().for_its_author.content_note == "Jirani."
    assert AuthorsText.objects.count() == 0


def test_what_was_kept_for_its_author_goes_with_the_response():
    response = submit({"meaning": TEXT}, content_note=SAID)
    mask(response.answers.get(), "Juma Otieno")
    assert AuthorsText.objects.get().text == SAID

    Response.objects.get().withdraw()

    assert AuthorsText.objects.count() == 0


def test_a_new_objection_takes_the_place_of_one_in_which_words_were_hidden():
    answer = submit({"meaning": TEXT}).answers.get()
    translation = make_translation(answer)
    translation.refuse(SAID)
    mask(answer, "Juma Otieno")

    translation.refuse("Herufi █ si yangu.")

    assert Translation.objects.get().authors_objection == "Herufi █ si yangu."
    assert not AuthorsText.objects.exists()
