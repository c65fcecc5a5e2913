import secrets

from django.db import models


def random_id() -> int:
    """An id from 1 to 2**53 - 1, so that JavaScript can hold it too.

    Among a million rows, two are alike in one of 18,000 portals; then the second is refused, not stored over the first.
    """
    return secrets.randbelow(2**53 - 1) + 1


class RandomIdField(models.BigAutoField):
    """The id of every row of both apps (`default_auto_field`). It tells nothing about the order of making them.

    Ids are in addresses, forms and files. In a workshop people send within minutes: whoever knew that a response
    without a name came between two of the same group could guess where it came from.
    """

    def __init__(self, *args, **options):
        super().__init__(*args, **{"default": random_id} | options)

    def deconstruct(self):
        # To the database, and so to migrations, it is an ordinary id; only that none is left to the database to choose.
        name, _path, arguments, options = super().deconstruct()
        del options["default"]
        return name, "django.db.models.BigAutoField", arguments, options
