"""The project's settings, with what a test run wants otherwise: the embedded database and cheap passwords."""

import gc
import os

os.environ.setdefault("DEBUG", "1")
# Playwright runs its own event loop in the tests' thread; nothing here is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from clinic.devtools import local_environment

os.environ.update(local_environment.prepare(local_environment.data_folder()))

from clinic.settings import *  # noqa: F403

# Until the tests are collected (tests.conftest): what is imported stays, so there's no garbage to look for.
gc.disable()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# One for each of pytest's workers, for each has clinics of its own.
CLINIC_FILE = DATA_DIR / f"test-clinic-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}.json"  # noqa: F405
BACKUP_DIR = DATA_DIR / "test-backups"  # noqa: F405
MEDIA_ROOT = DATA_DIR / "test-media"  # noqa: F405
TASKS = {"default": {"BACKEND": "tests.support.indexing.Backend"}}
