"""What we keep of people's accounts, and what we do not keep."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.validators import MaxLengthValidator

from responses.access.rate_limits import networks_of


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request):
        """A hash in place of the address, for the counters that limit guessing and flooding."""
        return self.get_client_networks(request)[0]

    def get_client_networks(self, request):
        """The hashes of the network and of the two around it."""
        return networks_of(super().get_client_ip(request))


class ShortLoginForm(LoginForm):
    """Allows 254 characters. No user name or address is longer, and SQLite fails at comparing some that are."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["login"].max_length = 254
        self.fields["login"].validators.append(MaxLengthValidator(254))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request, sociallogin, data):
        """Keep the user name; drop the real name and address that MediaWiki sends along.

        This runs before the account is looked up, because the look-up already stores what is in it.
        """
        username = data.get("username") or ""
        sociallogin.account.extra_data = {"username": username}
        sociallogin.email_addresses = []
        return super().populate_user(request, sociallogin, {"username": username})
