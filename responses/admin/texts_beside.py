"""The page for an organizers' text: its English and one other language side by side, all others folded."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language

from responses.access.keys import sha256_of
from responses.languages import Language, language_of
from responses.languages.text_diff import word_changes
from responses.organizer_texts import OTHERS, SOURCE, Text, registered, texts_of
from responses.templatetags.languages import colon

from .stored_meanwhile import still_right_name

# Rows of a text area: as many as its words need, so that most of a page can be seen at once.
FEWEST_ROWS, MOST_ROWS, LETTERS_A_ROW = 2, 12, 70
# Letters of one sentence in the summary above the page. What is stored now stands at the field, as a whole.
LONGEST_FAULT = 160
# Letters that are shown of what stayed the same, on each side of a change: all of it stands in the field beside.
NEAR = 40


@dataclass(frozen=True)
class Cell:
    """One text in one language. text: None if it has no English that is stored."""

    field: object  # as the admin draws it: of a form, or only to read
    label: str
    language: Language
    text: Text | None

    @property
    def state(self):
        """ "missing", "older" or "current"; of an English text and of one without English, ""."""
        return self.text.state(self.language.code) if self.text and self.language.code != SOURCE else ""

    @property
    def english_changes(self):
        """What has changed in the English since this was translated from it."""
        made_from = self.text.made_from[self.language.code] if self.state == "older" else ""
        return _near(word_changes(made_from, self.text.english)) if made_from else []

    @property
    def column(self):
        return _name_of(self.field)

    @property
    def has_faults(self):
        return not self.field.is_readonly and bool(self.field.field.errors)

    @property
    def box(self):
        """The name of the box “still right as it is”."""
        return self._form.add_prefix(still_right_name(self.column))

    @property
    def is_ticked(self):
        return self.box in self._form.data

    @property
    def is_to_be_seen(self):
        """Whether it was refused, or has words that are not stored yet."""
        if self.field.is_readonly:
            return False
        return self.has_faults or (self._form.is_bound and self.column in self._form.changed_data)

    @property
    def _form(self):
        return self.field.field.form


@dataclass(frozen=True)
class Fold:
    """All texts of a row in a language that is not beside the English."""

    language: Language
    cells: list[Cell]

    @property
    def state(self):
        return _worst(each.state for each in self.cells)

    @property
    def is_open(self):
        return any(each.is_to_be_seen for each in self.cells)


@dataclass(frozen=True)
class LaidOut:
    """The form of one row, in the order of its page."""

    pairs: list[tuple[Cell, Cell]]  # English, and the language beside it
    folds: list[Fold]
    short: list[object]
    wide: list[object]  # long texts that are not translated, and lists to choose from
    hidden: list[object]

    @property
    def missing(self):
        return sum(each.state == "missing" for each in self.folds)

    @property
    def older(self):
        return sum(each.state == "older" for each in self.folds)

    @property
    def has_open_fold(self):
        return any(each.is_open for each in self.folds)

    @property
    def wide_labels(self):
        """What the fold of a clause has in it: "Quotation", "Problems (2)"."""
        return [_label_with_number(each) for each in self.wide]

    @property
    def wide_is_to_be_seen(self):
        return any(not each.is_readonly and each.field.errors for each in self.wide)


@dataclass(frozen=True)
class Switch:
    """A button that shows another language beside the English."""

    language: Language
    address: str
    missing: int
    older: int
    is_beside: bool


class TextsPage:
    def __init__(self, request, form, formsets):
        self._forms = [form, *(each for formset in formsets for each in formset.forms)]
        self._formsets = formsets
        self._texts = {}
        for rows in ([form], *(formset.initial_forms for formset in formsets if formset.model in registered())):
            stored = [each.stored for each in rows if each.stored is not None]
            self._texts |= {(type(row), row.pk): found for row, found in zip(stored, texts_of(stored), strict=True)}
        self._query = request.GET.copy()
        self.code = _code_beside(request.GET.get("beside"), self._all_texts)
        self.address = self._address(self.code)

    @property
    def _all_texts(self):
        return [text for texts in self._texts.values() for text in texts]

    @property
    def beside(self):
        return language_of(self.code)

    @cached_property
    def switches(self):
        return [
            Switch(
                language_of(code),
                self._address(code),
                self._number("missing", code),
                self._number("older", code),
                code == self.code,
            )
            for code in OTHERS
        ]

    @property
    def here(self):
        """What is missing and what is older in the language beside; None as long as nothing is stored."""
        return next(each for each in self.switches if each.is_beside) if self._all_texts else None

    @property
    def page_id(self):
        """Changes with every row of the page: Firefox fills in a form again only where it has the same name."""
        return sha256_of(" ".join(str(each["seen"].value() or "") for each in self._forms if "seen" in each.fields))

    @property
    def faults(self):
        """[(anchor, sentence)] for the summary above the page."""
        found = []
        for form in self._forms if self._forms[0].is_bound else []:
            for name, sentences in form.errors.items():
                if name == NON_FIELD_ERRORS:
                    found += [(form.prefix or "texts", sentence) for sentence in sentences]
                else:
                    field = form[name]
                    shown = [Truncator(each).chars(LONGEST_FAULT) for each in sentences]
                    found += [(_anchor(field), f"{colon(capfirst(field.label))} {each}") for each in shown]
        return found + [
            (f"{each.prefix}-group", sentence) for each in self._formsets for sentence in each.non_form_errors()
        ]

    def lay_out(self, row):
        """row: an AdminForm, or that of a row below."""
        stored = getattr(row.form, "stored", None)
        texts = {text.field: text for text in self._texts.get((type(stored), getattr(stored, "pk", None)), [])}
        cells, short, wide, hidden = {}, [], [], []
        for field in [field for fieldset in row for line in fieldset for field in line]:
            model_field = _model_field(row.form, _name_of(field))
            if code := getattr(model_field, "language", ""):
                name = model_field.translated_field.name
                label = f"{capfirst(model_field.translated_field.verbose_name)} · {language_of(code).autonym}"
                cells.setdefault(name, {})[code] = Cell(field, label, language_of(code), texts.get(name))
            elif not field.is_readonly and field.field.is_hidden:
                hidden.append(field)
            else:
                (wide if _is_wide(field) else short).append(field)
        pairs = [(each[SOURCE], each[self.code]) for each in cells.values()]
        folded = [code for code in OTHERS if code != self.code] if cells else []
        folds = [Fold(language_of(code), [each[code] for each in cells.values()]) for code in folded]
        _give_rows([[cell.field for cell in pair] for pair in pairs])
        _give_rows([[cell.field] for fold in folds for cell in fold.cells] + [[each] for each in wide])
        return LaidOut(pairs, folds, short, wide, hidden)

    def _number(self, state, code):
        return sum(text.state(code) == state for text in self._all_texts)

    def _address(self, code):
        query = self._query.copy()
        query["beside"] = code
        return f"?{query.urlencode()}"


def _code_beside(wished, texts):
    """What the address says; else the language of the reader; else that in which most has to be done."""
    for code in (wished, get_language()):
        if code in OTHERS:
            return code
    for state in ("missing", "older"):
        for code in OTHERS:
            if any(text.state(code) == state for text in texts):
                return code
    return OTHERS[0]


def _worst(states):
    found = {*states}
    return next((state for state in ("missing", "older", "current") if state in found), "")


def _name_of(field):
    return field.field["name"] if field.is_readonly else field.field.name


def _model_field(form, name):
    return next((each for each in form._meta.model._meta.fields if each.name == name), None)


def _anchor(field):
    # A group of boxes has no first field that its label is for.
    return field.id_for_label or field.auto_id


def _widget(field):
    widget = field.field.field.widget
    return getattr(widget, "widget", widget)


def _is_wide(field):
    if field.is_readonly:
        return False
    return isinstance(_widget(field), forms.Textarea) or getattr(_widget(field), "allow_multiple_selected", False)


def _label_with_number(field):
    label = str(capfirst(field.field.label))
    chosen = field.field.value()
    return f"{label} ({len(chosen)})" if isinstance(chosen, list) and chosen else label


def _near(changes):
    """What has changed, with the words beside it: [(kind, words)], as `word_changes` has them."""
    shown, last = [], len(changes) - 1
    for place, (kind, words) in enumerate(changes):
        if kind == "same" and len(words) > 3 * NEAR:
            before = f"{words[:NEAR].rpartition(' ')[0]} " if place else ""
            after = f" {words[-NEAR:].partition(' ')[2]}" if place < last else ""
            words = f"{before}…{after}"
        shown.append((kind, words))
    return shown


def _give_rows(groups):
    """Text areas side by side are equally high."""
    for group in groups:
        areas = [each for each in group if not each.is_readonly and isinstance(_widget(each), forms.Textarea)]
        needed = [
            sum(len(line) // LETTERS_A_ROW + 1 for line in str(each.field.value() or "").split("\n")) for each in areas
        ]
        for each in areas:
            _widget(each).attrs["rows"] = min(max(FEWEST_ROWS, *needed), MOST_ROWS)
