"""The weekly link check reports broken links and never contacts private networks."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from education.checks.links import fetching, weekly
from education.checks.links.fetching import problem_of
from education.models import BrokenLink, StandardPage
from tests.education.checks.conftest import section

Problem = BrokenLink.Problem


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.requested_paths.append(self.path)
        status = int(self.path.split("/")[1].partition("?")[0] or 200)
        if status == 666:  # close the connection
            return self.connection.close()
        self.send_response(status)
        self.send_header("Location", self.path.partition("?")[2])
        self.end_headers()
        return None

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    """An HTTP server on localhost that responds as its paths say."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.requested_paths = []
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def other_site(server, monkeypatch):
    """Return the URL of the server, treated as a public site."""
    monkeypatch.setattr(fetching, "PORTS", {"http": server.server_port})
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    return f"http://127.0.0.1:{server.server_port}"


RESULTS = {
    "/200": None,
    "/403": None,  # many sites refuse robots
    "/404": Problem.GONE,
    "/410": Problem.GONE,
    "/500": Problem.FAILS,
    "/301?/200": None,
    "/302?/404": Problem.GONE,
    "/302?": None,
    "/301?/301?": None,
    "/301?http://10.0.0.1/": Problem.PRIVATE,
    "/666": Problem.NO_ANSWER,
    "/200/é": None,
}


def test_responses_are_classified_as_working_or_broken(other_site):
    assert {path: problem_of(other_site + path) for path in RESULTS} == RESULTS


def test_private_addresses_are_never_contacted(server, monkeypatch):
    monkeypatch.setattr(fetching, "PORTS", {"http": server.server_port})
    for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f000001", "0"]:
        assert problem_of(f"http://{host}:{server.server_port}/") == Problem.PRIVATE
    assert server.requested_paths == []


NOT_PUBLIC = [
    *["10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "127.0.0.2"],
    *["::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "224.0.0.1"],
]


def test_private_and_reserved_addresses_arent_public():
    for address in [*NOT_PUBLIC, "93.184.215.14", "2606:2800:21f::1"]:
        assert fetching.is_public(address) is (address not in NOT_PUBLIC), address


def test_malformed_urls_are_reported_as_broken():
    for address in ["ftp://127.0.0.1/", "http://127.0.0.1:22/", "https://", "http://[", "http://a..b/"]:
        assert problem_of(address) in {Problem.PRIVATE, Problem.NO_HOST}, address


@pytest.fixture
def linking(make_article, other_site):
    """An article with a good and a broken link in its text, and a broken one in its sources."""
    text = f'See <a href="{other_site}/200?a=1&amp;b=2">one</a> and <a href="{other_site}/404">two</a>.'
    source = ("source", {"title": "A study", "url": f"{other_site}/410"})
    return make_article("Links", body=[section("Links", text)], sources=[source])


def test_the_report_lists_broken_links_until_they_are_fixed(
    linking, other_site, server, as_user, editor, monkeypatch
):
    weekly.check_links()
    assert "/200?a=1&b=2" in server.requested_paths
    first = {link.address: link.found_at for link in linking.broken_links.all()}
    assert set(first) == {f"{other_site}/404", f"{other_site}/410"}
    html = as_user(editor).get("/admin/reports/broken-links/").content.decode()
    assert f"{other_site}/404" in html
    assert "There’s no such page" in html

    monkeypatch.setattr(fetching, "GONE_STATUSES", {404})
    weekly.check_links()
    assert {link.address: link.found_at for link in linking.broken_links.all()} == {
        f"{other_site}/404": first[f"{other_site}/404"]
    }


def test_links_to_unpublished_pages_are_broken(other_site, article, make_article):
    target = StandardPage.objects.live().first()
    link = f'<a linktype="page" id="{target.pk}">Gone</a>'
    page = make_article("Linking", body=[section("Links", link)])
    weekly.check_links()
    assert not page.broken_links.exists()
    target.unpublish()
    weekly.check_links()
    assert page.broken_links.get().problem == Problem.UNPUBLISHED


def test_nothing_is_reported_without_a_network(linking, server, monkeypatch):
    def no_network(*args, **kwargs):
        raise socket.gaierror

    monkeypatch.setattr(fetching, "PORTS", {"http": server.server_port, "https": 443})
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    weekly.check_links()
    assert not BrokenLink.objects.exists()


def test_the_number_of_checked_links_is_limited(linking, server, monkeypatch):
    monkeypatch.setattr(weekly, "MAX_LINKS", 1)
    weekly.check_links()
    assert server.requested_paths == ["/200?a=1&b=2"]
