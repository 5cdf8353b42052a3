"""The WSGI entry point: `granian --interface wsgi clinic.wsgi:application`."""

import gc
import os
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from clinic.caching.page_cache import PageCache

gc.set_threshold(50_000)  # same as in manage.py
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
application: Callable[..., Any] = get_wsgi_application()

from clinic.caching import clinic_fallback  # noqa: E402 (needs the app registry)
from clinic.database.base import circuit_breaker  # noqa: E402
from clinic.security import key_canary  # noqa: E402

circuit_breaker.response_timeout = 20  # seconds
key_canary.check_at_start()
clinic_fallback.load()
if settings.PAGE_CACHE:
    application = PageCache(application)
