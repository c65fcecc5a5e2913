"""What is done at a desk and the line about it in the log are stored together, or neither is."""

import pytest
from django.db import connection
from django.urls import reverse

from outcomes.models import Evidence, SharedAnswer
from responses.models import ReadingRequest
from tests.factories import make_answer, make_evidence, make_problem, make_user, submit
from tests.pages.test_agreement_desk import differ
from tests.pages.test_agreement_desk import typed as decided
from tests.pages.test_codebook_file import ADDRESS as CODEBOOK_FILE
from tests.pages.test_codebook_file import hidden, upload
from tests.test_codebook_import import code, qdc
from tests.test_shared_sample import set_share

pytestmark = pytest.mark.django_db


def _mark(user, client):
    problem, answer = make_problem(), make_answer("Kila mtu ana nafasi.")
    chosen = {"wording": "", "quote": "nafasi", "claim": problem.key, "stance": "supports"}
    return reverse("admin:outcomes_answertocode_change", args=[answer.pk]), chosen


def _change_mark(user, client):
    mark = make_evidence(coder=user)
    said = {"claim": mark.claim.key, "stance": "contradicts", "note": ""}
    return reverse("admin:outcomes_evidence_say", args=[mark.pk]), said


def _example(user, client):
    return reverse("admin:outcomes_evidence_example", args=[make_evidence().pk]), {"chosen": "on"}


def _agree(user, client):
    set_share(100)
    coders = [make_user(name, "Coder") for name in ("asha", "zoltan")]
    shared = differ(make_answer("Kila mtu ana nafasi. Hatuna umeme."), coders, make_problem())
    return reverse("admin:outcomes_sharedanswer_change", args=[shared.pk]), decided(shared, "first", "So.")


def _ask_for_reading(user, client):
    response = submit()
    address = reverse("admin:responses_response_change", args=[response.pk]).replace("change", "for-reviewers")
    return address, {"into": "en", "seen": response.fingerprint}


def _codebook_file(user, client):
    return CODEBOOK_FILE, hidden(upload(client, qdc(code("Few seats")))) | {"new-0": "problem"}


def _state():
    marks = Evidence.objects.values_list("pk", "stance", "is_example", "is_settled")
    agreed = SharedAnswer.objects.values_list("pk", "agreed_at")
    return set(marks), set(agreed), ReadingRequest.objects.count()


@pytest.mark.parametrize("deed", [_mark, _change_mark, _example, _agree, _ask_for_reading, _codebook_file])
def test_what_cannot_be_logged_is_not_done(client, deed):
    user = make_user("boss", "Organizer", is_staff=True)
    client.force_login(user)
    client.raise_request_exception = False
    address, sent = deed(user, client)
    before, asked = _state(), []

    def without_log(execute, sql, *how):
        if sql.startswith('INSERT INTO "django_admin_log"'):
            asked.append(sql)
            raise OSError("The disk is full.")
        return execute(sql, *how)

    with connection.execute_wrapper(without_log):
        page = client.post(address, sent)

    assert (page.status_code, len(asked)) == (500, 1)
    assert _state() == before
