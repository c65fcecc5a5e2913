"""Machine translation: an adapter to a server that speaks LibreTranslate's protocol, and the queue in front of it.

It is off unless MACHINE_TRANSLATION_URL names a server. Only words that are already public are sent there; words that
nobody has read yet, only if MACHINE_TRANSLATION_IS_OWN says that the server is the operator's own.
Protocol: https://docs.libretranslate.com/
"""

import json
import logging
import time
from datetime import timedelta

import requests
import urllib3
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F
from django.utils import timezone
from django.utils.text import normalize_newlines

from responses.languages import UNLISTED
from responses.models import Answer, MachineDraftOrder, Policy, ReadingAid, ReadingRequest, Translation
from responses.models.answer import LONGEST_TRANSLATION
from responses.models.decision import Status
from responses.models.reading_aid import answers_to_read
from responses.validators import check_storable, is_blank

logger = logging.getLogger(__name__)

# Seconds for one request; a small server needs a while for a long answer.
_PATIENCE = 60
# Seconds for one run of `housekeeping`, so that its other tasks are not held up.
_LONGEST_RUN = 300
# Bytes: many times what the longest draft needs.
_LARGEST_ANSWER = 2_000_000
# An order is given up after this many tries. The pause between them doubles, from ten minutes to about a day.
MOST_TRIES = 8
_FIRST_PAUSE = timedelta(minutes=10)
# Codes that such servers use for a language, if they differ from ours.
_ALIASES = {"zh-hans": ["zh"], "zh-hant": ["zt"], "pt-br": ["pb"], "nb": ["no"]}


class NotNowError(Exception):
    """The server cannot be reached or is too busy. It may work later."""


class RefusedError(Exception):
    """The server will never translate this."""


def is_available() -> bool:
    return bool(settings.MACHINE_TRANSLATION_URL)


def may_have_unread_words() -> bool:
    """Whether words that nobody has read yet may be sent to the server."""
    return is_available() and settings.MACHINE_TRANSLATION_IS_OWN


def translated(text: str, source: str, target: str, codes: list[str]) -> str:
    """A machine's translation of a text. codes: the languages it knows. Raises NotNowError or RefusedError."""
    known = {each.lower(): each for each in codes}
    source, target = _code(source, known), _code(target, known)
    asked = {"q": text, "source": source, "target": target, "format": "text"}
    if settings.MACHINE_TRANSLATION_KEY:
        asked["api_key"] = settings.MACHINE_TRANSLATION_KEY
    found = _ask("POST", "translate", json=asked)
    draft = found.get("translatedText") if isinstance(found, dict) else None
    if not isinstance(draft, str) or is_blank(draft) or len(draft) > LONGEST_TRANSLATION:
        raise RefusedError("no text came back")
    try:
        check_storable(draft)
    except ValidationError:
        raise RefusedError("the text that came back cannot be stored") from None
    return normalize_newlines(draft)


def _languages() -> list[str]:
    found = _ask("GET", "languages")
    codes = [each.get("code") for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    known = [code for code in codes if isinstance(code, str)]
    if not known or len(known) < len(codes):
        raise NotNowError("the server does not say which languages it knows")
    return known


def _code(code, known):
    for each in (code, *_ALIASES.get(code, ())):
        if each in known:
            return known[each]
    raise RefusedError(f"the server does not know {code}")


def _ask(method, path, **body):
    address = f"{settings.MACHINE_TRANSLATION_URL.rstrip('/')}/{path}"
    try:
        # A redirect could take the words and the key to a server that the operator did not choose.
        with requests.request(
            method, address, timeout=_PATIENCE, allow_redirects=False, stream=True, **body
        ) as answered:
            status = answered.status_code
            if status == 200:
                return json.loads(_whole(answered.raw))
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError, RecursionError) as fault:
        raise NotNowError(type(fault).__name__) from None
    if 400 <= status < 500 and status not in (401, 403, 404, 408, 425, 429):
        raise RefusedError(f"status {status}")
    raise NotNowError(f"status {status}")


def _whole(raw) -> bytes:
    """The whole answer of the server. Raises NotNowError if it takes too long or does not end."""
    late, parts, size = time.monotonic() + _PATIENCE, [], 0
    while part := raw.read1(65_536, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > _LARGEST_ANSWER or time.monotonic() > late:
            raise NotNowError("its answer does not come to an end")
    return b"".join(parts)


@transaction.atomic
def order(answer, language) -> bool:
    """Order a draft. Returns False if it was ordered before, or if the answer is gone."""
    if not Answer.objects.select_for_update().filter(pk=answer.pk).exists():
        return False
    _order, is_new = MachineDraftOrder.objects.get_or_create(answer=answer, language=language)
    return is_new


def carry_out_orders(most: int = 100) -> int:
    """Ask for the drafts that are due, until the server is not available or time is up. Returns the number made."""
    made, codes, end = 0, None, time.monotonic() + _LONGEST_RUN
    if not is_available():
        return made
    for each in MachineDraftOrder.objects.filter(due_at__lte=timezone.now())[:most]:
        if time.monotonic() > end:
            break
        # If another process has the same list, only one of the two gets the order.
        later = timezone.now() + _FIRST_PAUSE * 2**each.tries
        mine = MachineDraftOrder.objects.filter(pk=each.pk, tries=each.tries, due_at=each.due_at)
        if not mine.update(due_at=later, tries=F("tries") + 1):
            continue
        try:
            codes = codes or _languages()
            made += _carry_out(each, codes)
        except NotNowError as fault:
            logger.warning("Machine drafts: the server is not available (%s).", fault)
            if each.tries + 1 >= MOST_TRIES:
                logger.warning("Machine drafts: %s was given up.", each)
                MachineDraftOrder.objects.filter(pk=each.pk).delete()
            break
        except RefusedError as fault:
            logger.warning("Machine drafts: %s was refused (%s).", each, fault)
        # Unless it is due again.
        MachineDraftOrder.objects.filter(pk=each.pk, due_at=later).delete()
    return made


def _carry_out(order, codes) -> bool:
    # An answer that is no longer public, or has been translated or refused meanwhile, is not sent.
    wanted = Answer.objects.published().lacking_draft(order.language).filter(pk=order.answer_id)
    answer = wanted.select_related("response").first()
    if answer is None:
        _ask_again_once_read(order)
        return False
    text = translated(answer.text, answer.response.language, order.language, codes)
    with transaction.atomic():
        # The author or others may have changed things while the machine worked.
        Answer.objects.select_for_update(of=("self",)).filter(pk=answer.pk).first()
        if not wanted.filter(text=answer.text).exists():
            if wanted.exists():
                # Of the words as they read now.
                _put_off(order, timedelta())
            else:
                _ask_again_once_read(order)
            return False
        if answer.translations.refused(order.language, text):
            return False
        shown = Policy.objects.current().shows_machine_drafts
        # Drafts of an earlier wording are deleted, except those that the author has objected to.
        earlier = Translation.objects.machine_drafts().filter(answer=answer, language=order.language, objected_on=None)
        earlier.delete()
        Translation.objects.create(
            answer=answer,
            language=order.language,
            text=text,
            source_text=answer.text,
            origin=Translation.Origin.MACHINE,
            public_on=Translation.day_of_publishing(answer.response) if shown else None,
        )
    return True


def _ask_again_once_read(order):
    """Keep an order while an organizer reads what the author has changed."""
    unread = Answer.objects.ever_published().filter(response__status__in=[Status.SUBMITTED, Status.ASKED])
    if unread.filter(pk=order.answer_id).exists():
        _put_off(order, _FIRST_PAUSE)


def _put_off(order, pause):
    MachineDraftOrder.objects.filter(pk=order.pk).update(due_at=timezone.now() + pause, tries=0)


def make_reading_aids(most: int = 100) -> int:
    """Translate for reviewers what they have asked a machine for. Returns the number of answers translated.

    In any order, so that one that the server cannot manage does not hold up the others for ever. One that it refuses is
    left to people.
    """
    made, codes, end = 0, None, time.monotonic() + _LONGEST_RUN
    if not may_have_unread_words():
        return made
    waiting = ReadingRequest.objects.waiting().filter(by_machine=True).exclude(response__language=UNLISTED)
    for request in waiting.order_by("?")[:most]:
        for pk in list(request.response.answers.values_list("pk", flat=True)):
            if time.monotonic() > end:
                return made
            try:
                codes = codes or _languages()
                made += _make_reading_aid(request, pk, codes)
            except NotNowError as fault:
                logger.warning("Translations for reviewers: the server is not available (%s).", fault)
                return made
            except RefusedError as fault:
                logger.warning("Translations for reviewers: %s was refused (%s).", request, fault)
                ReadingRequest.objects.filter(pk=request.pk).update(by_machine=False)
                break
    return made


def _make_reading_aid(request, pk, codes) -> bool:
    is_asked = ReadingRequest.objects.filter(pk=request.pk, by_machine=True)
    made = ReadingAid.objects.current().filter(answer=pk, language=request.language)
    wanted = answers_to_read(request.language).filter(Exists(is_asked), ~Exists(made), pk=pk)
    # Asked right before words are sent, and again before they are stored: their author may change things meanwhile.
    if (answer := wanted.first()) is None:
        return False
    text = translated(answer.text, answer.response.language, request.language, codes)
    with transaction.atomic():
        if not wanted.select_for_update(of=("self",)).filter(text=answer.text).first():
            return False
        told = {"text": text, "source_text": answer.text, "created_at": timezone.now()}
        ReadingAid.objects.update_or_create(answer=answer, language=request.language, by_machine=True, defaults=told)
        answer.response.reading_requests.all().keep_waiting()
    return True
