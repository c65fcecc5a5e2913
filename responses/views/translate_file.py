"""Files of answers to translate offline, and their import."""

import io
from collections import Counter
from dataclasses import replace

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from responses.exchange import po, xliff
from responses.exchange.answer_import import OUTCOMES, QUIET, check, import_answers
from responses.exchange.units import Languages, fitting, units_to_translate
from responses.forms.words import PortalForm
from responses.languages import UNLISTED, language_of, languages
from responses.models import Answer

from .decorators import read_or_post, translators_only

# The most answers in one file, those that have waited longest. Operators can export all on the command line.
MOST_UNITS = 200
# Bytes. Django and the server refuse a request of more than 16 MB.
LARGEST_FILE = 16_000_000
_FORMATS = {"po": ("PO", po, "text/x-gettext-translation"), "xlf": ("XLIFF 2", xliff, "application/xliff+xml")}


class FileForm(PortalForm):
    file = forms.FileField(
        error_messages={"required": _("Choose a file of at most 16 MB."), "empty": _("There is no text in the file.")}
    )
    copies = forms.BooleanField(
        required=False, label=_("Store texts too that are the same as the original, such as names")
    )
    elsewhere = forms.BooleanField(required=False, label=_("Store the file in the language that it names"))

    def __init__(self, *args, language, **options):
        super().__init__(*args, **options)
        self.language = self.target = language

    @property
    def is_elsewhere(self):
        """Whether the file is in another language than the page."""
        return self.target != self.language

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 16 MB."))
        languages, self.number = check(file, self.language)
        self.target = languages.target
        return file

    def clean(self):
        if self.is_elsewhere and not self.cleaned_data.get("elsewhere"):
            told = _("The file is in another language: %(language)s. Tick the box below if that is right.")
            self.add_error("file", told % {"language": language_of(self.target).autonym})

    def store(self, translator):
        """{outcome: number of units}, and [(unit, outcome)] for those that are told of one by one"""
        counted, told = Counter(), []
        file, copies = self.cleaned_data["file"], self.cleaned_data["copies"]
        for each in import_answers(file, translator, expected=self.language, copies=copies):
            counted[each.outcome] += 1
            if each.outcome not in QUIET:
                told.append((replace(each.unit, source=""), OUTCOMES[each.outcome]))
        return counted, told


@read_or_post
@translators_only
def translate_file(request, language):
    """The files for one language, and what became of a file that was imported."""
    if not request.user.has_perm("responses.add_translation"):
        raise PermissionDenied
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FileForm(*sent, language=language)
    counted, told = form.store(request.user) if form.is_valid() else (None, [])
    lacking = Answer.objects.for_desk_of(request.user).lacking_translation(language).count_by("response__language")
    return render(
        request,
        "responses/translate_file.html",
        {
            "language": language_of(language),
            "sources": [(language_of(code), number) for code, number in lacking.items()],
            "formats": [(form, name) for form, (name, _writer, _media_type) in _FORMATS.items()],
            "most": MOST_UNITS,
            "form": form,
            "counted": counted,
            "waiting": counted and counted["taken"] + counted["beside"],
            "told": told,
            "target": language_of(form.target),
        },
    )


@require_safe
@translators_only
def translate_file_download(request, language, source, form):
    if (source not in languages() and source != UNLISTED) or form not in _FORMATS:
        raise Http404("No such file.")
    _name, writer, media_type = _FORMATS[form]
    pair, text, answers = Languages(source, language), io.StringIO(), Answer.objects.for_desk_of(request.user)
    writer.write(text, pair, fitting(units_to_translate(pair, MOST_UNITS, answers), LARGEST_FILE))
    file = HttpResponse(text.getvalue(), content_type=f"{media_type}; charset=utf-8")
    file["Content-Disposition"] = f'attachment; filename="answers-{source}-{language}.{form}"'
    return file
