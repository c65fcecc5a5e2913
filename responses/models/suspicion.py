from django.db import models
from django.utils.translation import gettext_lazy as _


class Suspicion(models.TextChoices):
    """What made the portal wonder about a response. It is stored all the same, and a person decides."""

    TRAP = "trap", _("A field that people do not see was filled in.")
    UNOPENED = "unopened", _("It was sent without opening the form.")
    HASTE = "haste", _("It was sent within three seconds of opening the form.")
    REPEATED = "repeated", _("Another response says exactly the same.")
    LINKS = "links", _("It has three links or more.")
    FLOOD = "flood", _("Many responses came from the same network within minutes. Workshops do that too.")
