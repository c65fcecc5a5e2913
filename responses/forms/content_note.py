"""Fields for the content note: what readers are told before they read."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from responses.models.content_note import LONGEST_NOTE, ContentKind, in_order

from .words import LineField, PortalForm


class KindBoxes(forms.CheckboxSelectMultiple):
    """A box for each kind. What is ticked is one text with spaces between, as drafts and rows keep it."""

    template_name = "responses/_kind_boxes.html"

    def __init__(self):
        super().__init__(choices=ContentKind.choices)

    def value_from_datadict(self, data, files, name):
        # A draft, and a form in another language of the page, bring the one text along.
        typed = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
        return " ".join(typed)

    def format_value(self, value):
        return (value or "").split()

    def create_option(self, name, value, label, *args, **options):
        option = super().create_option(name, value, capfirst(label), *args, **options)
        option["attrs"]["id"] = f"{name}-{value}"
        return option


class KindsField(forms.CharField):
    """Which kinds the words speak of: values of `ContentKind` in their order, with spaces between."""

    widget = KindBoxes

    def __init__(self, **options):
        super().__init__(required=False, label=_("The words speak of"), **options)

    def to_python(self, value):
        kinds = super().to_python(value).split()
        if not set(kinds) <= set(ContentKind.values):
            raise ValidationError(_("Choose from the list."))
        return in_order(kinds)


class OwnWordsField(LineField):
    def __init__(self, **options):
        super().__init__(
            longest=LONGEST_NOTE,
            required=False,
            label=_("In your own words"),
            help_text=_("One line, in the language of the answers."),
            **options,
        )
        # On a shared computer, the browser would offer the words to whoever comes next.
        self.widget.attrs["autocomplete"] = "off"


class ContentNoteFields(PortalForm):
    """What the author wants readers to know before they read. All of it is optional."""

    content_kinds = KindsField()
    content_note = OwnWordsField()

    @property
    def tells_readers(self):
        """Whether these fields are open, because something is typed or wrong in them."""
        return any(self[name].errors or self[name].value() for name in ContentNoteFields.base_fields)

    @property
    def content(self):
        """{name: value} of a valid form; {} if its page did not have these fields, so that what is stored stays."""
        if "content_note" not in self.data:
            return {}
        return {name: self.cleaned_data[name] for name in ContentNoteFields.base_fields}


def typed_in(posted, kinds="content_kinds"):
    """{name of a field: what is typed in it} of what was posted. kinds: the field whose boxes become one text."""
    return posted.dict() | {kinds: KindBoxes().value_from_datadict(posted, None, kinds)}
