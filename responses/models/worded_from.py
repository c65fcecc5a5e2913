from django.db import models
from django.utils.translation import gettext_lazy as _


class WordedFrom(models.Model):
    """The English that an organizers' text in another language was made from.

    When the English of the row reads otherwise now, the text is older than its source. Keyed by names, since the
    texts stand in columns of several tables.
    """

    model = models.CharField(max_length=50)
    row = models.PositiveBigIntegerField()
    field = models.CharField(max_length=50)
    language = models.CharField(_("language"), max_length=20)
    english = models.TextField()

    class Meta:
        verbose_name = _("translation of a text")
        verbose_name_plural = _("translations of texts")
        constraints = [
            models.UniqueConstraint(fields=["model", "row", "field", "language"], name="worded_from_one_english")
        ]

    def __str__(self):
        return f"{self.model} {self.row} {self.field} ({self.language})"
