"""Wagtail frontend cache backend that refreshes the shared caches (deploy/nginx) after a change.

Wagtail's own backends call the caches within the editor's request. This one queues a job in the transaction
of the change, so publishing doesn't wait for a cache, and doesn't fail if one is down.
`purge_url_from_cache(f"{settings.BASE_URL}/*")` refreshes all pages.
"""

from django.conf import settings
from wagtail.contrib.frontend_cache.backends import BaseBackend

from clinic import jobs

# All processes have noticed the change by then (clinic.caching.per_version.CHECK_INTERVAL_SECONDS).
DELAY_SECONDS = 2
URLS_PER_JOB = 50
PRIORITY = -1  # after all emails


class RefreshLater(BaseBackend):
    def purge(self, url):
        self.purge_batch([url])

    def purge_batch(self, urls):
        if any(url.endswith("/*") for url in urls):
            jobs.refresh_everything.defer()
            return
        urls = sorted(urls)
        task = jobs.refresh.configure(schedule_in={"seconds": DELAY_SECONDS}, priority=PRIORITY)
        for cache in settings.SHARED_CACHES:
            for start in range(0, len(urls), URLS_PER_JOB):
                task.defer(cache=cache, urls=urls[start : start + URLS_PER_JOB])
