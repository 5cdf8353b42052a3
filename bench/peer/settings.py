"""The settings of `wagtail start` with PostgreSQL, adjusted for the peer named in PEER."""

import os

from mysite.settings.base import *  # noqa: F403

PEER = os.environ["PEER"]
SECRET_KEY = "not secret: this site runs only locally, and only during measurements"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DEBUG = False
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ["PEER_DATABASE_HOST"],
        "NAME": "helpdesk" if PEER == "helpdesk" else "peer",
        "USER": "postgres",
        "CONN_MAX_AGE": 60,
    }
}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = {"version": 1, "disable_existing_loggers": True}

if PEER == "helpdesk":
    INSTALLED_APPS = [
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "django.contrib.sites",
        "django.contrib.humanize",
        "rest_framework",
        "helpdesk",
    ]
    MIDDLEWARE = [name for name in MIDDLEWARE if "wagtail" not in name]  # noqa: F405
    ROOT_URLCONF = "peer.helpdesk_urls"
    SITE_ID = 1
    HELPDESK_TEAMS_MODE_ENABLED = False
else:
    INSTALLED_APPS += ["peer", "wagtailcache"]

if PEER == "bare":
    MIDDLEWARE = []
    ROOT_URLCONF = "peer.urls"
elif PEER == "django-cache":
    MIDDLEWARE = [f"django.middleware.cache.{name}CacheMiddleware" for name in ("Update", "FetchFrom")]
    ROOT_URLCONF = "peer.urls"
elif PEER == "wagtail-cache":
    MIDDLEWARE = [  # first and last, as its documentation requires
        "wagtailcache.cache.UpdateCacheMiddleware",
        *MIDDLEWARE,
        "wagtailcache.cache.FetchFromCacheMiddleware",
    ]
