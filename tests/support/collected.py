"""Static files as `collectstatic` leaves them on a server, but not compressed: that takes five seconds."""

from django.core.management import call_command
from django.test import override_settings

STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}


def static_files(folder):
    with override_settings(STORAGES=STORAGES, STATIC_ROOT=folder, DEBUG=False):
        call_command("collectstatic", "--no-input", "--verbosity=0")
