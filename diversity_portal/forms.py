"""What people type to get into an account, and organizers to make one."""

from allauth.account.fields import PasswordField
from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    SignupForm,
)
from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import UserChangeForm
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from diversity_portal.user_names import RULE, is_taken, normal_name
from responses.email_address import as_meant, check_address

User = get_user_model()


class _LinkBesidePassword:
    """The link for a forgotten password stands below the fields. A screen reader would read it as the field's hint."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            # Not those of its subclasses, which say what a new password must have.
            if type(field) is PasswordField and field.help_text:
                self.link_below, field.help_text = field.help_text, ""


class ShortLoginForm(_LinkBesidePassword, LoginForm):
    """Allows 254 characters. No user name or address is longer, and SQLite fails at comparing some that are."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["login"].max_length = 254
        self.fields["login"].validators.append(MaxLengthValidator(254))

    def clean_login(self):
        return normal_name(super().clean_login())


class BesideChangePasswordForm(_LinkBesidePassword, ChangePasswordForm):
    pass


class BesideReauthenticateForm(_LinkBesidePassword, ReauthenticateForm):
    pass


class _ReachableAddress:
    """The address is read and checked as everywhere in the portal."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        field = self.fields["email"]
        # Before allauth's own, which make small letters of it.
        read = field.to_python
        field.to_python = lambda value: as_meant(read(value))
        field.validators = [check_address]


class ReachableSignupForm(_ReachableAddress, SignupForm):
    pass


class ReachableAddEmailForm(_ReachableAddress, AddEmailForm):
    pass


class ReachableResetPasswordForm(_ReachableAddress, ResetPasswordForm):
    pass


class NameField(forms.CharField):
    def to_python(self, value):
        return normal_name(super().to_python(value))


class NamedForm(forms.ModelForm):
    """A user name that nobody has, or takes for another's."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if "username" in self.fields:
            self.fields["username"].help_text = RULE

    def clean_username(self):
        username = self.cleaned_data["username"]
        changed = "username" in self.changed_data
        if changed and is_taken(username, by_others_than=self.instance if self.instance.pk else None):
            raise ValidationError(User._meta.get_field("username").error_messages["unique"])
        return username


class PortalUserChangeForm(NamedForm, UserChangeForm):
    class Meta(UserChangeForm.Meta):
        field_classes = {"username": NameField}


class InvitationForm(_ReachableAddress, NamedForm):
    """Somebody to make an account for. They choose their password themselves, by a link in a mail."""

    email = forms.EmailField(label=_("Email address"))

    class Meta:
        model = User
        fields = ["username", "email"]
        field_classes = {"username": NameField}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["email"].help_text = _("A mail goes there, with a link to choose a password.")

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists() or EmailAddress.objects.filter(email=email).exists():
            raise ValidationError(_("A user is already registered with this email address."))
        return email
