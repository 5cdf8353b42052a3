"""Publishing stores a job and waits for no cache; the job asks each one, again and again if need be."""

from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache

from clinic import jobs
from clinic.models import ClinicSettings
from tests.support.counting_site import CountingSite
from tests.support.publishing import publish

NOBODY = "http://127.0.0.1:9"  # the discard port: nothing listens
PAGE = "https://www.clinic.example/education/?page=2"


@pytest.fixture
def caches(db, settings):
    settings.SHARED_CACHES = ["http://one.example:8081", "http://two.example:8081"]
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "clinic.caching.shared_caches.RefreshLater"}}


@contextmanager
def cache(status):
    """A cache that answers with this status; yields its address and what it was asked."""
    site = CountingSite()
    site.says["/education/"] = (status, {})
    yield f"http://127.0.0.1:{site.server.server_port}", site.asked
    site.die()


def waiting():
    return list(ProcrastinateJob.objects.filter(task_name="clinic.refresh").order_by("pk"))


def test_a_purge_is_one_job_for_each_cache_and_fifty_addresses_after_all_emails(caches):
    pages = [PAGE, *(f"https://www.clinic.example/{number}/" for number in range(100))]
    purge_urls_from_cache(pages)
    servers = ["http://one.example:8081", "http://two.example:8081"]
    sizes = [(job.args["cache"], len(job.args["urls"])) for job in waiting()]
    assert sizes == [(server, number) for server in servers for number in (50, 50, 1)]
    assert {url for job in waiting() for url in job.args["urls"]} == {*pages}
    assert all(job.priority < 0 and job.scheduled_at for job in waiting())


def test_without_a_cache_nothing_is_stored(db, article):
    publish(article)
    ClinicSettings.current().save()
    assert not waiting()


def test_a_changed_fact_of_the_clinic_means_every_page(caches, article):
    ClinicSettings.current().save()
    (job,) = ProcrastinateJob.objects.filter(task_name="clinic.refresh_everything")
    jobs.refresh_everything(**job.args)
    paths = {"/" + url.split("/", 3)[3] for url in waiting()[0].args["urls"]}
    assert paths >= {"/", "/education/", article.url, "/contact/", "/search/", "/robots.txt"}
    assert paths >= {"/site.webmanifest", "/sitemap.xml", "/education/feed.atom"}
    assert paths >= {"/problem/429/", "/problem/503/"}


def test_the_command_refreshes_shared_caches_and_fails_without(caches, settings, capsys):
    call_command("refresh_shared_caches")
    assert ProcrastinateJob.objects.filter(task_name="clinic.refresh_everything").exists()
    settings.SHARED_CACHES = []
    with pytest.raises(CommandError, match="SHARED_CACHES is not set"):
        call_command("refresh_shared_caches")


def test_the_job_asks_for_each_encoding():
    for status in [200, 302, 404]:
        with cache(status) as (address, asked):
            jobs.refresh(cache=address, urls=[PAGE])
        assert {(headers["Host"], path) for _method, path, headers in asked} == {
            ("www.clinic.example", "/education/?page=2")
        }
        assert [headers["Accept-Encoding"] for *_request, headers in asked] == ["br", "gzip"]


def test_a_failing_cache_address_is_retried_and_stops_no_other():
    with cache(502) as (address, asked), pytest.raises(jobs.RefreshFailed):
        jobs.refresh(cache=address, urls=[PAGE, PAGE])
    assert len(asked) == 4


def test_a_dead_cache_neither_stops_publishing_nor_loses_the_job(
    caches, settings, article, monkeypatch, run_worker
):
    settings.SHARED_CACHES = [NOBODY]
    publish(article)
    assert article.live
    with pytest.raises(OSError, match="refused"):
        jobs.refresh(**waiting()[0].args)
    assert jobs.refresh.retry_strategy.max_attempts > 1


def test_the_proxys_error_page_has_the_phone(db, client):
    for status in [429, 503]:
        response = client.get(f"/problem/{status}/")
        assert "(202) 555-0100" in response.text, status
        assert "s-maxage" in response["Cache-Control"], status
