"""A request's address is what our own proxies saw, never what its sender claims."""

import pytest

from clinic.security.client_ip import client_address

NEIGHBOR = "10.0.0.1"


@pytest.fixture
def address(rf, settings):
    def of(proxies, forwarded):
        settings.TRUSTED_PROXIES = proxies
        headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
        return client_address(rf.get("/", REMOTE_ADDR=NEIGHBOR, **headers))

    return of


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", NEIGHBOR),  # without a proxy the header is not read
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),  # the first hop is the sender's own invention
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "203.0.113.9", NEIGHBOR),  # past a proxy only the neighbor is known
        (2, None, NEIGHBOR),
    ],
)
def test_the_hop_that_the_outermost_proxy_saw_counts(address, proxies, forwarded, expected):
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
def test_each_address_has_one_form(address, written, expected):
    assert address(1, written) == expected
