"""Ask another site for one page, without letting its address reach into our network.

An editor types the address, so each IP address that a name resolves to has to be public, the connection goes
to the one that was checked, and each redirect is checked as well. No body is read.
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
TIMEOUT = 10  # seconds of silence
PATIENCE = 20  # seconds in all, for a site that answers a byte at a time
MAX_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
MOVED = {301, 302, 303, 307, 308}
GONE = {404, 410}
KEPT = "%/?#[]@!$&'()*+,;=:~"  # characters of a target that aren't encoded (again)


class PrivateAddress(Exception):
    """The name resolves to an address that isn't public."""


def problem_of(address: str) -> Problem | None:
    """What's wrong with a link; None if its page answers, or refuses machines as many sites do."""
    for _attempt in range(MAX_REDIRECTS + 1):
        try:
            status, location = ask(address)
        except (PrivateAddress, socket.gaierror, UnicodeError, ValueError) as error:
            return Problem.PRIVATE if isinstance(error, PrivateAddress) else Problem.NO_HOST
        except ssl.SSLCertVerificationError:
            return Problem.INSECURE
        except (OSError, HTTPException):
            return Problem.NO_ANSWER
        if status not in MOVED or not location:
            return Problem.GONE if status in GONE else Problem.FAILS if 500 <= status < 600 else None
        address = urljoin(address, location)
    return Problem.LOOP


def ask(address: str) -> tuple[int, str]:
    """The status of a page, and where it sends its visitors."""
    parts = urlsplit(address)
    if parts.scheme not in PORTS or (parts.port or PORTS[parts.scheme]) not in PORTS.values():
        raise PrivateAddress
    host = (parts.hostname or "").encode("idna").decode()
    connection = HTTPConnection(host, 80, timeout=TIMEOUT)  # 80: the Host header names no port
    connection.sock = connect(host, parts.port or PORTS[parts.scheme])
    watch = threading.Timer(PATIENCE, hang_up, [connection])
    watch.start()
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = secured = context.wrap_socket(
                connection.sock, server_hostname=host, do_handshake_on_connect=False
            )
            secured.do_handshake()
        target = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=KEPT)
        connection.request("GET", target, headers={"User-Agent": f"Link check of {settings.BASE_URL}"})
        response = connection.getresponse()
        return response.status, response.getheader("Location", "")
    finally:
        watch.cancel()
        connection.close()


def connect(host: str, port: int) -> socket.socket:
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if not all(map(is_public, found)):
        raise PrivateAddress
    return socket.create_connection((min(found, key=lambda ip: ":" in ip), port), TIMEOUT)


def is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_global and not ip.is_multicast


def hang_up(connection: HTTPConnection) -> None:
    with suppress(OSError):  # it may have ended by itself
        socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
