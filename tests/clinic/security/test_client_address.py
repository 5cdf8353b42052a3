"""The client's address comes from our own proxies, and can't be forged."""

import pytest

from clinic.security.client_ip import client_address

REMOTE_ADDR = "10.0.0.1"


@pytest.fixture
def address(rf, settings):
    def get(proxies, forwarded):
        settings.TRUSTED_PROXIES = proxies
        headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
        return client_address(rf.get("/", REMOTE_ADDR=REMOTE_ADDR, **headers))

    return get


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", REMOTE_ADDR),  # without a proxy, the header is ignored
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),  # the first hop is forged
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "203.0.113.9", REMOTE_ADDR),  # the client bypassed a proxy
        (2, None, REMOTE_ADDR),
    ],
)
def test_the_address_is_the_one_seen_by_the_outermost_proxy(address, proxies, forwarded, expected):
    assert address(proxies, forwarded) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("198.51.100.7:4711", "198.51.100.7"),
        ("[2001:DB8::1]:443", "2001:db8::1"),
        ('"[2001:db8:0:0::1]"', "2001:db8::1"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("fe80::1%eth0", "fe80::1"),
        ("unknown", ""),
        ("1.2.3.4'; DROP TABLE", ""),
        ("", ""),
        ("\x00", ""),
    ],
)
def test_addresses_are_normalized(address, written, expected):
    assert address(1, written) == expected
