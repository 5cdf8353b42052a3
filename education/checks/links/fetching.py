"""Request a page of another site without server-side request forgery.

Editors enter the URLs, so every IP address that a name resolves to has to be public, the connection uses an
address that was checked, and each redirect is checked as well. The body is never read.
"""

import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from django.conf import settings

from education.models.checks import BrokenLink

Problem = BrokenLink.Problem
TIMEOUT_SECONDS = 10  # without data
MAX_REQUEST_SECONDS = 20  # in total, for sites that send a byte at a time
MAX_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
REDIRECT_STATUSES = {301, 302, 303, 307, 308}
GONE_STATUSES = {404, 410}
SAFE_CHARACTERS = "%/?#[]@!$&'()*+,;=:~"  # not percent-encoded (again)


class PrivateAddress(Exception):
    """The name resolves to an address that isn't public."""


def problem_of(address: str) -> Problem | None:
    """Return the problem with a URL, or None if it works or only refuses robots."""
    for _attempt in range(MAX_REDIRECTS + 1):
        try:
            status, location = fetch_status(address)
        except (PrivateAddress, socket.gaierror, UnicodeError, ValueError) as error:
            return Problem.PRIVATE if isinstance(error, PrivateAddress) else Problem.NO_HOST
        except ssl.SSLCertVerificationError:
            return Problem.INSECURE
        except (OSError, HTTPException):
            return Problem.NO_ANSWER
        if status not in REDIRECT_STATUSES or not location:
            return Problem.GONE if status in GONE_STATUSES else Problem.FAILS if 500 <= status < 600 else None
        address = urljoin(address, location)
    return Problem.LOOP


def fetch_status(address: str) -> tuple[int, str]:
    """Return the HTTP status and the Location header of a URL."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or (parts.port or PORTS[parts.scheme]) not in PORTS.values():
        raise PrivateAddress
    host = (parts.hostname or "").encode("idna").decode()
    connection = HTTPConnection(host, 80, timeout=TIMEOUT_SECONDS)  # 80: the Host header has no port
    connection.sock = connect(host, parts.port or PORTS[parts.scheme])
    timer = threading.Timer(MAX_REQUEST_SECONDS, shut_down, [connection])
    timer.start()
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = secured = context.wrap_socket(
                connection.sock, server_hostname=host, do_handshake_on_connect=False
            )
            secured.do_handshake()
        target = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=SAFE_CHARACTERS)
        connection.request("GET", target, headers={"User-Agent": f"Link check of {settings.BASE_URL}"})
        response = connection.getresponse()
        return response.status, response.getheader("Location", "")
    finally:
        timer.cancel()
        connection.close()


def connect(host: str, port: int) -> socket.socket:
    addresses = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not all(map(is_public, addresses)):
        raise PrivateAddress
    return socket.create_connection((min(addresses, key=lambda ip: ":" in ip), port), TIMEOUT_SECONDS)


def is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_global and not ip.is_multicast


def shut_down(connection: HTTPConnection) -> None:
    with suppress(OSError):  # it may be closed already
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
