"""nginx's protection against floods and slow clients, which other visitors shouldn't notice."""

import socket
from contextlib import ExitStack, closing, suppress
from http.client import RemoteDisconnected

import pytest

from tests.support.nginx import HOST, Nginx
from tests.support.recording_site import RecordingSite

# Lets tests set the client's address with a header, which clinic.conf doesn't trust.
TRUST_TEST_ADDRESS = "set_real_ip_from 127.0.0.0/8; real_ip_header X-Test-Address;"


@pytest.fixture
def origin():
    origin = RecordingSite()
    yield origin
    origin.stop()


@pytest.fixture
def nginx(origin, tmp_path):
    nginx = Nginx(tmp_path, origin.server.server_port, extra=TRUST_TEST_ADDRESS)
    nginx.start()
    yield nginx
    nginx.stop()


def post(nginx, address, on=None):
    return nginx.request("/contact/", "POST", b"message=x", connection=on, X_Test_Address=address)


def post_all(nginx, addresses):
    """Post from each address in sequence; return the set of statuses."""
    with closing(nginx.connect()) as connection:
        return {post(nginx, address, connection).status for address in addresses}


def over_the_limit(nginx):
    """Return how many requests nginx logged as over the limit but let through."""
    nginx.request("/")  # afterwards, all earlier requests are in the log
    return nginx.access_log().count(" REJECTED ")


def half_sent(nginx, address=None):
    """Open a connection and send a post with an incomplete body."""
    plain = socket.create_connection(("127.0.0.1", nginx.https), timeout=20, source_address=address)
    sender = nginx.tls.wrap_socket(plain, server_hostname=HOST)
    sender.sendall(f"POST /contact/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 900\r\n\r\nm".encode())
    return sender


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::7"])
def test_posts_over_the_limit_from_one_address_still_reach_the_site(nginx, origin, address):
    assert post_all(nginx, [address] * 120) == {200}
    assert [method for method, _, _ in origin.requests].count("POST") == 120
    assert over_the_limit(nginx) > 10


def test_more_than_eight_concurrent_posts_over_the_limit_get_a_429_with_the_phone_number(nginx, origin):
    post_all(nginx, ["127.0.0.1"] * 110)
    with ExitStack() as senders:
        for _ in range(8):
            senders.enter_context(half_sent(nginx))
        response = post(nginx, "127.0.0.1")
    assert response.status == 429
    assert b"(202) 555-0100" in response.body
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("full", "shortened", "other"),
    [
        ("2001:db8:0:0:a:b:c:d", "2001:db8::1", "2001:db8:0:1::1"),
        ("fd00:1:2:3:4:5:6:7", "fd00:1:2:3::", "fd00:1:2:4::"),
    ],
)
def test_addresses_in_an_ipv6_64_network_share_a_limit(nginx, full, shortened, other):
    post_all(nginx, [full, shortened] * 55)
    count = over_the_limit(nginx)
    assert count
    post(nginx, other)
    assert over_the_limit(nginx) == count


def test_addresses_in_an_ipv6_48_network_share_a_limit(nginx):
    post_all(nginx, [f"2001:db8:1:{number:x}::1" for number in range(420)])
    count = over_the_limit(nginx)
    assert count
    post(nginx, "2001:db8:2::1")
    assert over_the_limit(nginx) == count


@pytest.mark.parametrize("addresses", [["127.0.0.1"], [f"127.0.0.{number}" for number in range(2, 42)]])
def test_readers_are_served_despite_five_hundred_slow_senders(nginx, addresses):
    with ExitStack() as senders:
        for number in range(508):
            with suppress(OSError):  # rejected by nginx
                senders.enter_context(half_sent(nginx, (addresses[number % len(addresses)], 0)))
        assert nginx.request("/education/").status == 200


def test_a_slow_sender_is_disconnected_after_the_body_timeout(origin, tmp_path):
    timeout = {"client_body_timeout 15s": "client_body_timeout 1s"}
    nginx = Nginx(tmp_path, origin.server.server_port, replacements=timeout)
    nginx.start()
    try:
        with half_sent(nginx) as sender, suppress(ConnectionResetError):
            assert sender.recv(1) == b""
    finally:
        nginx.stop()


def test_a_mismatch_of_sni_and_host_header_is_rejected(nginx):
    with pytest.raises((ConnectionError, RemoteDisconnected)):
        nginx.request("/", Host="evil.example")


def test_images_are_served_from_the_disk_and_cannot_run_scripts(nginx, origin):
    images = nginx.folder / "media" / "images"
    images.mkdir(parents=True)
    (images / "spine.png").write_bytes(b"image")
    response = nginx.request("/media/images/spine.png")
    assert (response.status, response.body) == (200, b"image")
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "'none'" in response.headers["Content-Security-Policy"]
    assert nginx.request("/media/images/../documents/letter.pdf").status == 200  # from the site
    assert nginx.request("/media/images/%2e%2e/secret").status == 200
    assert origin.request_count == 2
