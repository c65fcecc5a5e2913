"""One small portal: a row for every list of the administration, and somebody for each role. For tests that walk it all.

If a new list of the administration has no row here, `row_of` says so: make one in `make_rows`.
"""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from outcomes.models import AnswerToCode, Asking, Clause, CodingPlan, Export, Quotation, SharedAnswer, Statement, Topic
from responses.access.keys import key_of, sha256_of
from responses.models import (
    Contact,
    Conversation,
    Draft,
    Flag,
    Inquiry,
    Invitee,
    KnownLanguage,
    MachineDraftOrder,
    OrganizerLetter,
    Policy,
    ReadingRequest,
    Recusal,
    Response,
    Term,
    TextSource,
    TranslatorRequest,
)
from tests.factories import (
    change_current,
    make_affiliate,
    make_answer,
    make_evidence,
    make_gathering,
    make_problem,
    make_response,
    make_solution,
    make_translation,
    make_user,
    submit,
)

# Who signs in, and with which groups. Authors and hosts do not: they have a secret link.
ACCOUNTS = {
    "newcomer": [],
    "translator": ["Translator"],
    "unread_translator": ["Translator of unread words"],
    "reviewer": ["Reviewer"],
    "coder": ["Coder"],
    "organizer": ["Organizer"],
    "superuser": [],
}
AT_THE_DESKS = ("reviewer", "coder", "organizer", "superuser")
EVERYBODY = ("anonymous", "author", "host", *ACCOUNTS)
NOBODYS_KEY = key_of(uuid.UUID(int=0))


@dataclass
class Portal:
    users: dict  # {name in `ACCOUNTS`: user}
    values: dict  # {what stands in an address: its value}
    keys: dict  # {who: {the first part of an address: the key that opens it}}
    rows: dict  # {label of a model: the row that its addresses are about}

    def row_of(self, model):
        """The one that refers to most others: its page has all the links that a page of its kind may have."""
        rows = model._default_manager.order_by("pk")
        row = self.rows.get(model._meta.label) or max(rows, key=_number_of_references, default=None)
        assert row, f"Make a row of {model._meta.label} in tests/small_portal.py."
        return row


def _number_of_references(row):
    return sum(getattr(row, field.attname) is not None for field in row._meta.concrete_fields if field.many_to_one)


def make_portal() -> Portal:
    # All of them open, whatever day it is.
    change_current(closes_on=None, results_by=None)
    users = {
        name: make_user(name, *groups, is_staff=name in AT_THE_DESKS, is_superuser=name == "superuser")
        for name, groups in ACCOUNTS.items()
    }
    submission = uuid.uuid4()
    published = make_response({"meaning": "Kila mtu ana nafasi."}, submission=submission)
    answer = published.answers.get()
    french = make_translation(answer, language="fr", text="Chacun a une place.", reviewed=False)
    mark = make_evidence(answer, problem=make_problem("doors"), coder=users["coder"])
    gathering = make_gathering()
    waiting = submit({"meaning": "Maneno mapya."})
    rows = make_rows(users, answer, mark, waiting)
    own = make_response({"meaning": "Neno langu."})
    own.attach(users["newcomer"])
    values = {
        "code": published.code,
        "own": own.code,
        "slug": "doors",
        "solution": "open",
        "version": "2017",
        "language": "fr",
        "source": "sw",
        "form": "po",
        "token": "nonsense",
        "uidb36": "1",
        "answer": answer.pk,
        "translation": french.pk,
        "suggestion": french.pk,
        "mark": mark.pk,
        "gathering": gathering.code,
        "conversation": Conversation.objects.current().slug,
        "inquiry": rows["responses.Inquiry"].pk,
        "quotation": rows["outcomes.Quotation"].pk,
        "asked": rows["outcomes.Asking"].pk,
        "kind": "problem",
        "draft": rows["outcomes.Asking"].problem.pk,
        "statement": rows["outcomes.Statement"].pk,
        "webauthn": 1,  # nobody has one
        "unread": waiting.answers.get().pk,
        "english": "en",
        "content_type_id": ContentType.objects.get_for_model(Response).pk,
        "object_id": published.pk,
    }
    return Portal(users, values, _keys(submission, gathering, rows, published), rows)


def _keys(submission, gathering, rows, published):
    drafted, host = key_of(uuid.uuid4()), key_of(uuid.uuid4())
    Draft.objects.keep(drafted, {"meaning": "Bado."})
    type(gathering).objects.filter(pk=gathering.pk).update(key_hash=sha256_of(host))
    contact = Contact.objects.leave(published, "author@example.org", "en")
    theirs = key_of(submission)
    return {
        "author": {"my-response": theirs, "r": theirs, "my-draft": drafted, "stop-news": contact.stop_token},
        "host": {"my-gathering": host, "late": gathering.take_late_sheets(date(2099, 1, 1))},
        "organizer": {"stop-letters": OrganizerLetter.objects.get(user__username="organizer").stop_token},
    }


def make_rows(users, answer, mark, waiting):
    """{label: row}, of the models whose first row is not the one to look at."""
    now, today = timezone.now(), timezone.localdate()
    Invitee.objects.create(conversation=Conversation.objects.current(), affiliate=make_affiliate())
    make_solution("open")
    Term.objects.create(slug="space", name_en="Space")
    Topic.objects.create(slug="topic", name_en="Topic", source=Topic._meta.get_field("source").choices[0][0])
    Policy.objects.create(pk=1)
    Export.objects.create(file="answers.csv", size=1, taken_by=users["organizer"])
    CodingPlan.objects.create(pk=1)
    TextSource.objects.create(model="responses.question", row=1, field="prompt", language="fr", english="?")
    KnownLanguage.objects.know(users["translator"], "sw", reads=True, writes=False)
    OrganizerLetter.objects.work_in(users["organizer"], "en")
    TranslatorRequest.objects.ask("new@example.org", name="New", reads="sw", writes="fr", words="", language="en")
    MachineDraftOrder.objects.create(answer=answer, language="hi")
    ReadingRequest.objects.create(response=waiting, language="en", requested_by=users["reviewer"])
    Flag.objects.tell(answer.response, "Look.")
    inquiry = Inquiry.objects.create(response=answer.response, text="Who?", asked_at=now)
    other = make_answer("Neno lingine.")
    Recusal.objects.create(response=other.response, user=users["coder"], recused_on=today)
    shared = SharedAnswer.objects.create(answer=make_answer("Neno la tatu."))
    statement, _is_new = Statement.objects.get_or_create(
        version="2017", defaults={"title_en": "S", "announced_on": today, "published_at": now}
    )
    clause = Clause.objects.filter(statement=statement).first() or Clause.objects.create(
        statement=statement, position=1, text_en="C"
    )
    quotation = Quotation.objects.quote(clause, mark, by=users["organizer"])
    account = SocialAccount.objects.create(user=make_user("from elsewhere"), provider="mediawiki", uid="1")
    app = SocialApp.objects.create(provider="mediawiki", name="Wikimedia", client_id="1")
    SocialToken.objects.create(account=account, app=app, token="1")
    draft = make_problem("draft", published=False)
    make_evidence(answer, problem=draft)
    asking = Asking.objects.ask(draft, closes_on=today + timedelta(days=14))
    found = [asking, inquiry, shared, quotation, statement, waiting, users["translator"]]
    rows = {each._meta.label: each for each in found}
    rows["responses.Person"] = users["translator"]
    rows["outcomes.AnswerToCode"] = AnswerToCode.objects.get(pk=answer.pk)
    return rows
