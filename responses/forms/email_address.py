"""The field for an e-mail address."""

from django import forms

from responses.email_addresses import as_meant, check_address


class AddressField(forms.EmailField):
    """An address that we can write to."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"})

    def __init__(self, **options):
        # Without a length that a browser would cut the address at.
        super().__init__(**options | {"max_length": None})
        # Instead of the validators of Django's own field, which bring messages of their own.
        self.validators = [check_address]

    def to_python(self, value):
        return as_meant(super().to_python(value))
