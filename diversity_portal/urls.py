from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csp import csp_override

from diversity_portal.account_pages import account_confirm_email, account_reset_password_from_key
from diversity_portal.admin import view_on_site
from diversity_portal.page_language import set_language
from diversity_portal.views import (
    about,
    accessibility,
    healthz,
    how_we_review,
    how_we_review_numbers,
    privacy,
    readyz,
)
from outcomes.admin.history import response_history
from outcomes.admin.my_decisions import my_decisions
from responses.views.my_response import short_link

admin.site.site_header = admin.site.site_title = _("Diversity conversation: organizers")
admin.site.index_title = _("What waits")
# The admin's own log-in page does not limit guessing; allauth's does.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth documents it

accounts: list[URLPattern | URLResolver] = [
    re_path(r"^accounts/confirm-email/(?P<key>[-:\w]+)/$", account_confirm_email, name="account_confirm_email"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_reset_password_from_key,
        name="account_reset_password_from_key",
    ),
    path("accounts/", include("allauth.urls")),
]
from_mediawiki: list[URLPattern] = []
if settings.MEDIAWIKI_CLIENT_ID:
    from allauth.socialaccount.providers.mediawiki.views import oauth2_callback, oauth2_login

    from diversity_portal.page_language import in_language_of_departure, remember_language

    # This one form leads to another site; Chromium applies form-action to the redirect too.
    to_mediawiki = settings.SECURE_CSP | {"form-action": [CSP.SELF, settings.MEDIAWIKI_ORIGIN]}
    leaving = remember_language(csp_override(to_mediawiki)(oauth2_login))
    accounts.insert(0, path("accounts/mediawiki/login/", leaving, name="mediawiki_login"))
    # Wikimedia knows one address to come back to, in no language.
    back = in_language_of_departure(oauth2_callback)
    from_mediawiki.append(path("accounts/mediawiki/login/callback/", back, name="mediawiki_callback"))

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("language/", set_language, name="set_language"),
    path("admin/r/<path:content_type_id>/<path:object_id>/", admin.site.admin_view(view_on_site), name="view_on_site"),
    path("admin/my-decisions/", admin.site.admin_view(my_decisions), name="my_decisions"),
    # In place of Django's own, at the same address: the app `responses` does not know what `outcomes` makes of words.
    path(
        "admin/responses/response/<path:object_id>/history/",
        admin.site.admin_view(response_history),
        name="response_history",
    ),
    path("admin/", admin.site.urls),
    # Addresses of accounts without a language are for links from elsewhere. Of two addresses with one name Django
    # writes the later one, so that our own links have the language in front.
    *from_mediawiki,
    *accounts,
    *i18n_patterns(
        path("", include("responses.urls")),
        path("", include("outcomes.urls")),
        path("about/", about, name="about"),
        path("privacy/", privacy, name="privacy"),
        path("accessibility/", accessibility, name="accessibility"),
        path("how-we-review/", how_we_review, name="how_we_review"),
        path("how-we-review/numbers/", how_we_review_numbers, name="how_we_review_numbers"),
        *accounts,
    ),
    path("r/<key:key>", short_link, name="short_link"),
    *from_mediawiki,
]
