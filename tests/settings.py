"""Settings for tests: the embedded database and fast password hashing."""

import gc
import os

os.environ.setdefault("DEBUG", "1")
# Playwright runs an event loop in the tests' thread, but no test is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from clinic.devtools import local_environment

os.environ.update(local_environment.prepare(local_environment.data_folder()))

from clinic.settings import *  # noqa: F403

# Imports create no garbage. tests.conftest turns this on again after the collection.
gc.disable()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# One per pytest worker, as each has its own database.
CLINIC_FILE = DATA_DIR / f"test-clinic-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}.json"  # noqa: F405
BACKUP_DIR = DATA_DIR / "test-backups"  # noqa: F405
MEDIA_ROOT = DATA_DIR / "test-media"  # noqa: F405
TASKS = {"default": {"BACKEND": "tests.support.indexing.Backend"}}
