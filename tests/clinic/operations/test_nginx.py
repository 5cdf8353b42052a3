"""nginx with our own configuration, in front of a site that counts what it is asked."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from clinic.caching.middleware import PUBLIC
from tests.support.counting_site import CountingSite
from tests.support.nginx import HOST, Nginx
from tests.support.processes import until

FRESH_FOR_A_SECOND = PUBLIC.replace("s-maxage=60", "s-maxage=1")


@pytest.fixture
def origin():
    origin = CountingSite()
    yield origin
    origin.die()


@pytest.fixture
def nginx(origin, tmp_path):
    nginx = Nginx(tmp_path, origin.server.server_port)
    nginx.start()
    yield nginx
    nginx.stop()


def test_the_second_reader_does_not_reach_the_site(nginx, origin):
    first, second = nginx.ask("/education/"), nginx.ask("/education/")
    assert (first.cached, second.cached) == ("MISS", "HIT")
    assert first.body == second.body
    assert origin.times_asked == 1


def test_thirty_who_ask_at_once_are_one_question(nginx, origin):
    origin.may_answer.clear()
    all_there = threading.Barrier(31)

    def read():
        with nginx.tls.wrap_socket(
            socket.create_connection(("127.0.0.1", nginx.https), timeout=20), server_hostname=HOST
        ) as connection:
            connection.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
            all_there.wait(20)
            return connection.recv(15)

    with ThreadPoolExecutor(30) as readers:
        answers = [readers.submit(read) for _ in range(30)]
        all_there.wait(20)
        origin.may_answer.set()
        assert {answer.result() for answer in answers} == {b"HTTP/1.1 200 OK"}
    assert origin.times_asked == 1


def test_readers_who_wait_for_a_slow_site_leave_room_for_messages(origin, tmp_path):
    nginx = Nginx(tmp_path, origin.server.server_port, replaced={"max_conns=100": "max_conns=2"})
    nginx.start()
    nginx.refresh("/problem/503/")
    origin.may_answer.clear()
    with ThreadPoolExecutor(3) as people:
        waiting = [people.submit(nginx.ask, f"/search/?q={word}") for word in ("hip", "knee")]
        until(lambda: origin.times_asked == 3)
        assert nginx.ask("/search/?q=back").status == 503
        waiting.append(people.submit(nginx.ask, "/contact/", "POST", b"message=x"))
        until(lambda: origin.times_asked == 4)
        origin.may_answer.set()
        assert [answer.result().status for answer in waiting] == [200, 200, 200]
    nginx.stop()


def test_a_video_comes_piece_by_piece(nginx, origin):
    """As phones ask for it, though the site behind only knows whole files."""
    piece = nginx.ask("/documents/1/up.mp4", Range="bytes=1-9")
    assert (piece.status, piece.body) == (206, b"documents")


def test_pages_outlive_the_site(nginx, origin):
    """One that may be shown while it is fetched again, one that may not, one that the site fails at."""
    said = {"/": FRESH_FOR_A_SECOND, "/education/": "public, s-maxage=1", "/search/": "public, s-maxage=1"}
    origin.says = {path: (200, {"Cache-Control": header}) for path, header in said.items()}
    before = {path: nginx.ask(path).body for path in said}
    origin.says["/search/"] = (503, {})
    assert nginx.refresh("/search/").status == 503
    failing = []  # once its second is over
    until(lambda: failing.append(nginx.ask("/search/")) or failing[-1].cached != "HIT")
    origin.die()
    for answer, path in [
        (failing[-1], "/search/"),
        (nginx.ask("/"), "/"),
        (nginx.ask("/education/"), "/education/"),
    ]:
        assert (answer.status, answer.cached, answer.body) == (200, "STALE", before[path])


def test_an_uncached_page_of_a_dead_site_shows_the_phone(nginx, origin):
    nginx.refresh("/problem/503/")
    origin.die()
    answer = nginx.ask("/education/")
    assert answer.status == 503
    assert b"(202) 555-0100" in answer.body
    assert nginx.ask("/contact/", "POST", b"message=x").status == 503


def test_without_that_page_there_is_still_a_sentence(nginx, origin):
    origin.die()
    answer = nginx.ask("/")
    assert answer.status == 503
    assert b"call the clinic" in answer.body


def test_staff_gets_nothing_from_the_cache_and_leaves_nothing_there(nginx, origin):
    nginx.ask("/")
    assert nginx.ask("/", Cookie="__Host-sessionid=abc").cached == "BYPASS"
    nginx.ask("/education/", Cookie="a=b; __Host-sessionid=abc")
    assert nginx.ask("/education/").cached == "MISS"
    assert origin.times_asked == 4


def test_another_cookie_splits_nothing(nginx, origin):
    nginx.ask("/")
    assert nginx.ask("/", Cookie="consent=yes").cached == "HIT"


def test_a_message_is_never_answered_from_the_cache(nginx, origin):
    nginx.ask("/contact/")
    for _ in range(2):
        assert nginx.ask("/contact/", "POST", b"message=x").cached is None
    assert [method for method, _, _ in origin.asked] == ["GET", "POST", "POST"]
    assert nginx.ask("/contact/").cached == "HIT"


def test_nginx_does_not_cache_personal_pages(nginx, origin):
    origin.says["/private/"] = (200, {"Cache-Control": "no-store"})
    origin.says["/mine/"] = (200, {"Cache-Control": PUBLIC, "Set-Cookie": "a=b"})
    for path in origin.says:
        nginx.ask(path)
        assert nginx.ask(path).cached == "MISS", path


def test_these_are_not_kept_whatever_they_say(nginx, origin):
    paths = ["/contact/received/CCCC-CCCC/", "/sign-in/", "/admin/", "/documents/1/a.pdf"]
    for path in paths * 2:
        assert nginx.ask(path).cached is None, path
    assert origin.times_asked == 2 * len(paths)


def test_unknown_parameters_reach_neither_key_nor_site(nginx, origin):
    nginx.ask("/search/?utm_source=letter&q=bone&fbclid=1&page=2")
    assert nginx.ask("/search/?page=2&q=bone").cached == "HIT"
    assert nginx.ask("/search/?q=knee").cached == "MISS"
    assert [path for _, path, _ in origin.asked] == ["/search/?q=bone&page=2", "/search/?q=knee&"]


def test_staffs_parameters_all_reach_the_site(nginx, origin):
    nginx.ask("/admin/inquiries/?status=new&q=x")
    assert origin.asked[0][1] == "/admin/inquiries/?status=new&q=x"


def test_encodings_are_two_however_they_are_listed(nginx, origin):
    listed = {
        "br, gzip": "br",
        "gzip, deflate, br, zstd": "br",
        "gzip;q=1, br;q=0": "gzip",
        "identity": "gzip",
    }
    for number, accepted in enumerate(listed):
        nginx.ask(f"/{number}/", Accept_Encoding=accepted)
    assert [headers["Accept-Encoding"] for _, _, headers in origin.asked] == [*listed.values()]


def test_nginx_overwrites_forwarded_headers(nginx, origin):
    nginx.ask("/", X_Forwarded_For="203.0.113.9", X_Forwarded_Proto="http", X_Forwarded_Host="evil.example")
    headers = origin.asked[0][2]
    assert headers["Host"] == HOST
    assert headers["X-Forwarded-For"] == "127.0.0.1"
    assert headers["X-Forwarded-Proto"] == "https"
    assert "X-Forwarded-Host" not in headers


def test_other_hosts_are_nobodys(nginx, origin):
    assert nginx.ask("/", port=nginx.http).headers["Location"] == f"https://{HOST}/"
    with pytest.raises(ConnectionError):
        nginx.ask("/", port=nginx.http, Host="evil.example")


def test_http_2_is_spoken(nginx):
    nginx.tls.set_alpn_protocols(["h2"])
    with socket.create_connection(("127.0.0.1", nginx.https)) as plain:
        assert nginx.tls.wrap_socket(plain, server_hostname=HOST).selected_alpn_protocol() == "h2"


def test_too_much_is_refused(nginx, origin):
    assert nginx.ask("/contact/", "POST", b"x" * 3_500_000).status == 413
    assert not origin.asked


def test_the_problem_pages_have_no_address(nginx):
    assert nginx.ask("/problem/429/").status == 404


def test_a_refreshed_page_takes_the_old_ones_place(nginx, origin):
    nginx.ask("/")
    assert nginx.refresh("/").status == 200
    answer = nginx.ask("/")
    assert answer.cached == "HIT"
    assert b"answer 2" in answer.body


def test_a_page_that_is_gone_or_private_now_is_seen_no_more(nginx, origin):
    says = {
        "/gone/": (404, {}),
        "/private/": (302, {"Location": "/sign-in/", "Cache-Control": "no-store"}),
        "/moved/": (301, {"Location": "/new/"}),
    }
    for path in says:
        nginx.ask(path)
    origin.says = says
    for path, (status, _headers) in says.items():
        nginx.refresh(path)
        assert nginx.ask(path).status == status


def test_a_refresh_with_a_cookie_is_not_kept(nginx, origin):
    origin.says["/"] = (200, {"Set-Cookie": "csrftoken=x"})
    nginx.refresh("/")
    assert nginx.ask("/").cached == "MISS"


def test_no_log_knows_what_was_searched_for_or_who_got_which_reference(nginx, origin):
    secrets = ["Maria", "K7Q4-M9XP", "one-time-key"]
    addresses = ["/search/?q=Maria", "/admin/inquiries/?q=Maria", "/contact/received/K7Q4-M9XP/"]
    addresses += ["/sign-in/password/choose/1-one-time-key/"]
    for is_alive in (True, False):
        for address in addresses:
            nginx.ask(address, Referer=f"https://{HOST}/search/?q=Maria")
        nginx.ask("/contact/", "POST", b"message=Maria")
        if is_alive:
            origin.die()
    nginx.stop()
    logs = [file.read_text() for file in nginx.folder.glob("*.log")]
    assert '"GET /admin/inquiries/" 200' in nginx.access_log()
    assert '"POST /contact/" 503' in nginx.access_log()
    assert not [word for word in secrets for log in logs if word in log]
