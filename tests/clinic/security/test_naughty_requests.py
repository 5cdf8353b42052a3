"""Malformed paths, queries and headers never cause a 500 on public URLs."""

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import given, settings, strategies as st
from wagtail.models import Page

from clinic.caching.page_cache import PageCache
from education.models import FailedSearch
from education.search.excerpts import add_excerpts
from education.search.queries import find
from education.search.views import SearchForm
from tests.support import naughty

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("facts_read_once")]
PUBLIC = [
    *["/", "/education/", "/education/kyphoplasty/", "/contact/", "/contact/received/C7K4-M9XP/"],
    *["/search/", "/sitemap.xml", "/robots.txt", "/education/feed.atom", "/site.webmanifest"],
    *["/media/images/x.png", "/documents/1/x.pdf", "/admin/login/", "/admin/password_reset/"],
    *["/static/css/admin.css", "/styleguide/", "/sign-in/", "/sign-in/signup/", "/sign-in/password/reset/"],
]
PARAMETERS = ["q", "page", "next", "p", "format", "lang", ""]
HEADERS = [
    *["host", "cookie", "origin", "referer", "range", "accept", "accept-language", "accept-encoding"],
    *["user-agent", "if-none-match", "if-modified-since", "content-length", "x-forwarded-for"],
    *["x-forwarded-host", "x-forwarded-proto", "forwarded", "sec-fetch-site", "x-requested-with"],
    *["authorization", "x-http-method-override"],
]


def as_latin_1(text):
    return text.encode("utf-8", "replace").decode("latin-1")


texts = st.sampled_from(naughty.ALL) | st.text(max_size=100)
# Servers only accept one line of Latin-1 in a header.
header_texts = texts.map(lambda text: " ".join(as_latin_1(text).splitlines()))
queries = st.lists(st.tuples(st.sampled_from(PARAMETERS), texts), max_size=4)
some_headers = st.dictionaries(st.sampled_from(HEADERS), header_texts, max_size=4)


@pytest.fixture
def visitor(settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.handler.load_middleware()
    return client


def encoded(text):
    return quote(text.encode("utf-8", "surrogatepass"), safe="/%&=")


def test_searching_for_malformed_text_never_fails(visitor, article):
    for number, text in enumerate(naughty.ALL):
        form = SearchForm({"q": text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")})
        if form.is_valid() and (query := form.cleaned_data["q"]):
            found = find(Page.objects.live(), query)
            found.clinic_answer_language(query)
            add_excerpts([article], found.words)
            FailedSearch.objects.record(query)
        if number % 20 == 0:  # requests take longer than calls
            value = encoded(text).replace("&", "%26")
            assert visitor.get(f"/search/?q={value}&page={value}").status_code == 200, text


@settings(max_examples=40)
@given(path=st.sampled_from(PUBLIC), text=texts)
def test_malformed_paths_never_cause_a_500(visitor, path, text):
    for address in [path + encoded(text), path.rstrip("/") + "/" + encoded(text) + "/"]:
        assert visitor.get(address).status_code < 500


@settings(max_examples=40)
@given(path=st.sampled_from(PUBLIC), query=queries)
def test_malformed_queries_never_cause_a_500(visitor, path, query):
    query_string = "&".join(f"{name}={encoded(text)}" for name, text in query)
    assert visitor.get(f"{path}?{query_string}").status_code < 500


@settings(max_examples=40)
@given(path=st.sampled_from(PUBLIC), headers=some_headers)
def test_malformed_headers_never_cause_a_500(visitor, path, headers):
    assert visitor.get(path, headers=headers).status_code < 500


@settings(max_examples=40)
@given(
    path=st.sampled_from(PUBLIC),
    method=st.sampled_from(["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "BREW"]),
    body=st.binary(max_size=200),
)
def test_unexpected_methods_and_bodies_never_cause_a_500(visitor, path, method, body):
    visitor.handler.enforce_csrf_checks = True
    assert visitor.generic(method, path, body).status_code < 500


@pytest.fixture
def cache():
    def application(environ, start_response):
        start_response("200 OK", [("Cache-Control", "s-maxage=60"), ("Content-Type", "text/plain")])
        return [environ["QUERY_STRING"].encode()]

    return PageCache(application)


@settings(max_examples=200)
@given(query=st.binary(max_size=60), header=header_texts)
def test_the_page_cache_accepts_malformed_queries_and_headers(rf, cache, query, header):
    headers = {"HTTP_ACCEPT_ENCODING": header, "HTTP_IF_NONE_MATCH": header, "HTTP_COOKIE": header}
    environ = rf.get("/").environ | headers | {"QUERY_STRING": query.decode("latin-1")}
    statuses = []
    b"".join(cache(environ, lambda status, headers: statuses.append(status)))
    assert statuses[0][:3] in {"200", "304"}


def test_an_unknown_host_gets_the_sites_error_page(visitor):
    response = visitor.get("/contact/", headers={"host": "other.example"})
    assert response.status_code == 400
    assert "We can't read this" in response.content.decode()


@pytest.mark.parametrize("text", ["%00", "C7K4-M9X%00", "9" * 30, "-1", "%D9%A1", "..%2f.."])
def test_malformed_url_parameters_never_cause_a_500(visitor, text):
    for path in ["/contact/received/{}/", "/sign-in/password/choose/{}-{}/", "/documents/{}/x.pdf"]:
        assert visitor.get(path.replace("{}", text)).status_code < 500
