"""The page cache serves repeated requests without Django, and shows changes within a second."""

import gzip

import brotli
import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from clinic.caching import per_version
from clinic.caching.page_cache import best_encoding
from tests.clinic.caching.reader import Reader
from tests.support import databases

ARTICLE = "/education/kyphoplasty/"


@pytest.fixture
def reader(db_or_committed):
    return Reader()


def test_an_invalid_form_is_shown_again_without_a_query(reader, within_a_second, django_assert_num_queries):
    reader.get("/contact/", "post")  # fills the cache for this version
    with django_assert_num_queries(0):
        response = reader.get("/contact/", "post")
    assert response["status"].startswith("200")
    assert b'role="alert"' in response["body"]


def test_a_cached_page_is_compressed_as_the_browser_accepts(reader):
    encodings = [("gzip, deflate, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)]
    for accepted, encoding, decode in [*encodings, ("", None, bytes)]:
        response = reader.get(ARTICLE, **{"accept-encoding": accepted})
        assert response["headers"].get("Content-Encoding") == encoding
        assert decode(response["body"]) == reader.get(ARTICLE)["body"]
        assert response["headers"]["Vary"] == "Accept-Encoding"
        assert response["headers"]["Content-Length"] == str(len(response["body"]))


REJECTED = ["br;q=0, gzip;q=0", "br; q=0.0", "BR ; Q=0.000", "*;q=0", "*, br;q=0, gzip;q=0", "identity"]
REJECTED += ["deflate", "brotli, gzipped", "x;br", ",;=,q=0", "", "\x00" * 9000]
ACCEPTED = {"br;q=0, gzip": "gzip", "br;q=0.001, gzip;q=1": "br", "GZIP": "gzip"}
ACCEPTED |= {"identity;q=0, *": "br", "*;q=0, gzip": "gzip"}


def test_all_spellings_of_accept_encoding_are_understood():
    assert {header: best_encoding(header) for header in ACCEPTED} == ACCEPTED
    assert [header for header in REJECTED if best_encoding(header)] == []


def test_a_matching_etag_gets_a_304(reader):
    etag = reader.get(ARTICLE)["headers"]["ETag"].removeprefix("W/")
    for known in [etag, f'"other", {etag}', f"W/{etag},W/{etag}", "*"]:
        response = reader.get(ARTICLE, **{"if-none-match": known})
        assert (response["status"], response["body"]) == ("304 Not Modified", b"")
        assert response["headers"]["ETag"] == f"W/{etag}"
        assert "Content-Length" not in response["headers"]
    for known in ['"other"', 'W/"*"', "**", '""', '"']:
        assert reader.get(ARTICLE, **{"if-none-match": known})["status"] == "200 OK"


def test_head_has_the_headers_of_get(reader):
    response = reader.get(ARTICLE, method="head")
    assert response["body"] == b""
    assert response["headers"]["ETag"] == reader.get(ARTICLE)["headers"]["ETag"]


def test_unknown_parameters_and_cookies_neither_split_nor_skip_the_cache(reader, django_assert_num_queries):
    first = reader.get(ARTICLE)
    many = "&".join(f"p{number}=x" for number in range(20_000))
    for query in ["utm_source=letter&fbclid=1", many, "&;="]:
        for cookie in ["consent=yes", "mysessionid=1; a=sessionid=", "=; ;;"]:
            with django_assert_num_queries(0):
                assert reader.get(f"{ARTICLE}?{query}", cookie=cookie) == first
    assert len(reader.cache.copies) == 1


def test_equivalent_queries_share_a_cache_entry(reader):
    for query in [
        "q=bone+pain&page=1",
        "page=1&q=bone%20pain",
        "q=x&q=bone pain&page=1&a=b",
        "%71=bone+pain&page=1",
    ]:
        found = reader.get(f"/search/?{query}")
    assert len(reader.cache.copies) == 1
    assert reader.get("/search/?q=nothing")["body"] != found["body"]


def test_a_former_url_is_redirected_by_its_parameters(reader, article):
    Redirect.objects.create(old_path="/old.php?id=5", redirect_page=article, is_permanent=True)
    assert reader.get("/old.php?id=5")["headers"]["Location"] == ARTICLE
    assert reader.get("/old.php?id=6")["status"].startswith("404")


def test_forwarded_headers_from_a_client_do_not_split_the_cache(reader):
    for claim in ["http", "https", "https, http", "x"]:
        reader.get(
            ARTICLE, **{"x-forwarded-proto": claim, "x-forwarded-host": claim, "x-forwarded-for": claim}
        )
    assert len(reader.cache.copies) == 1


def test_other_hosts_are_rejected_and_not_cached(reader, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert reader.get(ARTICLE, host="evil.example")["status"] == "400 Bad Request"
    assert not reader.cache.copies


def test_plain_http_requests_arent_served_https_pages(settings, db):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")
    reader = Reader()
    assert reader.get(ARTICLE, **{"x-forwarded-proto": "https"})["status"] == "200 OK"
    assert reader.get(ARTICLE, **{"x-forwarded-proto": "http"})["status"].startswith("301")
    assert reader.get(ARTICLE)["status"].startswith("301")


def test_urls_of_staff_and_monitors_keep_all_parameters(reader):
    assert reader.get("/readyz?for=serving")["status"] == "200 OK"
    assert b"/admin/inquiries/1/" in reader.get("/sign-in/?next=/admin/inquiries/1/")["body"]
    assert "inquiries" in reader.get("/admin/login/?next=/admin/inquiries/1/")["headers"]["Location"]


def test_signed_in_staff_never_get_cached_pages(reader):
    reader.get(ARTICLE)
    session = SessionStore()
    session.create()
    for template in ["{}={}", "a=b; {}={}", "a=b;{} = {};c"]:
        cookie = template.format(settings.SESSION_COOKIE_NAME, session.session_key)
        assert "ETag" not in reader.get(ARTICLE, cookie=cookie)["headers"]


def test_sign_in_confirmations_and_404s_are_not_cached(reader):
    for path in ["/sign-in/", "/no-such-page/", "/contact/received/CCCC-CCCC/"]:
        reader.get(path)
        assert not reader.cache.copies, path


def test_an_unpublished_page_is_removed_from_the_cache(committed_db, reader, article):
    reader.get(ARTICLE)
    article.unpublish()
    assert per_version.CHECK_INTERVAL_SECONDS <= 1
    reader.expire_version()  # as after this interval
    assert reader.get(ARTICLE)["status"].startswith("404")
    assert not reader.cache.copies


def test_an_expired_copy_is_served_while_the_database_is_down(committed_db, reader):
    before = reader.get(ARTICLE)
    with databases.down():
        reader.expire_version()
        for copy in reader.cache.copies.values():
            copy.fresh_until = 0
        during = reader.get(ARTICLE)
    assert (during["status"], during["body"]) == (before["status"], before["body"])


@pytest.mark.parametrize("change", ["private", "unpublished"])
def test_private_and_unpublished_pages_stay_hidden_while_the_database_is_down(
    committed_db, reader, article, change
):
    reader.get(ARTICLE)
    if change == "private":
        PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    else:
        article.unpublish()
    reader.expire_version()
    reader.get("/search/")  # updates the version
    with databases.down():
        response = reader.get(ARTICLE)
    assert response["status"].startswith("503")
    assert article.lead.encode() not in response["body"]


def test_the_cache_size_is_limited(reader, settings):
    settings.PAGE_CACHE_BYTES = 60_000
    for number in range(10):
        reader.get(f"/search/?q=word{number}")
    assert 0 < reader.cache.bytes <= 60_000
    assert len(reader.cache.copies) < 10
    assert reader.cache.bytes == sum(copy.size for copy in reader.cache.copies.values())
