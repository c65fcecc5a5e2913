"""Drafts by a machine: an adapter to a server that speaks LibreTranslate's protocol, and the queue in front of it.

Off unless MACHINE_TRANSLATION_URL names a server. Only words that are public already are sent there.
Protocol: https://docs.libretranslate.com/
"""

import logging
from datetime import timedelta

import requests
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from responses.models import Answer, MachineDraftOrder, Policy, Translation
from responses.models.answer import LONGEST_TRANSLATION

logger = logging.getLogger(__name__)

# Seconds; a long answer takes a small server a while.
_PATIENCE = 60
# An order is given up after so many times; the pause doubles from ten minutes to about a day.
MOST_TRIES = 8
_FIRST_PAUSE = timedelta(minutes=10)
# What such servers call a language, where it is not our code.
_ALIASES = {"zh-hans": ["zh"], "zh-hant": ["zt"], "pt-br": ["pb"], "nb": ["no"]}


class NotNowError(Exception):
    """The server cannot be reached, or is too busy: later, perhaps."""


class RefusedError(Exception):
    """The server will not translate this, today or tomorrow."""


def is_available() -> bool:
    return bool(settings.MACHINE_TRANSLATION_URL)


def translated(text: str, source: str, target: str) -> str:
    """What the machine makes of a text. Raises NotNowError or RefusedError."""
    codes = {each.lower(): each for each in _languages()}
    source, target = _code(source, codes), _code(target, codes)
    asked = {"q": text, "source": source, "target": target, "format": "text"}
    if settings.MACHINE_TRANSLATION_KEY:
        asked["api_key"] = settings.MACHINE_TRANSLATION_KEY
    found = _ask("POST", "translate", json=asked)
    draft = found.get("translatedText") if isinstance(found, dict) else None
    if not isinstance(draft, str) or not draft.strip() or len(draft) > LONGEST_TRANSLATION or "\x00" in draft:
        raise RefusedError("no text came back")
    return draft.replace("\r\n", "\n").replace("\r", "\n")


def _languages() -> list[str]:
    found = _ask("GET", "languages")
    try:
        return [each["code"] for each in found]
    except (TypeError, KeyError):
        raise NotNowError("the server does not say which languages it knows") from None


def _code(code, known):
    for each in (code, *_ALIASES.get(code, ())):
        if each in known:
            return known[each]
    raise RefusedError(f"the server does not know {code}")


def _ask(method, path, **body):
    address = f"{settings.MACHINE_TRANSLATION_URL.rstrip('/')}/{path}"
    try:
        # Elsewhere is not where the operator wanted the words and the key to go.
        page = requests.request(method, address, timeout=_PATIENCE, allow_redirects=False, **body)
        if page.status_code == 200:
            return page.json()
    except (requests.RequestException, ValueError) as fault:
        raise NotNowError(type(fault).__name__) from None
    if 400 <= page.status_code < 500 and page.status_code not in (401, 403, 404, 408, 425, 429):
        raise RefusedError(f"status {page.status_code}")
    raise NotNowError(f"status {page.status_code}")


def order(answer, language) -> None:
    MachineDraftOrder.objects.get_or_create(answer=answer, language=language)


def carry_out_orders(most: int = 100) -> int:
    """Ask for the drafts that are due, until the server has enough of it; the number of drafts made."""
    made = 0
    if not is_available():
        return made
    for each in MachineDraftOrder.objects.filter(due_at__lte=timezone.now())[:most]:
        # Should another process have the same list, one of the two gets the order.
        later = timezone.now() + _FIRST_PAUSE * 2**each.tries
        mine = MachineDraftOrder.objects.filter(pk=each.pk, tries=each.tries, due_at=each.due_at)
        if not mine.update(due_at=later, tries=F("tries") + 1):
            continue
        try:
            made += _carry_out(each)
        except NotNowError as fault:
            logger.warning("Machine drafts: not now (%s).", fault)
            if each.tries + 1 >= MOST_TRIES:
                MachineDraftOrder.objects.filter(pk=each.pk).delete()
            break
        except RefusedError as fault:
            logger.warning("Machine drafts: refused (%s).", fault)
        MachineDraftOrder.objects.filter(pk=each.pk).delete()
    return made


def _carry_out(order) -> bool:
    # What is not public any more, or has been translated meanwhile, is sent nowhere.
    wanted = Answer.objects.published().lacking_translation(order.language).filter(pk=order.answer_id)
    answer = wanted.select_related("response").first()
    if answer is None:
        return False
    text = translated(answer.text, answer.response.language, order.language)
    with transaction.atomic():
        if not Answer.objects.select_for_update().filter(pk=answer.pk).exists():
            return False
        shown = Policy.objects.current().shows_machine_drafts
        Translation.objects.machine_drafts().filter(answer=answer, language=order.language).delete()
        Translation.objects.create(
            answer=answer,
            language=order.language,
            text=text,
            source_text=answer.text,
            origin=Translation.Origin.MACHINE,
            public_on=Translation.day_of_publishing(answer.response) if shown else None,
        )
    return True
