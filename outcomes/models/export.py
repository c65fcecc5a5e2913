import math
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

TOO_LARGE = _(
    "%(file)s is too large for a page. Whoever runs the server can write it: manage.py take_export %(file)s --by NAME"
)


class ExportQuerySet(models.QuerySet):
    def take(self, file, language, *, by, largest=math.inf) -> IO[bytes]:
        """Write a file for somebody, and log it. Returns it open, at its beginning.

        file: an `ExportFile`. language: of the translations in it. largest: in bytes. Raises ValidationError if it
        would be larger. Then, and if writing fails, nothing is logged: nobody got it.
        """
        spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with ExitStack() as closed_if_it_fails, translation.override(spoken):
            made = closed_if_it_fails.enter_context(TemporaryFile())
            for piece in file.pieces(language):
                made.write(piece)
                if made.tell() > largest:
                    raise ValidationError(TOO_LARGE % {"file": file.name})
            said = language if file.has_translations else ""
            self.create(file=file.name, language=said, taken_by=by, size=made.tell())
            closed_if_it_fails.pop_all()
        made.seek(0)
        return made


class Export(models.Model):
    """Somebody has taken a file with people's words along. What is withdrawn later is still in it."""

    file = models.CharField(_("file"), max_length=50)
    language = models.CharField(_("translations into"), max_length=20, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("taken by"), on_delete=models.SET_NULL, related_name="+", null=True
    )
    taken_at = models.DateTimeField(_("taken at"), default=timezone.now, editable=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-taken_at", "-pk"]
        indexes = [models.Index(fields=["-taken_at", "-id"], name="exports_newest")]

    def __str__(self):
        return self.file
