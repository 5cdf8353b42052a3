"""Publishing queues jobs that refresh the shared caches, with retries."""

from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache

from clinic import jobs
from clinic.models import ClinicSettings
from tests.support.publishing import publish
from tests.support.recording_site import RecordingSite

DEAD_CACHE = "http://127.0.0.1:9"  # the discard port, on which nothing listens
PAGE = "https://www.clinic.example/education/?page=2"


@pytest.fixture
def caches(db, settings):
    settings.SHARED_CACHES = ["http://one.example:8081", "http://two.example:8081"]
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "clinic.caching.shared_caches.RefreshLater"}}


@contextmanager
def cache(status):
    """Run a cache that responds with this status; yield its URL and the requests it received."""
    site = RecordingSite()
    site.responses["/education/"] = (status, {})
    yield f"http://127.0.0.1:{site.server.server_port}", site.requests
    site.stop()


def refresh_jobs():
    return list(ProcrastinateJob.objects.filter(task_name="clinic.refresh").order_by("pk"))


def test_a_purge_is_one_low_priority_job_per_cache_and_fifty_urls(caches):
    pages = [PAGE, *(f"https://www.clinic.example/{number}/" for number in range(100))]
    purge_urls_from_cache(pages)
    servers = ["http://one.example:8081", "http://two.example:8081"]
    sizes = [(job.args["cache"], len(job.args["urls"])) for job in refresh_jobs()]
    assert sizes == [(server, number) for server in servers for number in (50, 50, 1)]
    assert {url for job in refresh_jobs() for url in job.args["urls"]} == {*pages}
    assert all(job.priority < 0 and job.scheduled_at for job in refresh_jobs())


def test_without_shared_caches_no_job_is_queued(db, article):
    publish(article)
    ClinicSettings.current().save()
    assert not refresh_jobs()


def test_a_change_of_the_clinics_facts_refreshes_all_pages(caches, article):
    ClinicSettings.current().save()
    (job,) = ProcrastinateJob.objects.filter(task_name="clinic.refresh_everything")
    jobs.refresh_everything(**job.args)
    paths = {"/" + url.split("/", 3)[3] for url in refresh_jobs()[0].args["urls"]}
    assert paths >= {"/", "/education/", article.url, "/contact/", "/search/", "/robots.txt"}
    assert paths >= {"/site.webmanifest", "/sitemap.xml", "/education/feed.atom"}
    assert paths >= {"/problem/429/", "/problem/503/"}


def test_the_command_refreshes_shared_caches_or_fails_without_any(caches, settings, capsys):
    call_command("refresh_shared_caches")
    assert ProcrastinateJob.objects.filter(task_name="clinic.refresh_everything").exists()
    settings.SHARED_CACHES = []
    with pytest.raises(CommandError, match="SHARED_CACHES is not set"):
        call_command("refresh_shared_caches")


def test_the_job_refreshes_each_encoding():
    for status in [200, 302, 404]:
        with cache(status) as (url, requests):
            jobs.refresh(cache=url, urls=[PAGE])
        assert {(headers["Host"], path) for _method, path, headers in requests} == {
            ("www.clinic.example", "/education/?page=2")
        }
        assert [headers["Accept-Encoding"] for *_request, headers in requests] == ["br", "gzip"]


def test_after_an_error_the_other_urls_are_still_refreshed():
    with cache(502) as (url, requests), pytest.raises(jobs.RefreshFailed):
        jobs.refresh(cache=url, urls=[PAGE, PAGE])
    assert len(requests) == 4


def test_publishing_succeeds_while_a_cache_is_down_and_the_job_is_retried(caches, settings, article):
    settings.SHARED_CACHES = [DEAD_CACHE]
    publish(article)
    assert article.live
    with pytest.raises(OSError, match="refused"):
        jobs.refresh(**refresh_jobs()[0].args)
    assert jobs.refresh.retry_strategy.max_attempts > 1


def test_the_proxys_error_pages_show_the_phone_number(db, client):
    for status in [429, 503]:
        response = client.get(f"/problem/{status}/")
        assert "(202) 555-0100" in response.text, status
        assert "s-maxage" in response["Cache-Control"], status
