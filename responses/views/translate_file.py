"""Answers to translate offline: out as a file, and back."""

import io

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from responses.answer_files import po, xliff
from responses.answer_files.bring_in import OUTCOMES, QUIET, bring_in, check
from responses.answer_files.units import Languages, units_to_translate
from responses.languages import language as language_of
from responses.languages import languages
from responses.models import Answer

from .translators_desk import numbers, translators_only

# Of one file made here; the oldest wait longest. Operators make files of all on the command line.
MOST_UNITS = 200
# Bytes: what fits into memory many times over.
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


@require_http_methods(["GET", "HEAD", "POST"])
@translators_only
def translate_file(request, language):
    """The files for one language; what became of one that is brought back."""
    if not request.user.has_perm("responses.add_translation"):
        raise PermissionDenied
    brought = None
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        brought = list(bring_in(form.cleaned_data["file"], request.user))
    lacking = numbers(Answer.objects.published().lacking_translation(language), "response__language")
    return render(
        request,
        "responses/translate_file.html",
        {
            "language": language_of(language),
            "sources": [(language_of(code), number) for code, number in lacking.items()],
            "formats": [(form, name) for form, (name, _writer, _media_type) in _FORMATS.items()],
            "most": MOST_UNITS,
            "form": form,
            "brought": brought,
            "stored": sum(each.outcome == "taken" for each in brought or ()),
            "same": sum(each.outcome == "same" for each in brought or ()),
            "told": [(each.unit, OUTCOMES[each.outcome]) for each in brought or () if each.outcome not in QUIET],
            "target": language_of(form.languages.target) if brought is not None else None,
        },
    )


@require_safe
@translators_only
def translate_file_download(request, language, source, form):
    if source not in languages() or form not in _FORMATS:
        raise Http404("No such file.")
    _name, writer, media_type = _FORMATS[form]
    pair, text = Languages(source, language), io.StringIO()
    writer.write(text, pair, units_to_translate(pair, MOST_UNITS))
    file = HttpResponse(text.getvalue(), content_type=f"{media_type}; charset=utf-8")
    file["Content-Disposition"] = f'attachment; filename="answers-{source}-{language}.{form}"'
    return file
