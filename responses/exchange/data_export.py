"""Everything that the portal holds about one response, as a download for its author."""

from django.db.models import QuerySet
from django.utils import timezone

from responses.models import Answer, Contact, Flag, Response
from responses.models.recusal import rows_about

# Keys of the database and hashes of secrets and words are not facts about a response. The group is under
# "affiliate", whether it is on the roster or not.
_LEFT_OUT = {"id", "key_hash", "duplicate_key", "user", "affiliate_name"}


def author_data(response: Response) -> dict:
    """The data in types that JSON has: a day is "2026-03-31", and what was not told is None or ""."""
    stored = [field.name for field in Response._meta.concrete_fields if field.name not in _LEFT_OUT]
    contact = Contact.objects.filter(response=response).first()
    # What it is comes first; then all that is stored, in the order of the model.
    first = dict.fromkeys(["code", "address", "status", "language", "sharing", "licence"])
    return (
        first
        | {name: _plain(getattr(response, name)) for name in stored}
        | {
            "address": response.get_absolute_url(),
            "conversation": response.conversation.slug,
            "licence": response.licence,
            "affiliate": response.group_name,
            "region": response.region.slug if response.region else None,
            "gathering": response.gathering.code if response.gathering else None,
            "declined_for": _reason(response.declined_for),
            "inquiries": [
                {
                    "asked_on": _plain(each.asked_on),
                    "text": each.text,
                    "reply": each.authors_reply,
                    "replied_on": _plain(each.replied_on),
                }
                for each in response.inquiries.all()
            ],
            "flags": _flags(response),
            **{name: _listed(name, value) for name, value in response.for_its_author.content.items()},
            "is_in_an_account": response.user_id is not None,
            "news": {"email": contact.email, "language": contact.language, "delete_on": _plain(contact.delete_on)}
            if contact
            else None,
            "answers": [_answer(answer) for answer in answers_with_translations(response)],
            "earlier_versions": [
                {
                    "replaced_on": _plain(version.replaced_on),
                    "language": version.language,
                    "language_name": version.language_name,
                    "sharing": version.sharing,
                    **{name: _listed(name, value) for name, value in version.content.items()},
                    "answers": {question.slug: text for question, text in told},
                }
                for version, told in response.earlier_versions(for_author=True)
            ],
        }
        | {name: listed for rows in rows_about(response) for name, listed in rows.to_author().items()}
    )


def _flags(response):
    """What the portal has flagged for reviewers. Not what readers told them: it would tell its author who did."""
    raised = response.flags.exclude(kind=Flag.Kind.READER).order_by("kind").values_list("kind", flat=True)
    return list(raised.distinct())


def answers_with_translations(response: Response) -> QuerySet[Answer]:
    return response.answers.select_related("question", "authors_words").prefetch_related(
        "masks", "translations__translator__as_translator", "translations__reviewer__as_translator", "reading_aids"
    )


def _listed(name, value):
    """Kinds are a list, own words are a text."""
    return value.split() if name.endswith("_kinds") else value


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def _reason(reason):
    """A standard reason for declining, as the author's page words it."""
    return {"slug": reason.slug, "text": reason.text} if reason else None


def _answer(answer):
    return {
        "question": answer.question.slug,
        "prompt": answer.prompt_text,
        "prompt_language": answer.prompt_language,
        "text": answer.authors_text,
        "masks": [
            {
                "start": mask.start,
                "end": mask.end,
                "reason": mask.reason,
                "masked_on": _plain(timezone.localdate(mask.masked_at)),
            }
            for mask in answer.masks.all()
        ],
        "translations": [
            {
                "language": translation.language,
                "text": translation.text,
                "status": translation.status,
                "origin": translation.origin,
                "note": translation.note,
                "translator": translation.credited_name or None,
                "reviewer": translation.credited_reviewer or None,
                "public_on": _plain(translation.public_on),
                "objected_on": _plain(translation.objected_on),
                "objection": translation.authors_objection,
            }
            for translation in answer.translations.all()
        ],
        # For reviewers, who cannot read the language. No reader sees them.
        "translations_for_reviewers": [
            {"language": aid.language, "text": aid.text, "by_machine": aid.by_machine}
            for aid in answer.reading_aids.all()
        ],
    }
