from django.utils.translation import gettext_lazy as _

from .claim import Claim


class Problem(Claim):
    """Something that stands in the way of diversity, as the conference or the organizers have named it."""

    class Meta(Claim.Meta):
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
