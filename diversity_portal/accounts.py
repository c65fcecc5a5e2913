"""What we take from somebody's Wikimedia account, and what we leave."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request, sociallogin, data):
        """Keep the user name; drop the real name and address that MediaWiki sends along.

        This runs before the account is looked up, because looking up already stores what is in it.
        """
        username = data.get("username") or ""
        sociallogin.account.extra_data = {"username": username}
        sociallogin.email_addresses = []
        return super().populate_user(request, sociallogin, {"username": username})
