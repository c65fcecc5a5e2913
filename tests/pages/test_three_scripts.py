"""An answer in one script reaches readers of another, step by step through the pages that people use."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from responses.models import Reservation, Response, Translation
from responses.models.sharing import OBJECTION_DAYS
from tests.factories import make_user

pytestmark = pytest.mark.django_db

JOURNEYS = [
    ("am", "ልዩነት ለእኛ በአንድ ገጽ ላይ የሚሰማ ብዙ ድምፅ ነው።", "ar", "التنوع عندنا أصوات كثيرة تُسمع في صفحة واحدة."),
    ("zh-hans", "多样性就是每个人都有位置。", "es", "Diversidad es que cada persona tenga su lugar."),
    ("ar", "التنوع أن يكون لكل لغة مكان.", "sv", "Mångfald är att varje språk har en plats."),
]


@pytest.mark.parametrize(("source", "original", "target", "translated"), JOURNEYS)
def test_words_in_one_script_reach_a_reader_of_another(client, source, original, target, translated):
    sent = client.post(
        "/en/respond/",
        {
            "submission": str(uuid.uuid4()),
            "action": "send",
            "meaning": original,
            "language": source,
            "sharing": "unnamed",
            "people": "1",
            "agree": "on",
            "complete": "yes",
        },
    )
    assert sent.status_code == 302
    response = Response.objects.get()
    response.accept()
    answer = response.answers.get()
    desk = f"/{target}/answers/{answer.pk}/translate/{target}/"

    client.force_login(make_user("translator", "Translator"))
    assert original in client.get(f"/{target}/translate/{target}/?from={source}").content.decode()
    client.post(desk, {"action": "take", "source_text": original})
    assert Reservation.objects.get().user.username == "translator"
    sent = client.post(desk, {"text": translated, "source_text": original, "complete": "yes"})
    assert (sent.status_code, Reservation.objects.count()) == (302, 0)
    suggestion = Translation.objects.get()
    client.force_login(make_user("other", "Translator"))
    reviewed = client.post(f"{desk}review/{suggestion.pk}/", {"seen": suggestion.fingerprint})
    assert (reviewed.status_code, reviewed.url) == (302, f"/{target}/translate/{target}/")
    client.logout()
    page = f"/{target}/responses/{response.code}/"
    assert translated not in client.get(page).content.decode()
    Translation.objects.update(public_on=timezone.localdate() - timedelta(days=OBJECTION_DAYS))

    html = client.get(page).content.decode()
    direction = "rtl" if target == "ar" else "ltr"
    assert f'<blockquote class="words" lang="{target}" dir="{direction}"><p>{translated}</p></blockquote>' in html
    assert f'lang="{source}" dir="{"rtl" if source == "ar" else "ltr"}"><p>{original}</p></blockquote>' in html
    assert "<bdi>translator</bdi>" in html
    assert translated not in client.get(f"{page}?show=originals").content.decode()
