"""All pages, mails and files, while one coder of the shared sample is done: as if nobody had marked anything."""

import re

import pytest
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.core import mail
from django.urls import URLPattern, get_resolver

from outcomes.models import Coding, Evidence, SharedAnswer
from outcomes.news_mail import send_news
from outcomes.organizer_mail import send_letters
from responses.models import Contact, KnownLanguage
from tests.factories import make_evidence, make_problem, make_response, make_solution, make_translation, make_user
from tests.pages.test_recusal_everywhere import addresses_of_the_administration, translators_addresses
from tests.test_architecture import ROOT, RULED
from tests.test_shared_sample import finish, set_share

pytestmark = pytest.mark.django_db

TEXT = "Kila mtu ana nafasi. Hatuna umeme."


def public_addresses(answer):
    """Every page that needs no address of its own, and those of the answer and of what it was marked for."""
    found = [f"/en/responses/{answer.response.code}/", "/en/problems/doors/", "/en/solutions/rooms/"]
    found += [f"/en/problems/doors/?after={mark.pk}" for mark in Evidence.objects.all()]
    found += [f"/en/my-response/{answer.response.key}/", f"/en/my-response/{answer.response.key}/data.json"]
    for resolver in get_resolver().url_patterns:
        for pattern in getattr(resolver, "url_patterns", [resolver]):
            inner = getattr(pattern, "url_patterns", [pattern])
            found += [
                f"/{resolver.pattern if resolver is not pattern else ''}{each.pattern}"
                for each in inner
                if isinstance(each, URLPattern) and not each.pattern.converters and "^" not in str(each.pattern)
            ]
    return sorted({each for each in found if "admin" not in each and "accounts" not in each})


@pytest.fixture
def marked():
    """An answer with marks of every kind, of one coder, who is done with it."""
    set_share(100)
    response = make_response({"meaning": TEXT})
    answer = response.answers.select_related("question").get()
    # It knows its secret link.
    answer.response = response
    translation = make_translation(answer, language="en", text="Everybody has a place. We have no power.")
    coder, doors, rooms = make_user("asha", "Coder", is_staff=True), make_problem("doors"), make_solution("rooms")
    marks = [
        make_evidence(answer, problem=doors, coder=coder, note="Neno la siri"),
        make_evidence(answer, problem=doors, quote="a place", translation=translation, coder=coder),
        make_evidence(answer, solution=rooms, quote="umeme", coder=coder),
        make_evidence(answer, solution=rooms, quote="Hatuna", stance="contradicts", coder=coder),
    ]
    LogEntry.objects.log_actions(coder.pk, marks, ADDITION)
    LogEntry.objects.log_actions(coder.pk, marks[3:], DELETION, change_message="Neno la siri")
    marks[3].take_back()
    # One whose words were edited away.
    Evidence.objects.filter(pk=marks[2].pk).update(quote="hayapo", lost_on="2026-03-01")
    finish(answer, coder)
    return answer


# What is another one each time.
_CHANGING = re.compile(r'(?:nonce|data-copy|value)="[^"]{16,}"|page-\w{8}')


def shown(client, addresses):
    """{address: page}"""
    pages = {}
    for address in addresses:
        page = client.get(address, follow=True)
        body = b"".join(page) if page.streaming else page.content
        pages[address] = _CHANGING.sub("", body.decode("utf-8", "replace"))
    return pages


CODED = "/admin/outcomes/answertocode/?coding=some"


def unmark():
    Evidence.objects.all().delete()
    Coding.objects.all().delete()
    LogEntry.objects.all().delete()


# A superuser sees what organizers see, and more.
@pytest.mark.parametrize("role", ["nobody", "Coder", "superuser"])
def test_every_page_is_as_if_nobody_had_marked_anything(client, marked, role):
    addresses = public_addresses(marked)
    if role != "nobody":
        user = make_user("somebody", role, is_staff=True, is_superuser=role == "superuser")
        KnownLanguage.objects.create(user=user, language="sw", reads=True)
        client.force_login(user)
        addresses += [*addresses_of_the_administration(), *translators_addresses(marked)]
        addresses += [f"/admin/outcomes/problem/?o={n}" for n in (3, 4)]
        addresses += [f"/admin/outcomes/answertocode/?coding={each}" for each in ("none", "some", "all")]
        addresses += ["/admin/outcomes/evidence/?state=lost"]
        addresses += [f"/admin/outcomes/evidence/{pk}/delete/" for pk in Evidence.objects.values_list("pk", flat=True)]
        addresses += [f"/admin/auth/user/{pk}/delete/" for pk in Coding.objects.values_list("coder", flat=True)]
    with_marks = shown(client, addresses)

    unmark()

    without = shown(client, addresses)
    # Whoever wants to delete a problem has to know that something hangs on it, but neither whose nor where.
    told = [address for address in addresses if with_marks[address] != without[address] and "/delete/" not in address]
    assert told == []
    asked = {address: page for address, page in with_marks.items() if "/delete/" in address}
    named = [address for address, page in asked.items() if f"{marked} →" in page]
    named += [address for address, page in asked.items() if "/outcomes/" in address and "asha" in page]
    assert named == []
    assert len(addresses) > (20 if role == "nobody" else 100)


# Pages that show marks once they are agreed on, so that the test above can fail. … stands for what names a row.
SHOWING = {
    "/en/problems/",
    "/en/problems/doors/",
    "/admin/outcomes/evidence/",
    "/admin/outcomes/evidence/…/change/",
    "/admin/outcomes/evidence/…/history/",
    "/admin/outcomes/problem/",
    "/admin/outcomes/problem/…/delete/",
    CODED,
    "/admin/outcomes/answertocode/…/change/",
}


def test_the_pages_above_do_show_marks_once_they_are_agreed_on(client, marked):
    SharedAnswer.objects.update(agreed_at="2026-03-02T12:00Z", both_finished_at="2026-03-02T12:00Z")
    Evidence.objects.update(is_settled=True)
    client.force_login(make_user("somebody", is_staff=True, is_superuser=True))
    pages = {
        address: re.sub("[0-9]+|[a-z0-9]{26}", "…", address)
        for address in [*public_addresses(marked), *addresses_of_the_administration(), CODED]
    }
    addresses = [address for address, page in pages.items() if page in SHOWING]
    with_marks = shown(client, addresses)

    unmark()

    without = shown(client, addresses)
    assert {pages[each] for each in addresses if with_marks[each] != without[each]} == SHOWING


def test_no_mail_tells_of_it(marked):
    Contact.objects.create(
        response=marked.response, email="author@example.org", left_on="2026-03-01", delete_on="2030-01-01"
    )
    make_user("boss", "Organizer", is_staff=True)

    def mails():
        mail.outbox.clear()
        send_news()
        send_letters()
        return [(each.to, each.body) for each in mail.outbox]

    # Letters to coders say how many answers are to be marked: of no answer, and by nobody's name.
    words = {True: "doors|rooms|asha|marked", False: "doors|rooms|asha"}
    found = [body for to, body in mails() if re.search(words[to == ["author@example.org"]], body)]

    assert found == []


# A desk that forgot it would begin with one of these.
_MINDFUL = "published|settled|visible_to|to_look_at_by|to_export|mark|propose|examples|keep_lost"
_FORGETFUL = re.compile(rf"(?:Evidence\.objects|\.evidence)\.(?!(?:{_MINDFUL})\()\w+\(")


def test_whoever_asks_for_marks_outside_of_the_models_says_whose():
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in RULED
        if "models" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if _FORGETFUL.search(line)
    ]

    assert found == []
