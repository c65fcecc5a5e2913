"""Organizers answer people who would like to translate; their words and addresses go no further."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from outcomes.waiting import waiting_for
from responses.models import KnownLanguage, Person, TranslatorRequest
from tests.factories import change_current, make_user, show_again

pytestmark = pytest.mark.django_db

LIST = "/admin/responses/translatorrequest/"


def ask(email="nia@example.org", **told):
    told = {"name": "Nia", "reads": "sw, English", "writes": "Kiswahili", "words": "Niko.", "language": "sw"} | told
    return TranslatorRequest.objects.ask(email, **told)


def page_of(row):
    return f"{LIST}{row.pk}/change/"


@pytest.fixture
def organizer(client):
    user = make_user("olga", "Organizer", is_staff=True)
    client.force_login(user)
    show_again(client)
    return user


def let_in(client, row, **typed):
    suggested = client.get(page_of(row)).context["letting_in"].initial
    posted = {f"in-{name}": value for name, value in ({"words": ""} | suggested | typed).items()}
    return client.post(page_of(row), posted | {"action": "let_in"})


def decline(client, row, **typed):
    seen = client.get(page_of(row)).context["declining"]["seen"].value()
    return client.post(page_of(row), {"action": "decline", "seen": seen} | typed)


def roles_of(username):
    return [str(each.value) for each in Person.objects.get(username=username).roles]


@pytest.mark.parametrize("answer", [let_in, decline])
def test_requests_are_answered_only_by_who_has_just_shown_who_they_are(client, answer):
    client.force_login(make_user("olga", "Organizer", is_staff=True))
    row = ask()

    asked = answer(client, row, words="Karibu.", reason="Samahani.")
    waits = TranslatorRequest.objects.count()
    client.post(asked.url, {"password": "a long password"})

    assert asked.url.startswith("/en/accounts/reauthenticate/")
    assert (waits, TranslatorRequest.objects.count(), len(mail.outbox)) == (1, 0, 1)


def test_who_is_let_in_gets_an_account_the_role_their_languages_and_a_mail_in_their_language(client, organizer):
    page = let_in(client, ask(), words="Karibu.")

    assert page.url == LIST
    assert TranslatorRequest.objects.count() == 0
    nia = User.objects.get(username="Nia")
    assert (roles_of("Nia"), nia.is_staff, nia.email) == (["Translator"], False, "nia@example.org")
    known = KnownLanguage.objects.filter(user=nia).values_list("language", "reads", "writes")
    assert set(known) == {("sw", True, True), ("en", True, False)}
    [sent] = mail.outbox
    assert sent.to == ["nia@example.org"]
    assert [said for said in ("Karibu.", "/sw/translate/", "/password/reset/key/") if said not in sent.body] == []


def test_the_log_says_who_has_let_somebody_in_and_none_of_their_words(client, organizer):
    let_in(client, ask(), words="Karibu.")
    declined = ask("omar@example.org", name="Omar")
    decline(client, declined, reason="Samahani.")

    nia = User.objects.get(username="Nia")
    entries = LogEntry.objects.order_by("pk").values_list("user__username", "object_repr", "change_message")
    assert list(entries) == [
        ("olga", str(nia.pk), "Role given: Translator."),
        ("olga", f"{declined.asked_on}, {declined.pk}", "Declined"),
    ]


def test_who_has_an_account_with_this_address_becomes_a_translator_there(client, organizer):
    make_user("amina")

    let_in(client, ask("Amina@example.org"))

    assert (roles_of("amina"), User.objects.count()) == (["Translator"], 2)
    [sent] = mail.outbox
    assert sent.to == ["amina@example.org"]
    assert "/password/reset/key/" not in sent.body


def test_who_asked_while_signed_in_becomes_a_translator_there_and_hears_of_it_where_they_said(client, organizer):
    wikimedian = User.objects.create_user("Amina W", first_name="Amina W")

    let_in(client, ask("elsewhere@example.org", account=wikimedian))

    assert roles_of("Amina W") == ["Translator"]
    [sent] = mail.outbox
    assert sent.to == ["elsewhere@example.org"]
    assert "/sw/translate/" in sent.body


@pytest.mark.parametrize("taken", ["Nia", "NIA", "Niа"])
def test_a_name_that_somebody_has_is_not_given_twice(client, organizer, taken):
    make_user(taken)
    row = ask("new@example.org")

    page = let_in(client, row, username="Nia")
    suggested = client.get(page_of(row)).context["letting_in"].initial["username"]
    let_in(client, row)

    assert page.context["letting_in"].errors.keys() == {"__all__"}
    assert suggested == "Nia 2"
    assert roles_of("Nia 2") == ["Translator"]


@pytest.mark.parametrize(("name", "suggested"), [("<b>Nia</b>", "bNiab"), ("…", "translator"), ("نِيا", "نِيا")])
def test_any_name_can_be_asked_with_and_a_user_name_is_suggested(client, organizer, name, suggested):
    row = ask(name=name)

    page = client.get(page_of(row))

    assert page.context["letting_in"].initial["username"] == suggested


def test_a_name_that_very_many_have_is_suggested_with_a_number(client, organizer):
    User.objects.bulk_create(User(username=f"Nia {n}" if n > 1 else "Nia") for n in range(1, 1002))

    page = client.get(page_of(ask()))

    assert page.context["letting_in"].initial["username"] == "Nia 1002"


def test_who_is_declined_reads_why_in_a_mail_in_the_language_of_their_form(client, organizer):
    row = ask()

    page = decline(client, row, reason="Tuna watafsiri wa kutosha.")

    assert page.url == LIST
    assert (TranslatorRequest.objects.count(), User.objects.count()) == (0, 1)
    [sent] = mail.outbox
    assert (sent.to, "Tuna watafsiri wa kutosha." in sent.body) == (["nia@example.org"], True)


def test_without_a_reason_nobody_is_declined(client, organizer):
    page = decline(client, ask(), reason=" ")

    assert page.context["declining"].errors.keys() == {"reason"}
    assert (TranslatorRequest.objects.count(), mail.outbox) == (1, [])


@pytest.mark.parametrize(("answer", "typed"), [(let_in, {"username": "Nia"}), (decline, {"reason": "No."})])
def test_if_the_mail_cannot_be_sent_the_request_stays(client, organizer, settings, answer, typed):
    nobody_listens = {"host": "127.0.0.1", "port": 1, "timeout": 5}
    settings.MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": nobody_listens}
    }

    page = answer(client, ask(), **typed)

    assert "The mail could not be sent, so nothing was changed." in page.content.decode()
    assert (TranslatorRequest.objects.count(), User.objects.count(), LogEntry.objects.count()) == (1, 1, 0)


def test_a_request_that_somebody_else_has_answered_is_not_answered_again(client, organizer):
    row = ask()
    let_in(client, row)
    mail.outbox.clear()

    page = client.post(page_of(row), {"action": "decline"}, follow=True)
    typed = client.post(page_of(row), {"action": "decline", "in-words": " ", "reason": "Not <yet>, because."})

    assert "Somebody has answered this request, or it has expired." in page.content.decode()
    assert typed.status_code == 404
    assert "somebody has answered it, merged it or deleted it meanwhile" in typed.content.decode()
    assert "\nNot &lt;yet&gt;, because.</textarea>" in typed.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(("answer", "typed"), [(let_in, {"username": "Nia"}), (decline, {"reason": "No."})])
@pytest.mark.parametrize("told", [{"name": "Other"}, {"writes": "fr"}, {"account": True}])
def test_a_request_that_was_sent_again_in_other_words_is_read_again_first(client, organizer, answer, typed, told):
    row = ask()
    page = client.get(page_of(row))
    seen = page.context["declining"]["seen"].value()
    ask(**(told | ({"account": make_user("other")} if "account" in told else {})))
    mail.outbox.clear()

    page = answer(client, row, seen=seen, **typed)

    assert "was sent again in other words meanwhile. Read it once more." in page.content.decode()
    assert (TranslatorRequest.objects.count(), mail.outbox, LogEntry.objects.count()) == (1, [], 0)
    form = page.context["letting_in" if answer is let_in else "declining"]
    assert form["seen"].value() == TranslatorRequest.objects.get().fingerprint
    answer(client, row, **typed)
    assert TranslatorRequest.objects.count() == 0


def test_a_request_that_is_sent_again_while_it_is_answered_stays():
    row = ask()
    ask(name="Other")

    assert not TranslatorRequest.objects.take(row)
    assert TranslatorRequest.objects.take(TranslatorRequest.objects.get())


def test_another_mailbox_is_another_request():
    asked = [ask("ada@strasse.example"), ask("ada@straße.example"), ask("ADA@strasse.example")]

    assert asked[2] == asked[0] != asked[1]


def test_no_page_shows_the_address(client, organizer):
    row = ask()

    assert [each for each in (LIST, page_of(row)) if "nia@example.org" in client.get(each).content.decode()] == []
    assert client.get(f"{LIST}?email__startswith=n").status_code in (302, 400)


def test_words_are_shown_as_they_run(client, organizer):
    html = client.get(page_of(ask(words="أنا هنا <b>"))).content.decode()

    assert '<div class="words" dir="auto"><p>أنا هنا &lt;b&gt;</p></div>' in html


@pytest.mark.parametrize("role", ["Translator", "Reviewer", "Coder"])
def test_nobody_but_organizers_answers(role):
    client, row = Client(), ask()
    client.force_login(make_user("somebody", role, is_staff=True))
    show_again(client)

    assert [client.get(each).status_code for each in (LIST, page_of(row))] == [403, 403]
    assert client.post(page_of(row), {"action": "decline", "reason": "No."}).status_code == 403
    assert TranslatorRequest.objects.count() == 1


def test_what_waits_names_them_with_their_age(organizer, clock):
    change_current(results_by=None)
    first = ask()
    clock("2026-03-15")
    ask("omar@example.org")

    [waiting] = waiting_for(organizer)

    assert (waiting.kind, waiting.number, waiting.days) == ("translator_requests", 2, 5)
    assert (waiting.first, waiting.everything) == (page_of(first), LIST)
    assert waiting_for(make_user("reviewer", "Reviewer", is_staff=True)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, organizer, django_assert_num_queries, number):
    for n in range(number):
        ask(f"{n}@example.org")
    client.get(LIST)

    with django_assert_num_queries(6):
        client.get(LIST)
