"""Files of answers to translate offline, and their import."""

import io

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from responses.exchange import po, xliff
from responses.exchange.answer_import import OUTCOMES, QUIET, check, import_answers
from responses.exchange.units import Languages, units_to_translate
from responses.languages import UNLISTED, language_of, languages
from responses.models import Answer

from .decorators import read_or_post, translators_only

# The most answers in one file, those that have waited longest. Operators can export all on the command line.
MOST_UNITS = 200
# Bytes. Such a file fits into memory many times over.
LARGEST_FILE = 2_000_000
_FORMATS = {"po": ("PO", po, "text/x-gettext-translation"), "xlf": ("XLIFF 2", xliff, "application/xliff+xml")}


class FileForm(forms.Form):
    file = forms.FileField(
        error_messages={"required": _("Choose a file of at most 2 MB."), "empty": _("There is no text in the file.")}
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 2 MB."))
        self.languages, self.number = check(file)
        return file


@read_or_post
@translators_only
def translate_file(request, language):
    """The files for one language, and what became of a file that was imported."""
    if not request.user.has_perm("responses.add_translation"):
        raise PermissionDenied
    imported = None
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        imported = list(import_answers(form.cleaned_data["file"], request.user))
    lacking = Answer.objects.published().lacking_translation(language).count_by("response__language")
    return render(
        request,
        "responses/translate_file.html",
        {
            "language": language_of(language),
            "sources": [(language_of(code), number) for code, number in lacking.items()],
            "formats": [(form, name) for form, (name, _writer, _media_type) in _FORMATS.items()],
            "most": MOST_UNITS,
            "form": form,
            "imported": imported,
            "stored": sum(each.outcome == "taken" for each in imported or ()),
            "same": sum(each.outcome == "same" for each in imported or ()),
            "told": [(each.unit, OUTCOMES[each.outcome]) for each in imported or () if each.outcome not in QUIET],
            "target": language_of(form.languages.target) if imported is not None else None,
        },
    )


@require_safe
@translators_only
def translate_file_download(request, language, source, form):
    if (source not in languages() and source != UNLISTED) or form not in _FORMATS:
        raise Http404("No such file.")
    _name, writer, media_type = _FORMATS[form]
    pair, text = Languages(source, language), io.StringIO()
    writer.write(text, pair, units_to_translate(pair, MOST_UNITS))
    file = HttpResponse(text.getvalue(), content_type=f"{media_type}; charset=utf-8")
    file["Content-Disposition"] = f'attachment; filename="answers-{source}-{language}.{form}"'
    return file
