"""The project's settings, with what a test run wants otherwise: the embedded database and cheap passwords."""

import os

os.environ.setdefault("DEBUG", "1")

from clinic.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
