"""nginx with our configuration, in front of a server that records requests."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from clinic.caching.middleware import PUBLIC
from tests.support.nginx import HOST, Nginx
from tests.support.processes import until
from tests.support.recording_site import RecordingSite

FRESH_FOR_A_SECOND = PUBLIC.replace("s-maxage=60", "s-maxage=1")


@pytest.fixture
def origin():
    origin = RecordingSite()
    yield origin
    origin.stop()


@pytest.fixture
def nginx(origin, tmp_path):
    nginx = Nginx(tmp_path, origin.server.server_port)
    nginx.start()
    yield nginx
    nginx.stop()


def test_simultaneous_requests_for_a_page_reach_the_site_once(nginx, origin):
    origin.unblocked.clear()
    barrier = threading.Barrier(31)

    def read():
        with nginx.tls.wrap_socket(
            socket.create_connection(("127.0.0.1", nginx.https), timeout=20), server_hostname=HOST
        ) as connection:
            connection.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
            barrier.wait(20)
            return connection.recv(15)

    with ThreadPoolExecutor(30) as readers:
        responses = [readers.submit(read) for _ in range(30)]
        barrier.wait(20)
        origin.unblocked.set()
        assert {response.result() for response in responses} == {b"HTTP/1.1 200 OK"}
    assert origin.request_count == 1


def test_messages_get_through_while_readers_wait_for_a_slow_site(origin, tmp_path):
    nginx = Nginx(tmp_path, origin.server.server_port, replacements={"max_conns=100": "max_conns=2"})
    nginx.start()
    nginx.refresh("/problem/503/")
    origin.unblocked.clear()
    with ThreadPoolExecutor(3) as clients:
        waiting = [clients.submit(nginx.request, f"/search/?q={word}") for word in ("hip", "knee")]
        until(lambda: origin.request_count == 3)
        assert nginx.request("/search/?q=back").status == 503
        waiting.append(clients.submit(nginx.request, "/contact/", "POST", b"message=x"))
        until(lambda: origin.request_count == 4)
        origin.unblocked.set()
        assert [response.result().status for response in waiting] == [200, 200, 200]
    nginx.stop()


def test_range_requests_for_videos_are_answered(nginx, origin):
    """Phones require them, and the site behind nginx doesn't support them."""
    response = nginx.request("/documents/1/up.mp4", Range="bytes=1-9")
    assert (response.status, response.body) == (206, b"documents")


def test_cached_pages_are_served_while_the_site_is_down(nginx, origin):
    """A page with stale-while-revalidate, one without, and one for which the site returns errors."""
    rules = {"/": FRESH_FOR_A_SECOND, "/education/": "public, s-maxage=1", "/search/": "public, s-maxage=1"}
    origin.responses = {path: (200, {"Cache-Control": header}) for path, header in rules.items()}
    before = {path: nginx.request(path).body for path in rules}
    origin.responses["/search/"] = (503, {})
    assert nginx.refresh("/search/").status == 503
    expired = []  # after a second
    until(lambda: expired.append(nginx.request("/search/")) or expired[-1].cache_status != "HIT")
    origin.stop()
    for response, path in [
        (expired[-1], "/search/"),
        (nginx.request("/"), "/"),
        (nginx.request("/education/"), "/education/"),
    ]:
        assert (response.status, response.cache_status, response.body) == (200, "STALE", before[path])


@pytest.mark.parametrize(("is_cached", "text"), [(True, b"(202) 555-0100"), (False, b"call the clinic")])
def test_an_uncached_page_says_to_call_while_the_site_is_down(nginx, origin, is_cached, text):
    """The site's error page has the phone number; a built-in message replaces it until it's cached."""
    if is_cached:
        nginx.refresh("/problem/503/")
    origin.stop()
    response = nginx.request("/education/")
    assert response.status == 503
    assert text in response.body
    assert nginx.request("/contact/", "POST", b"message=x").status == 503


def test_only_requests_with_a_session_bypass_the_cache(nginx, origin):
    first, second = nginx.request("/"), nginx.request("/", Cookie="consent=yes")
    assert (first.cache_status, second.cache_status) == ("MISS", "HIT")
    assert first.body == second.body
    assert nginx.request("/", Cookie="__Host-sessionid=abc").cache_status == "BYPASS"
    nginx.request("/education/", Cookie="a=b; __Host-sessionid=abc")
    assert nginx.request("/education/").cache_status == "MISS"
    assert origin.request_count == 4


def test_posts_are_never_cached(nginx, origin):
    nginx.request("/contact/")
    for _ in range(2):
        assert nginx.request("/contact/", "POST", b"message=x").cache_status is None
    assert [method for method, _, _ in origin.requests] == ["GET", "POST", "POST"]
    assert nginx.request("/contact/").cache_status == "HIT"


def test_private_responses_are_never_cached(nginx, origin):
    origin.responses["/private/"] = (200, {"Cache-Control": "no-store"})
    origin.responses["/mine/"] = (200, {"Cache-Control": PUBLIC, "Set-Cookie": "a=b"})
    for path in origin.responses:
        nginx.request(path)
        assert nginx.request(path).cache_status == "MISS", path


def test_private_urls_are_never_cached_whatever_their_headers(nginx, origin):
    paths = ["/contact/received/CCCC-CCCC/", "/sign-in/", "/admin/", "/documents/1/a.pdf"]
    for path in paths * 2:
        assert nginx.request(path).cache_status is None, path
    assert origin.request_count == 2 * len(paths)


def test_unknown_parameters_are_dropped_except_from_admin_urls(nginx, origin):
    nginx.request("/search/?utm_source=letter&q=bone&fbclid=1&page=2")
    assert nginx.request("/search/?page=2&q=bone").cache_status == "HIT"
    assert nginx.request("/search/?q=knee").cache_status == "MISS"
    nginx.request("/admin/inquiries/?status=new&q=x")
    requested = ["/search/?q=bone&page=2", "/search/?q=knee&", "/admin/inquiries/?status=new&q=x"]
    assert [path for _, path, _ in origin.requests] == requested


def test_encodings_are_normalized_to_brotli_and_gzip(nginx, origin):
    normalized = {
        "br, gzip": "br",
        "gzip, deflate, br, zstd": "br",
        "gzip;q=1, br;q=0": "gzip",
        "identity": "gzip",
    }
    for number, accepted in enumerate(normalized):
        nginx.request(f"/{number}/", Accept_Encoding=accepted)
    assert [headers["Accept-Encoding"] for _, _, headers in origin.requests] == [*normalized.values()]


def test_nginx_overwrites_forwarded_headers(nginx, origin):
    nginx.request(
        "/", X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="http", X_Forwarded_Host="evil.example"
    )
    headers = origin.requests[0][2]
    assert headers["Host"] == HOST
    assert headers["X-Forwarded-For"] == "127.0.0.1"
    assert headers["X-Forwarded-Proto"] == "https"
    assert "X-Forwarded-Host" not in headers


def test_unknown_hosts_are_refused(nginx, origin):
    assert nginx.request("/", port=nginx.http).headers["Location"] == f"https://{HOST}/"
    with pytest.raises(ConnectionError):
        nginx.request("/", port=nginx.http, Host="evil.example")


def test_http_2_is_supported(nginx):
    nginx.tls.set_alpn_protocols(["h2"])
    with socket.create_connection(("127.0.0.1", nginx.https)) as plain:
        assert nginx.tls.wrap_socket(plain, server_hostname=HOST).selected_alpn_protocol() == "h2"


def test_a_large_body_is_refused(nginx, origin):
    assert nginx.request("/contact/", "POST", b"x" * 3_500_000).status == 413
    assert not origin.requests


def test_error_pages_have_no_public_url(nginx):
    assert nginx.request("/problem/429/").status == 404


def test_a_refresh_removes_deleted_and_private_pages(nginx, origin):
    responses = {
        "/gone/": (404, {}),
        "/private/": (302, {"Location": "/sign-in/", "Cache-Control": "no-store"}),
        "/moved/": (301, {"Location": "/new/"}),
    }
    for path in responses:
        nginx.request(path)
    origin.responses = responses
    for path, (status, _headers) in responses.items():
        nginx.refresh(path)
        assert nginx.request(path).status == status


def test_a_refresh_with_a_cookie_isnt_cached(nginx, origin):
    origin.responses["/"] = (200, {"Set-Cookie": "csrftoken=x"})
    nginx.refresh("/")
    assert nginx.request("/").cache_status == "MISS"


def test_logs_contain_no_searches_references_or_keys(nginx, origin):
    secrets = ["Maria", "K7Q4-M9XP", "one-time-key"]
    addresses = ["/search/?q=Maria", "/admin/inquiries/?q=Maria", "/contact/received/K7Q4-M9XP/"]
    addresses += ["/sign-in/password/choose/1-one-time-key/"]
    for is_alive in (True, False):
        for address in addresses:
            nginx.request(address, Referer=f"https://{HOST}/search/?q=Maria")
        nginx.request("/contact/", "POST", b"message=Maria")
        if is_alive:
            origin.stop()
    nginx.stop()
    logs = [file.read_text() for file in nginx.folder.glob("*.log")]
    assert '"GET /admin/inquiries/" 200' in nginx.access_log()
    assert '"POST /contact/" 503' in nginx.access_log()
    assert not [word for word in secrets for log in logs if word in log]
