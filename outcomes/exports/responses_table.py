"""A row a response: what its author lets readers know, and nothing else."""

from django.conf import settings

from responses.models import Response

from .tables import Column, Table, in_batches

_TOLD = "Only where the author shares with their name or their group; otherwise empty."


def _shown(name):
    return lambda response: getattr(response, name) if response.shows_group else None


def address_of(response) -> str:
    return f"{settings.PORTAL_ORIGIN}{response.get_absolute_url()}"


def language_columns(response_of):
    """The language that the author wrote in, of whatever a row is. response_of: its response."""
    return [
        Column(
            "language",
            "The language in which the author wrote, as a code (BCP 47); “und” if it is not in the portal’s list.",
            lambda row: response_of(row).language,
        ),
        Column(
            "language_name",
            "What its speakers call the language, or what the author called it.",
            lambda row: response_of(row).written_in.autonym,
        ),
    ]


COLUMNS = [
    Column("response", "The public code of the response.", lambda response: response.code),
    Column("address", "Where readers find it.", address_of),
    Column("conversation", "The round of asking that it belongs to.", lambda response: response.conversation.slug),
    *language_columns(lambda response: response),
    Column("sharing", "What its author chose: named, affiliate or unnamed.", lambda response: response.sharing),
    Column("licence", "The licence of its words.", lambda response: response.licence),
    Column("name", "The name that its author shows.", lambda response: response.public_name or None),
    Column("group", f"The affiliate or group. {_TOLD}", lambda response: response.public_group or None),
    Column(
        "region",
        f"The part of the world. {_TOLD}",
        lambda response: response.region.slug if response.shows_group and response.region else None,
    ),
    Column("people", f"For how many people it speaks. {_TOLD}", _shown("people")),
    Column("method", f"How they talked, in the author’s words. {_TOLD}", _shown("method")),
    Column("held_on", f"The day on which they talked. {_TOLD}", _shown("held_on")),
    Column("place", f"Where they talked, in the author’s words. {_TOLD}", _shown("place")),
    Column("spoken_languages", f"What they spoke, in the author’s words. {_TOLD}", _shown("spoken_languages")),
    Column(
        "written_by",
        "Who wrote it down. Only where the author shares with their name.",
        lambda response: response.public_scribe or None,
    ),
    Column("content_note", "What readers are told before they read.", lambda response: response.told_readers or None),
    Column("accepted_on", "The day on which it became public.", lambda response: response.accepted_on),
    Column("is_sample", "1 if it is an invented example, otherwise 0.", lambda response: int(response.is_sample)),
]


def responses_table() -> Table:
    return Table("responses", "a published response", COLUMNS, _rows())


def _rows():
    published = Response.objects.published()
    for keys in in_batches(published):
        rows = published.filter(pk__in=keys).order_by("pk")
        yield from rows.select_related("conversation", "affiliate", "region")
