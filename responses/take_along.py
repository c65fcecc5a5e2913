"""All that the portal holds about one response, for its author to take along."""

from django.urls import reverse

from responses.models import Contact
from responses.models.version import earlier_versions


def everything_about(response) -> dict:
    """As JSON can hold it: days as "2026-03-31", what was not said as null or ""."""
    contact = Contact.objects.filter(response=response).first()
    return {
        "code": response.code,
        "address": reverse("response", args=[response.code]),
        "status": response.status,
        "language": response.language,
        "sharing": response.sharing,
        "licence": response.licence,
        "terms_version": response.terms_version,
        "agreed_on": _day(response.agreed_on),
        "started_on": _day(response.started_on),
        "submitted_on": _day(response.submitted_on),
        "accepted_on": _day(response.accepted_on),
        "declined_on": _day(response.declined_on),
        "decline_reason": response.decline_reason,
        "note_to_author": response.note_to_author,
        "noted_on": _day(response.noted_on),
        "withdrawn_on": _day(response.withdrawn_on),
        "display_name": response.display_name,
        "affiliate": response.group_name,
        "region": response.region.slug if response.region else None,
        "gathering": response.gathering.code if response.gathering else None,
        "people": response.people,
        "method": response.method,
        "held_on": _day(response.held_on),
        "place": response.place,
        "spoken_languages": response.spoken_languages,
        "written_by": response.written_by,
        "suspicions": response.suspicions.split(),
        "is_sample": response.is_sample,
        "is_in_an_account": response.user_id is not None,
        "news": {"email": contact.email, "language": contact.language, "delete_on": _day(contact.delete_on)}
        if contact
        else None,
        "answers": [_answer(answer) for answer in _answers(response)],
        "earlier_versions": [
            {
                "replaced_on": _day(version.replaced_on),
                "language": version.language,
                "sharing": version.sharing,
                "answers": {question.slug: text for question, text in told},
            }
            for version, told in earlier_versions(response)
        ],
    }


def _day(day):
    return day.isoformat() if day else None


def _answers(response):
    return response.answers.select_related("question").prefetch_related("translations__translator__as_translator")


def _answer(answer):
    return {
        "question": answer.question.slug,
        "prompt": answer.prompt_text,
        "prompt_language": answer.prompt_language,
        "text": answer.text,
        "translations": [
            {
                "language": translation.language,
                "text": translation.text,
                "status": translation.status,
                "origin": translation.origin,
                "note": translation.note,
                "translator": translation.credited_name or None,
                "public_on": _day(translation.public_on),
                "objected_on": _day(translation.objected_on),
                "objection": translation.objection,
            }
            for translation in answer.translations.all()
        ],
    }
