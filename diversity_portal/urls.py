from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csp import csp_override
from django.views.i18n import set_language

from diversity_portal.admin import view_on_site
from diversity_portal.views import about, accessibility, healthz, how_we_review, privacy, readyz
from responses.views.my_response import short_link

admin.site.site_header = admin.site.site_title = _("Diversity conversation: organizers")
admin.site.index_title = _("Desks and texts")
# The admin's own log-in page does not limit guessing; allauth's does.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth documents it

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("language/", set_language, name="set_language"),
    path("admin/r/<path:content_type_id>/<path:object_id>/", admin.site.admin_view(view_on_site), name="view_on_site"),
    path("admin/", admin.site.urls),
]
if settings.MEDIAWIKI_CLIENT_ID:
    from allauth.socialaccount.providers.mediawiki.views import oauth2_login

    # This one form leads to another site; Chromium applies form-action to the redirect too.
    to_mediawiki = settings.SECURE_CSP | {"form-action": [CSP.SELF, settings.MEDIAWIKI_ORIGIN]}
    urlpatterns.append(path("accounts/mediawiki/login/", csp_override(to_mediawiki)(oauth2_login)))
urlpatterns += [
    path("accounts/", include("allauth.urls")),
    *i18n_patterns(
        path("", include("responses.urls")),
        path("", include("outcomes.urls")),
        path("about/", about, name="about"),
        path("privacy/", privacy, name="privacy"),
        path("accessibility/", accessibility, name="accessibility"),
        path("how-we-review/", how_we_review, name="how_we_review"),
    ),
    path("r/<key:key>", short_link, name="short_link"),
]
