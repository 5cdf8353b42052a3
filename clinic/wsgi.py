"""The WSGI entry point: `granian --interface wsgi clinic.wsgi:application`."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from clinic.page_cache import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
application = get_wsgi_application()

from clinic.templatetags.clinic_tags import remember_clinic  # noqa: E402 (needs all apps)

remember_clinic()
if settings.PAGE_CACHE:
    application = PageCache(application)
