"""Background jobs of the whole site: telling shared caches what has changed (clinic.shared_caches)."""

from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.models import Page

ENCODINGS = ["br", "gzip"]  # each kept apart: deploy/nginx/clinic.conf
TIMEOUT = 20  # seconds


class NotRefreshed(Exception):
    """The cache could not fetch an address anew, and shows the old page until that is too old."""


@app.task(queue="upkeep", retry=RetryStrategy(max_attempts=5, wait=30))
def refresh(*, cache, urls):
    """Have one shared cache fetch these addresses anew. Answers such as 404 and 302 are good news too."""
    with closing(HTTPConnection(urlsplit(cache).netloc, timeout=TIMEOUT)) as connection:
        failed = [url for url in urls for encoding in ENCODINGS if _ask(connection, url, encoding) >= 500]
    if failed:
        raise NotRefreshed(", ".join(failed))


def _ask(connection, url, encoding):
    _scheme, host, path, query, _fragment = urlsplit(url)
    headers = {"Host": host, "Accept-Encoding": encoding}
    connection.request("GET", f"{path}?{query}" if query else path, headers=headers)
    response = connection.getresponse()
    response.read()
    return response.status


@app.task(queue="upkeep")
def refresh_everything():
    """After a change that every page shows. Ten thousand pages take minutes; letters go first."""
    batch = PurgeBatch(settings.BASE_URL + reverse(name) for name in settings.PUBLIC_ADDRESSES)
    batch.add_urls(settings.BASE_URL + reverse("problem", args=[status]) for status in (429, 503))
    batch.add_pages(Page.objects.live().iterator())
    batch.purge()
