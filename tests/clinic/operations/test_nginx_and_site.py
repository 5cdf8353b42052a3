"""nginx with our own configuration, in front of the real site."""

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
def whole_site(site_server, committed_db, tmp_path, settings, monkeypatch):
    nginx = Nginx(tmp_path, int(site_server.url.rpartition(":")[2]))
    settings.SHARED_CACHES = [f"http://127.0.0.1:{nginx.door}"]
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "clinic.caching.shared_caches.RefreshLater"}}
    monkeypatch.setattr(shared_caches, "DELAY_SECONDS", 0)
    nginx.start()
    yield nginx
    nginx.stop()


def test_a_publication_and_a_new_phone_number_are_seen(whole_site, article, run_worker):
    old = whole_site.ask(article.url)
    assert whole_site.ask(article.url).cached == "HIT"
    article.lead = "A new first paragraph."
    publish(article)
    run_worker()
    new = whole_site.ask(article.url)
    assert new.cached == "HIT"
    assert b"A new first paragraph." in new.body
    assert b"A new first paragraph." not in old.body

    clinic = ClinicSettings.current()
    clinic.phone = "(202) 555-0188"
    clinic.save()
    run_worker()
    for path in [article.url, "/contact/"]:
        answer = whole_site.ask(path)
        assert answer.cached == "HIT"
        assert b"(202) 555-0188" in answer.body


def test_the_cache_drops_a_notice_when_it_ends(whole_site):
    assert b"Closed for snow." not in whole_site.ask("/").body
    clinic = ClinicSettings.current()
    ends = timezone.now() + timedelta(seconds=3)
    clinic.notice_text, clinic.notice_until = "Closed for snow.", ends
    clinic.save()
    whole_site.refresh("/")
    kept = whole_site.ask("/")
    assert kept.cached == "HIT"
    assert b"Closed for snow." in kept.body
    # Nobody saves anything or tells the cache.
    until(lambda: b"Closed for snow." not in whole_site.ask("/").body, seconds=20)
    assert timezone.now() >= ends


def test_a_message_goes_through_and_its_confirmation_is_kept_by_nobody(whole_site, answers):
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
    sent = whole_site.ask("/contact/", "POST", urlencode(answers), **form)
    assert sent.status == 302
    for _ in range(2):
        confirmation = whole_site.ask(sent.headers["Location"])
        assert (confirmation.status, confirmation.cached) == (200, None)
    mended = whole_site.ask("/contact/", "POST", urlencode({**answers, "name": ""}), **form)
    assert answers["message"].encode() in mended.body
    assert answers["message"].encode() not in whole_site.ask("/contact/").body
