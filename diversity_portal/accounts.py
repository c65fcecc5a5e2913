"""What we keep of people's accounts, and what we do not keep."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import AddEmailForm, LoginForm, ResetPasswordForm, SignupForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.validators import MaxLengthValidator

from responses.access.rate_limits import network_of
from responses.email_address import as_meant, check_address


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request):
        """A hash in place of the address, for the counters that limit guessing and flooding."""
        return network_of(super().get_client_ip(request))


class ShortLoginForm(LoginForm):
    """Allows 254 characters. No user name or address is longer, and SQLite fails at comparing some that are."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["login"].max_length = 254
        self.fields["login"].validators.append(MaxLengthValidator(254))


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


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request, sociallogin, data):
        """Keep the user name; drop the real name and address that MediaWiki sends along.

        This runs before the account is looked up, because the look-up already stores what is in it.
        """
        username = data.get("username") or ""
        sociallogin.account.extra_data = {"username": username}
        sociallogin.email_addresses = []
        return super().populate_user(request, sociallogin, {"username": username})
