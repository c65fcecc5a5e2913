"""What we keep of people's accounts, and what we do not keep."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.utils.translation import get_language

from diversity_portal.user_names import is_taken, normal_name
from responses.access.rate_limits import networks_of
from responses.models import OrganizerLetter


class AccountAdapter(DefaultAccountAdapter):
    def get_client_ip(self, request):
        """A hash in place of the address, for the counters that limit guessing and flooding."""
        return self.get_client_networks(request)[0]

    def get_client_networks(self, request):
        """The hashes of the network and of the two around it."""
        return networks_of(super().get_client_ip(request))

    def post_login(self, request, user, **options):
        if user.is_staff:
            OrganizerLetter.objects.work_in(user, get_language())
        return super().post_login(request, user, **options)

    def clean_username(self, username, shallow=False):
        username = super().clean_username(normal_name(username), shallow)
        if not shallow and is_taken(username):
            raise self.validation_error("username_taken")
        return username

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Wrong passwords are counted for an account and a network together.

        allauth counts them for a name, so that anybody could lock out somebody else by guessing; and it counts the
        user name and the address of one account apart, which doubles the guesses.
        """
        username, email = credentials.get("username"), credentials.get("email")
        user = next(iter(filter_users_by_email(email or "")), None) or (username and get_user_by_username(username))
        account = user.pk if user else (email or username or "").lower()
        return f"{self.get_client_ip(request)}:{account}"


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request, sociallogin, data):
        """Keep the user name; drop the real name and address that MediaWiki sends along.

        This runs before the account is looked up, because the look-up already stores what is in it.
        """
        username = data.get("username") or ""
        sociallogin.account.extra_data = {"username": username}
        sociallogin.email_addresses = []
        return super().populate_user(request, sociallogin, {"username": username})
