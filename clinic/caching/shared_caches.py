"""Refresh the caches in front (deploy/nginx) after a change, through Wagtail's frontend cache support.

Wagtail's own backend asks each cache inside the editor's request, for as long as the cache takes. This one
stores a job, with the publication or not at all, and the worker does the asking: publishing neither waits for
a cache nor fails with one. `purge_url_from_cache(f"{settings.BASE_URL}/*")` means every page there is.
"""

from django.conf import settings
from wagtail.contrib.frontend_cache.backends import BaseBackend

from clinic import jobs

# By then every process knows of the change (clinic.caching.per_version.CHECK_EVERY).
AFTER = 2  # seconds
ADDRESSES_A_JOB = 50
AFTER_ALL_EMAILS = -1  # priority


class RefreshLater(BaseBackend):
    def purge(self, url):
        self.purge_batch([url])

    def purge_batch(self, urls):
        if any(url.endswith("/*") for url in urls):
            jobs.refresh_everything.defer()
            return
        urls = sorted(urls)
        task = jobs.refresh.configure(schedule_in={"seconds": AFTER}, priority=AFTER_ALL_EMAILS)
        for cache in settings.SHARED_CACHES:
            for start in range(0, len(urls), ADDRESSES_A_JOB):
                task.defer(cache=cache, urls=urls[start : start + ADDRESSES_A_JOB])
