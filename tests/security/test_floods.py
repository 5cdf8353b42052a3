"""Floods and slow senders at our nginx: neighbours are not refused for them, and readers always have room."""

import socket
from contextlib import ExitStack, closing, suppress
from http.client import RemoteDisconnected

import pytest

from tests.support.counting_site import CountingSite
from tests.support.nginx import HOST, Nginx

# Debian's nginx believes this header where a test says so; clinic.conf believes nobody.
FROM_ANYWHERE = "set_real_ip_from 127.0.0.0/8; real_ip_header X-Test-Address;"


@pytest.fixture
def origin():
    origin = CountingSite()
    yield origin
    origin.die()


@pytest.fixture
def nginx(origin, tmp_path):
    nginx = Nginx(tmp_path, origin.server.server_port, extra=FROM_ANYWHERE)
    nginx.start()
    yield nginx
    nginx.stop()


def post(nginx, address, on=None):
    return nginx.ask("/contact/", "POST", b"message=x", on=on, X_Test_Address=address)


def post_all(nginx, addresses):
    """One after the other; what was answered."""
    with closing(nginx.connect()) as connection:
        return {post(nginx, address, connection).status for address in addresses}


def over_the_limit(nginx):
    """How many posts nginx counted as too many so far, though it let the site answer them."""
    nginx.ask("/")  # what was answered before this is in the log by now
    return nginx.access_log().count(" REJECTED ")


def half_sent(nginx, address=None):
    """A connection with a post whose body never comes."""
    plain = socket.create_connection(("127.0.0.1", nginx.https), timeout=20, source_address=address)
    sender = nginx.tls.wrap_socket(plain, server_hostname=HOST)
    sender.sendall(f"POST /contact/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 900\r\n\r\nm".encode())
    return sender


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::7"])
def test_a_neighbours_junk_refuses_nobody(nginx, origin, address):
    assert post_all(nginx, [address] * 120) == {200}
    assert [method for method, _, _ in origin.asked].count("POST") == 120
    assert over_the_limit(nginx) > 10


def test_requests_over_the_limit_hold_few_threads_and_show_the_phone(nginx, origin):
    post_all(nginx, ["127.0.0.1"] * 110)
    with ExitStack() as crowd:
        for _ in range(8):
            crowd.enter_context(half_sent(nginx))
        refused = post(nginx, "127.0.0.1")
    assert refused.status == 429
    assert b"(202) 555-0100" in refused.body
    assert "no-store" in refused.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("spelled_out", "shortened", "elsewhere"),
    [
        ("2001:db8:0:0:a:b:c:d", "2001:db8::1", "2001:db8:0:1::1"),
        ("fd00:1:2:3:4:5:6:7", "fd00:1:2:3::", "fd00:1:2:4::"),
    ],
)
def test_an_ipv6_household_is_one_place_however_its_address_is_spelled(
    nginx, spelled_out, shortened, elsewhere
):
    post_all(nginx, [spelled_out, shortened] * 55)
    counted = over_the_limit(nginx)
    assert counted
    post(nginx, elsewhere)
    assert over_the_limit(nginx) == counted


def test_a_large_ipv6_network_is_one_place_too(nginx):
    post_all(nginx, [f"2001:db8:1:{number:x}::1" for number in range(420)])
    assert over_the_limit(nginx)
    counted = over_the_limit(nginx)
    post(nginx, "2001:db8:2::1")
    assert over_the_limit(nginx) == counted


@pytest.mark.parametrize("addresses", [["127.0.0.1"], [f"127.0.0.{number}" for number in range(2, 42)]])
def test_five_hundred_slow_senders_keep_no_reader_waiting(nginx, addresses):
    with ExitStack() as senders:
        for number in range(508):
            with suppress(OSError):  # refused already
                senders.enter_context(half_sent(nginx, (addresses[number % len(addresses)], 0)))
        assert nginx.ask("/education/").status == 200


def test_a_sender_who_pauses_for_too_long_is_let_go(origin, tmp_path):
    sooner = {"client_body_timeout 15s": "client_body_timeout 1s"}
    nginx = Nginx(tmp_path, origin.server.server_port, replaced=sooner)
    nginx.start()
    try:
        with half_sent(nginx) as sender, suppress(ConnectionResetError):
            assert sender.recv(1) == b""
    finally:
        nginx.stop()


def test_a_mismatched_sni_and_host_header_are_refused(nginx):
    with pytest.raises((ConnectionError, RemoteDisconnected)):
        nginx.ask("/", Host="evil.example")


def test_pictures_come_from_the_disk_and_run_nothing(nginx, origin):
    pictures = nginx.folder / "media" / "images"
    pictures.mkdir(parents=True)
    (pictures / "spine.png").write_bytes(b"picture")
    answer = nginx.ask("/media/images/spine.png")
    assert (answer.status, answer.body, answer.headers["Content-Type"]) == (200, b"picture", "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "'none'" in answer.headers["Content-Security-Policy"]
    assert nginx.ask("/media/images/../documents/letter.pdf").status == 200  # the site's to answer
    assert nginx.ask("/media/images/%2e%2e/secret").status == 200
    assert origin.times_asked == 2
