"""All settings, from the environment. docs/operating.md explains each variable."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from diversity_portal import environment
from diversity_portal.headers import style_hash
from diversity_portal.languages_for_django import tell_django
from diversity_portal.logs import LOGGING  # noqa: F401
from responses.languages import language_of

BASE_DIR = Path(__file__).resolve().parent.parent
environment.load(BASE_DIR / ".env")

# --- Where it runs -------------------------------------------------------------------------------------------

ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS")
# A portal that answers to loopback names alone can be reached from this machine only. Everything else is
# production, which requires HTTPS, mail and the rest without a switch that somebody could forget.
IS_LOCAL = set(ALLOWED_HOSTS) <= environment.LOOPBACK
DEBUG = environment.flag("DEBUG")
if DEBUG and not IS_LOCAL:
    raise ImproperlyConfigured("DEBUG=true shows people's words to strangers; it works with loopback hosts only.")
PORT = environment.port()
# Where people find the portal, for links in mails.
PORTAL_ORIGIN = f"http://localhost:{PORT}" if IS_LOCAL else f"https://{ALLOWED_HOSTS[0]}"
SECRET_KEY = environment.secret("SECRET_KEY", public=not IS_LOCAL)
SECRET_KEY_FALLBACKS = environment.secrets("SECRET_KEY_FALLBACKS", public=not IS_LOCAL)

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, which it extends
    "diversity_portal",
    "responses",
    "outcomes",
    "django.forms",  # its templates, which those of our fields use
    "diversity_portal.desks.DesksConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "diversity_portal.compression.CompressedPages",
    "diversity_portal.headers.IsolationHeaders",
    "diversity_portal.headers.PlainRequests",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "diversity_portal.page_language.PageLanguage",
    "diversity_portal.headers.SlashOfAddress",
    "diversity_portal.mistyped.MistypedAddresses",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "diversity_portal.second_factor.StaffGuard",
]

ROOT_URLCONF = "diversity_portal.urls"
CSRF_FAILURE_VIEW = "diversity_portal.typed_words.csrf_failure"
WSGI_APPLICATION = "diversity_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["responses.templatetags.languages", "responses.templatetags.words"],
        },
    },
]

# --- What it keeps -------------------------------------------------------------------------------------------

DATABASES = {"default": environment.database("DATABASE_URL", BASE_DIR / "db.sqlite3", public=not IS_LOCAL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all workers, so that a limit on log-ins counts the log-ins at all of them.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# Three answers of 20,000 characters, of four bytes each, fit several times. What is longer is refused; it is still in
# the writer's browser, and the 400 page says so.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
# Files that are sent stay in memory: without the handler that writes them, none gets onto the disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# --- Languages -----------------------------------------------------------------------------------------------

# A file in the repository, not the environment, because the columns of organizers' texts depend on it.
INTERFACE_LANGUAGES = (BASE_DIR / "locale" / "LINGUAS").read_text(encoding="utf-8").split()
LANGUAGE_CODE = "en"
LANGUAGES = sorted(((code, language_of(code).autonym) for code in INTERFACE_LANGUAGES), key=lambda each: each[1])
LANGUAGES_BIDI = [code for code in INTERFACE_LANGUAGES if language_of(code).direction == "rtl"]
tell_django(INTERFACE_LANGUAGES)
MODELTRANSLATION_LANGUAGES = [LANGUAGE_CODE, *(code for code in INTERFACE_LANGUAGES if code != LANGUAGE_CODE)]
MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
# How dates and numbers are written: ours where Django's is not what readers of a language expect, then Django's, then
# these, also for a language that Django does not know: "26 November 2026, 14:05", "20,000".
FORMAT_MODULE_PATH = ["diversity_portal.formats"]
DATE_FORMAT, DATETIME_FORMAT = "j F Y", "j F Y, H:i"
YEAR_MONTH_FORMAT, MONTH_DAY_FORMAT = "F Y", "j F"
USE_THOUSAND_SEPARATOR, NUMBER_GROUPING = True, 3
USE_TZ = True
TIME_ZONE = "UTC"

# A server that speaks LibreTranslate's protocol, for machine drafts; without it there are none.
MACHINE_TRANSLATION_URL = environment.web_address("MACHINE_TRANSLATION_URL", public=not IS_LOCAL)
MACHINE_TRANSLATION_KEY = environment.text("MACHINE_TRANSLATION_KEY")
# The operator runs it, and nobody else sees what is sent there: then it may have words that nobody has read yet.
MACHINE_TRANSLATION_IS_OWN = environment.flag("MACHINE_TRANSLATION_IS_OWN")

# --- Static files --------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = environment.text("STATIC_ROOT", str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Accounts ------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "translate"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "diversity_portal.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "diversity_portal.forms.ShortLoginForm",
    "signup": "diversity_portal.forms.ReachableSignupForm",
    "add_email": "diversity_portal.forms.ReachableAddEmailForm",
    "reset_password": "diversity_portal.forms.ReachableResetPasswordForm",
    "change_password": "diversity_portal.forms.BesideChangePasswordForm",
    "reauthenticate": "diversity_portal.forms.BesideReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_USER_DISPLAY = "responses.names.shown_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    # allauth's 20 sign-ups a minute would stop a workshop behind one address.
    "signup": "120/m/ip",
    "login": "120/m/ip,600/h/ip",
    # "ip" is one network with all accounts, "key" one network with one account (see AccountAdapter). None counts an
    # account in all networks: whoever guesses would lock its owner out.
    "login_failed": "20/m/ip,100/h/ip,5/5m/key,20/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.proxies("TRUSTED_PROXY_COUNT", required=not IS_LOCAL)

# A second factor: an app that makes codes, a security key or passkey, and codes on paper for when those are lost.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "diversity_portal.second_factor.SecondFactorAdapter"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are some seconds off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOCAL
# Staff reach people's words and accounts. Where the public can reach the portal, a password alone does not.
STAFF_NEED_SECOND_FACTOR = not IS_LOCAL
# Who has signed in long ago types the password again before they change what guards an account.
ACCOUNT_REAUTHENTICATION_REQUIRED = True

SOCIALACCOUNT_ADAPTER = "diversity_portal.accounts.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_EMAIL_REQUIRED = False  # a Wikimedia account may have no address at all
SOCIALACCOUNT_PROVIDERS = {}
MEDIAWIKI_CLIENT_ID = environment.text("MEDIAWIKI_CLIENT_ID")
MEDIAWIKI_CLIENT_SECRET = environment.text("MEDIAWIKI_CLIENT_SECRET")
MEDIAWIKI_ORIGIN = "https://meta.wikimedia.org"
if bool(MEDIAWIKI_CLIENT_ID) != bool(MEDIAWIKI_CLIENT_SECRET):
    raise ImproperlyConfigured("Set both MEDIAWIKI_CLIENT_ID and MEDIAWIKI_CLIENT_SECRET, or neither.")
if MEDIAWIKI_CLIENT_ID:
    INSTALLED_APPS.append("allauth.socialaccount.providers.mediawiki")
    SOCIALACCOUNT_PROVIDERS["mediawiki"] = {
        "APPS": [{"client_id": MEDIAWIKI_CLIENT_ID, "secret": MEDIAWIKI_CLIENT_SECRET}],
        "REST_API": f"{MEDIAWIKI_ORIGIN}/w/rest.php",
        "OAUTH_PKCE_ENABLED": True,
        # Wikimedia blocks agents that do not say who they are.
        "USER_AGENT": f"diversity-portal (https://{ALLOWED_HOSTS[0]}/)",
    }

# --- Mail ----------------------------------------------------------------------------------------------------

MAILERS = {"default": environment.mail("EMAIL_URL", public=not IS_LOCAL)}
DEFAULT_FROM_EMAIL = environment.sender(
    "EMAIL_FROM", f"portal@{ALLOWED_HOSTS[0]}" if not IS_LOCAL else "portal@localhost"
)
# The address for people's mails to us: shown on the privacy, accessibility and review pages.
CONTACT_EMAIL = environment.sender("CONTACT_EMAIL", DEFAULT_FROM_EMAIL)

# --- Security ------------------------------------------------------------------------------------------------

SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    # The style sheet may also be inside the page itself. The nonce is for the admin's few style tags; no public page
    # carries one, so those stay cacheable.
    "style-src": [CSP.SELF, style_hash(BASE_DIR / "static" / "css" / "portal.css"), CSP.NONCE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not IS_LOCAL
SESSION_COOKIE_NAME = "sessionid" if IS_LOCAL else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if IS_LOCAL else "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # ends with the browser
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not IS_LOCAL
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if IS_LOCAL else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not IS_LOCAL
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
