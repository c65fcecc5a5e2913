"""Machine drafts, tested against a small server that speaks LibreTranslate's protocol."""

import json
import threading
import time
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from diversity_portal import environment
from responses import machine_translation
from responses.models import Answer, MachineDraftOrder, Policy, ReadingAid, ReadingRequest, Response, Translation

from .factories import DAY, make_answer, make_translation, make_user, put, submit
from .races import overtake

pytestmark = pytest.mark.django_db


class Server(ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked, self.status, self.text = [], 200, "مسودة"
        self.languages = [{"code": code} for code in ("sw", "ar", "sv", "zh-Hans")]
        # Seconds to wait before each byte of a reply.
        self.pause = 0


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(200, self.server.languages)

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        self.answer(self.server.status, {"translatedText": self.server.text})

    def answer(self, status, body):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.server.pause:
            with suppress(OSError):
                for byte in content * 100:
                    time.sleep(self.server.pause)
                    self.wfile.write(bytes([byte]))
        else:
            self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture
def server(settings):
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    settings.MACHINE_TRANSLATION_URL = f"http://127.0.0.1:{server.server_port}"
    settings.MACHINE_TRANSLATION_KEY = "a key"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def drafts():
    return list(Translation.objects.machine_drafts().values_list("language", "text", "public_on"))


def test_an_order_becomes_a_machine_draft(server):
    answer = make_answer("Kila mtu.")
    machine_translation.order(answer, "ar")
    machine_translation.order(answer, "ar")

    assert machine_translation.carry_out_orders() == 1

    assert drafts() == [("ar", "مسودة", None)]
    assert server.asked == [{"q": "Kila mtu.", "source": "sw", "target": "ar", "format": "text", "api_key": "a key"}]
    assert MachineDraftOrder.objects.count() == 0


def test_the_server_is_asked_with_its_own_language_codes(server):
    machine_translation.order(make_answer(), "zh-hans")

    machine_translation.carry_out_orders()

    assert [asked["target"] for asked in server.asked] == ["zh-Hans"]


def test_an_order_for_a_language_the_server_does_not_know_is_deleted(server):
    machine_translation.order(make_answer(), "ha")

    assert machine_translation.carry_out_orders() == 0

    assert (MachineDraftOrder.objects.count(), server.asked) == (0, [])


def test_words_unpublished_or_translated_meanwhile_are_not_sent_to_the_server(server):
    hidden, done = make_answer(), make_answer()
    machine_translation.order(hidden, "ar")
    machine_translation.order(done, "ar")
    hidden.response.edit({hidden.question: "Changed."})
    make_translation(done)

    machine_translation.carry_out_orders()

    assert server.asked == []
    # Once somebody has read the new words, they are translated.
    assert list(MachineDraftOrder.objects.values_list("answer", "tries")) == [(hidden.pk, 0)]
    hidden.response.accept()
    MachineDraftOrder.objects.update(due_at=timezone.now())
    machine_translation.carry_out_orders()
    assert [each["q"] for each in server.asked] == ["Changed."]
    assert MachineDraftOrder.objects.count() == 0


@pytest.mark.parametrize("change", ["mask", "edit"])
def test_words_that_change_while_the_machine_works_are_translated_anew(server, monkeypatch, change):
    answer = make_answer("Mama Juma hapa.")
    machine_translation.order(answer, "ar")
    slow, reviewer = machine_translation.translated, make_user("reviewer")

    def and_meanwhile(text, *asked):
        if text == "Mama Juma hapa.":
            if change == "mask":
                Answer.objects.get().mask(0, 9, "A name.", by=reviewer, seen=answer.fingerprint)
            else:
                answer.response.edit({answer.question: "Hapa."})
                answer.response.accept()
        return slow(text, *asked)

    monkeypatch.setattr(machine_translation, "translated", and_meanwhile)

    assert [machine_translation.carry_out_orders() for _run in range(3)] == [0, 1, 0]
    # What came back for the words as they read before is nowhere.
    new = "█████████ hapa." if change == "mask" else "Hapa."
    assert list(Translation.objects.values_list("source_text", flat=True)) == [new]
    assert ([each["q"] for each in server.asked], MachineDraftOrder.objects.count()) == (["Mama Juma hapa.", new], 0)


@pytest.mark.parametrize("status", [302, 401, 404, 429, 500, 503])
def test_a_server_that_refuses_is_asked_again_later_and_finally_given_up(server, status):
    server.status = status
    machine_translation.order(make_answer(), "ar")

    pauses = []
    for _time in range(machine_translation.MOST_TRIES - 1):
        machine_translation.carry_out_orders()
        pauses.append(MachineDraftOrder.objects.get().due_at - timezone.now())
        assert machine_translation.carry_out_orders() == 0  # not due
        MachineDraftOrder.objects.update(due_at=timezone.now())
    machine_translation.carry_out_orders()

    assert pauses == sorted(pauses)
    assert timedelta(minutes=9) < pauses[0] < timedelta(minutes=11)
    assert len(server.asked) == machine_translation.MOST_TRIES
    assert MachineDraftOrder.objects.count() == 0
    assert drafts() == []


@pytest.mark.parametrize(
    "languages",
    [{}, [], [{"code": None}], [{"code": 1}], [{"code": ["sw"]}], ["sw"], b"[" * 100_000, b"\xff", b"x" * 3_000_000],
)
def test_a_server_that_answers_nonsense_is_asked_again_later(server, languages):
    server.languages = languages
    machine_translation.order(make_answer(), "ar")

    call_command("housekeeping", "--no-mail")

    assert MachineDraftOrder.objects.get().tries == 1
    assert drafts() == []


def test_a_server_whose_reply_never_ends_is_asked_again_later(server, monkeypatch):
    monkeypatch.setattr(machine_translation, "_PATIENCE", 0.3)
    server.pause = 0.1
    machine_translation.order(make_answer(), "ar")

    began = time.monotonic()
    assert machine_translation.carry_out_orders() == 0

    assert time.monotonic() - began < 10
    assert MachineDraftOrder.objects.get().tries == 1


def test_a_draft_that_the_author_refused_is_not_made_again(server, client, capsys):
    answer = make_answer()
    make_translation(answer, origin="machine", reviewed=False, text="مسودة").refuse("Never by a machine_translation.")
    client.force_login(make_user("translator", "Translator"))
    path = f"/en/answers/{answer.pk}/translate/ar/"

    assert "Ask for a machine draft" not in client.get(path).content.decode()
    assert "This is a machine’s draft" in client.get(path).content.decode()
    client.post(path, {"action": "draft", "text": "", "source_text": answer.text})
    call_command("order_machine_drafts", "sw", "ar")
    machine_translation.order(answer, "ar")
    machine_translation.carry_out_orders()

    assert Translation.objects.get().objection == "Never by a machine_translation."
    assert server.asked == []


def test_changed_words_get_a_new_draft_and_the_objection_to_the_earlier_one_is_kept(server):
    answer = make_answer("Kila mtu.")
    make_translation(answer, origin="machine", reviewed=False, text="قديمة", source_text="Before.")
    make_translation(answer, language="sv", origin="machine", reviewed=False, source_text="Before.").refuse("No.")

    call_command("order_machine_drafts", "sw", "ar")
    machine_translation.order(answer, "sv")
    machine_translation.carry_out_orders()

    kept = Translation.objects.values_list("language", "source_text", "objection").order_by("language", "source_text")
    assert list(kept) == [("ar", "Kila mtu.", ""), ("sv", "Before.", "No."), ("sv", "Kila mtu.", "")]


@pytest.mark.parametrize("text", ["", "  ", None, 5, "x" * 60_001, "a\x00b", "a\ud800b"])
def test_a_reply_that_is_not_usable_text_does_not_become_a_draft(server, text):
    server.text = text
    machine_translation.order(make_answer(), "ar")

    assert machine_translation.carry_out_orders() == 0

    assert (drafts(), MachineDraftOrder.objects.count()) == ([], 0)


def test_an_unreachable_server_is_asked_again_later(settings):
    settings.MACHINE_TRANSLATION_URL = "http://127.0.0.1:9"
    machine_translation.order(make_answer(), "ar")

    call_command("housekeeping", "--no-mail")

    assert MachineDraftOrder.objects.get().tries == 1


def test_without_a_server_no_drafts_are_offered(client):
    answer = make_answer()
    client.force_login(make_user("translator", "Translator"))

    assert machine_translation.carry_out_orders() == 0
    assert "machine" not in client.get(f"/en/answers/{answer.pk}/translate/ar/").content.decode()
    client.post(f"/en/answers/{answer.pk}/translate/ar/", {"action": "draft"})
    assert MachineDraftOrder.objects.count() == 0
    with pytest.raises(CommandError):
        call_command("order_machine_drafts", "sw", "ar")


def test_a_translator_orders_a_draft_and_improves_it(client, server, capsys):
    answer, path = make_answer(), "/en/answers/{}/translate/ar/"
    path = path.format(answer.pk)
    client.force_login(make_user("translator", "Translator"))
    assert "Ask for a machine draft" in client.get(path).content.decode()

    page = client.post(path, {"action": "draft", "text": "نصف", "source_text": answer.text}).content.decode()
    assert ("A machine draft is on its way" in page, "\nنصف</textarea>" in page) == (True, True)
    call_command("housekeeping", "--no-mail")
    html = client.get(path).content.decode()

    assert "\nمسودة</textarea>" in html
    assert "This is a machine’s draft" in html
    assert "Machine drafts made: 1." in capsys.readouterr().out
    page = client.post(path, {"text": "مسودة", "source_text": answer.text, "complete": "yes"})
    assert "This is the machine’s draft, word for word." in page.content.decode()
    client.post(path, {"text": "كل شخص.", "source_text": answer.text, "complete": "yes"})
    assert Translation.objects.by_people().get().translator.username == "translator"


def test_drafts_can_be_ordered_for_all_untranslated_answers_of_a_language(server, capsys):
    make_answer()
    make_answer()
    make_translation(make_answer())
    make_translation(make_answer(), origin="machine", reviewed=False)

    call_command("order_machine_drafts", "sw", "ar")

    assert MachineDraftOrder.objects.count() == 2
    with pytest.raises(CommandError):
        call_command("order_machine_drafts", "sw", "klingon")


def test_readers_see_drafts_only_if_organizers_allow_it_and_the_author_had_time_to_object(client, server):
    answer = make_answer("Kila mtu.", language="sw")
    make_translation(answer, origin="machine", reviewed=False, text="مسودة")
    path = f"/ar/responses/{answer.response.code}/"
    assert "مسودة" not in client.get(path).content.decode()

    Translation.objects.show_machine_drafts(True)
    assert "مسودة" not in client.get(path).content.decode()
    draft = Translation.objects.get()
    assert draft.public_on == timezone.localdate() + timedelta(days=7)
    Translation.objects.update(public_on=timezone.localdate())

    html = client.get(path).content.decode()
    assert html.index("Kila mtu.") < html.index(">مسودة<")
    assert "مسودة أعدّتها آلة" in html
    assert "مسودة" not in client.get(f"{path}?show=originals").content.decode()
    Translation.objects.show_machine_drafts(False)
    assert ">مسودة<" not in client.get(path).content.decode()


def test_under_earlier_terms_silence_does_not_publish_a_draft(server):
    answer = make_answer()
    Response.objects.update(terms_version="1")
    answer = Answer.objects.get()
    make_translation(answer, origin="machine", reviewed=False)

    Translation.objects.show_machine_drafts(True)

    assert Translation.objects.get().public_on is None


def test_a_draft_that_was_hidden_waits_for_its_author_again_before_it_is_shown_again(server):
    make_translation(make_answer(), origin="machine", reviewed=False)
    Translation.objects.show_machine_drafts(True)
    # The day of publishing stands in the row, but the organizers have hidden drafts again.
    Translation.objects.show_machine_drafts(False)
    Translation.objects.update(public_on=DAY)

    assert list(Translation.objects.readable()) == []
    Translation.objects.show_machine_drafts(True)

    assert list(Translation.objects.readable()) == []
    assert Translation.objects.get().public_on == timezone.localdate() + timedelta(days=7)
    Translation.objects.update(public_on=DAY)
    Translation.objects.show_machine_drafts(True)
    assert Translation.objects.get().public_on == DAY


def test_showing_drafts_takes_eleven_queries_however_many_there_are(django_assert_num_queries):
    for _ in range(5):
        make_translation(make_answer(), origin="machine", reviewed=False)

    with django_assert_num_queries(11):
        Translation.objects.show_machine_drafts(True)


def test_a_translation_written_while_the_machine_works_takes_precedence(server, monkeypatch):
    answer = make_answer("Kila mtu.")
    machine_translation.order(answer, "ar")
    slow = machine_translation.translated

    def and_meanwhile(*asked):
        make_translation(answer)
        return slow(*asked)

    monkeypatch.setattr(machine_translation, "translated", and_meanwhile)

    assert machine_translation.carry_out_orders() == 0
    assert drafts() == []


def test_one_run_ends_after_its_time_limit_and_asks_for_the_languages_once(server, monkeypatch):
    for _ in range(3):
        machine_translation.order(make_answer(), "ar")
    asked = []
    monkeypatch.setattr(machine_translation, "_languages", lambda: asked.append(1) or ["sw", "ar"])

    assert (machine_translation.carry_out_orders(), len(asked)) == (3, 1)
    machine_translation.order(make_answer(), "ar")
    monkeypatch.setattr(machine_translation, "_LONGEST_RUN", -1)
    assert machine_translation.carry_out_orders() == 0
    assert MachineDraftOrder.objects.get().tries == 0


def test_a_new_draft_becomes_public_if_the_policy_says_so(server):
    Translation.objects.show_machine_drafts(True)
    machine_translation.order(make_answer(), "ar")

    machine_translation.carry_out_orders()

    assert drafts() == [("ar", "مسودة", timezone.localdate() + timedelta(days=7))]


def test_an_organizer_changes_the_policy_in_the_admin(client):
    client.force_login(make_user("organizer", "Organizer", is_staff=True))
    page = client.get("/admin/responses/policy/", follow=True)

    client.post(page.request["PATH_INFO"], {"shows_machine_drafts": "on"})

    assert Policy.objects.get().shows_machine_drafts


def test_the_privacy_page_names_the_server(client, server):
    assert "<bdi>127.0.0.1</bdi>" in client.get("/en/privacy/").content.decode()


@pytest.mark.parametrize("address", ["translate.example.org", "ftp://x", "https://", "https://x/?key=1"])
def test_an_invalid_address_of_the_server_is_refused(monkeypatch, address):
    monkeypatch.setenv("SOME_URL", address)

    with pytest.raises(ImproperlyConfigured, match="SOME_URL"):
        environment.web_address("SOME_URL")


def test_showing_drafts_leaves_those_hidden_that_their_author_refused():
    refused, waiting = (make_translation(reviewed=False, origin="machine") for _ in range(2))
    refused.refuse()

    Translation.objects.show_machine_drafts(True)

    assert dict(Translation.objects.values_list("pk", "public_on")) == {
        refused.pk: None,
        waiting.pk: timezone.localdate() + timedelta(days=7),
    }


def test_a_machine_does_not_bring_back_words_that_the_author_has_refused(server):
    answer = make_answer()
    make_translation(answer, text=server.text, translator=make_user("translator")).refuse()
    machine_translation.order(answer, "ar")

    assert machine_translation.carry_out_orders() == 0
    assert list(Translation.objects.machine_drafts()) == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_no_draft_is_kept_of_words_that_their_author_takes_back_while_the_machine_works(server):
    withdrawn, edited = make_answer("Moja."), make_answer("Mbili.")
    for answer, take_back in (
        (withdrawn, withdrawn.response.withdraw),
        (edited, lambda: edited.response.edit({edited.question: "Tatu."})),
    ):
        machine_translation.order(answer, "ar")

        assert overtake(take_back, machine_translation.carry_out_orders) == (None, 0)
        assert drafts() == []
    # It is asked for again once somebody has read the new words.
    assert list(MachineDraftOrder.objects.values_list("answer", flat=True)) == [edited.pk]
    # With the answer that was withdrawn, its order is gone before it can be carried out.
    assert [each["q"] for each in server.asked] == ["Mbili."]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_processes_only_one_asks_the_machine(server):
    machine_translation.order(make_answer(), "ar")

    assert overtake(machine_translation.carry_out_orders, machine_translation.carry_out_orders) == (1, 0)
    assert (len(server.asked), len(drafts())) == (1, 1)


# --- Words that nobody has read yet ----------------------------------------------------------------------------------

UNREAD = [
    (status, sharing)
    for status in Response.Status.values
    for sharing in ("unnamed", "organizers", "organizers, ticked")
]


def make_unread(sharing):
    """What a reviewer waits for, also from the machine."""
    choice, _comma, ticked = sharing.partition(", ")
    response = submit({"meaning": "Siri."}, sharing=choice, may_be_translated=bool(ticked))
    ReadingRequest.objects.create(response=response, language="ar", by_machine=True)
    return response


@pytest.mark.parametrize(("status", "sharing"), UNREAD)
def test_a_server_that_is_not_declared_as_ones_own_never_gets_unread_words(server, status, sharing):
    response = make_unread(sharing)
    answer = response.answers.get()
    machine_translation.order(answer, "ar")
    MachineDraftOrder.objects.get_or_create(answer=answer, language="sv")
    put(response, status)

    call_command("housekeeping", "--no-mail")

    # What is public by now is no secret.
    assert len(server.asked) == (2 if (status, sharing) == ("accepted", "unnamed") else 0)
    assert ReadingAid.objects.count() == 0


@pytest.mark.parametrize(("status", "sharing"), UNREAD)
def test_ones_own_server_gets_what_its_author_and_the_status_allow_when_it_is_sent(server, settings, status, sharing):
    settings.MACHINE_TRANSLATION_IS_OWN = True
    response = make_unread(sharing)
    put(response, status)

    made = machine_translation.make_reading_aids()

    allowed = {"unnamed": {"submitted", "asked"}, "organizers, ticked": {"submitted", "asked", "accepted"}}
    sent = status in allowed.get(sharing, ())
    assert (made, [asked["q"] for asked in server.asked]) == ((1, ["Siri."]) if sent else (0, []))
    aids = ReadingAid.objects.values_list("language", "text", "source_text", "translator", "by_machine")
    assert list(aids) == ([("ar", "مسودة", "Siri.", None, True)] if sent else [])
    assert drafts() == []


def test_the_machine_translates_once_and_anew_after_an_edit(server, settings):
    settings.MACHINE_TRANSLATION_IS_OWN = True
    response = make_unread("unnamed")

    made = [machine_translation.make_reading_aids(), machine_translation.make_reading_aids()]
    response.edit({response.answers.get().question: "Mpya."})
    made.append(machine_translation.make_reading_aids())

    assert (made, [asked["q"] for asked in server.asked]) == ([1, 0, 1], ["Siri.", "Mpya."])
    assert ReadingAid.objects.get().source_text == "Mpya."


@pytest.mark.parametrize("change", ["keep", "withdraw", "edit", "accept", "unask"])
def test_nothing_is_kept_of_words_that_change_while_ones_own_machine_works(server, settings, monkeypatch, change):
    settings.MACHINE_TRANSLATION_IS_OWN = True
    response = make_unread("unnamed")

    def meanwhile(*asked, ask=machine_translation.translated):
        text = ask(*asked)
        if change == "keep":
            response.share(sharing="organizers")
        elif change == "edit":
            response.edit({response.answers.get().question: "Mpya."})
        elif change == "unask":
            ReadingRequest.objects.update(by_machine=False)
        else:
            getattr(response, change)()
        return text

    monkeypatch.setattr(machine_translation, "translated", meanwhile)

    assert (machine_translation.make_reading_aids(), ReadingAid.objects.count()) == (0, 0)


def test_what_ones_own_machine_refuses_is_left_to_people(server, settings):
    settings.MACHINE_TRANSLATION_IS_OWN = True
    server.status = 400
    make_unread("unnamed")

    assert machine_translation.make_reading_aids() == 0
    assert list(ReadingRequest.objects.waiting().values_list("by_machine", flat=True)) == [False]


def test_ones_own_machine_that_is_away_is_asked_again_in_the_next_run(server, settings):
    settings.MACHINE_TRANSLATION_IS_OWN = True
    server.status = 503
    make_unread("unnamed")

    before = machine_translation.make_reading_aids()
    server.status = 200

    assert (before, machine_translation.make_reading_aids()) == (0, 1)


def test_a_language_that_only_its_author_can_name_is_for_people(server, settings):
    settings.MACHINE_TRANSLATION_IS_OWN = True
    response = submit(language="und", language_name="Yamba")
    ReadingRequest.objects.create(response=response, language="ar", by_machine=True)

    assert (machine_translation.make_reading_aids(), server.asked) == (0, [])


def test_the_housekeeping_tells_how_many_answers_ones_own_machine_has_translated(server, settings, capsys):
    settings.MACHINE_TRANSLATION_IS_OWN = True
    make_unread("unnamed")

    call_command("housekeeping", "--no-mail")

    assert "Translations for reviewers made by a machine: 1." in capsys.readouterr().out
