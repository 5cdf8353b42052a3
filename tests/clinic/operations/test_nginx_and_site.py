"""nginx with our configuration, in front of the real site."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from clinic.caching import shared_caches
from clinic.models import ClinicSettings
from tests.support.nginx import HOST, Nginx
from tests.support.processes import until
from tests.support.publishing import publish


@pytest.fixture
def proxied_site(site_server, committed_db, tmp_path, settings, monkeypatch):
    nginx = Nginx(tmp_path, int(site_server.url.rpartition(":")[2]))
    settings.SHARED_CACHES = [f"http://127.0.0.1:{nginx.refresh_port}"]
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "clinic.caching.shared_caches.RefreshLater"}}
    monkeypatch.setattr(shared_caches, "DELAY_SECONDS", 0)
    nginx.start()
    yield nginx
    nginx.stop()


def test_changes_to_pages_and_facts_refresh_the_cache(proxied_site, article, run_worker):
    old = proxied_site.request(article.url)
    assert proxied_site.request(article.url).cache_status == "HIT"
    article.lead = "A new first paragraph."
    publish(article)
    run_worker()
    new = proxied_site.request(article.url)
    assert new.cache_status == "HIT"
    assert b"A new first paragraph." in new.body
    assert b"A new first paragraph." not in old.body

    clinic = ClinicSettings.current()
    clinic.phone = "(202) 555-0188"
    clinic.save()
    run_worker()
    for path in [article.url, "/contact/"]:
        response = proxied_site.request(path)
        assert response.cache_status == "HIT"
        assert b"(202) 555-0188" in response.body


def test_the_cache_drops_a_notice_when_it_ends(proxied_site):
    assert b"Closed for snow." not in proxied_site.request("/").body
    clinic = ClinicSettings.current()
    ends = timezone.now() + timedelta(seconds=3)
    clinic.notice_text, clinic.notice_until = "Closed for snow.", ends
    clinic.save()
    proxied_site.refresh("/")
    cached = proxied_site.request("/")
    assert cached.cache_status == "HIT"
    assert b"Closed for snow." in cached.body
    # Nothing is saved, so the cache isn't notified.
    until(lambda: b"Closed for snow." not in proxied_site.request("/").body, seconds=20)
    assert timezone.now() >= ends


def test_a_message_is_sent_and_its_confirmation_is_never_cached(proxied_site, answers):
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
    sent = proxied_site.request("/contact/", "POST", urlencode(answers), **form)
    assert sent.status == 302
    for _ in range(2):
        confirmation = proxied_site.request(sent.headers["Location"])
        assert (confirmation.status, confirmation.cache_status) == (200, None)
    invalid = proxied_site.request("/contact/", "POST", urlencode({**answers, "name": ""}), **form)
    assert answers["message"].encode() in invalid.body
    assert answers["message"].encode() not in proxied_site.request("/contact/").body
