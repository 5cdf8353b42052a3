"""The weekly look at links: what's broken stands in the report; the worker asks no private network."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from procrastinate.contrib.django import app

from education.checks.links import fetching, weekly
from education.checks.links.fetching import problem_of
from education.models import BrokenLink, StandardPage
from tests.education.checks.conftest import section

Problem = BrokenLink.Problem


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        status = int(self.path.split("/")[1].partition("?")[0] or 200)
        if status == 666:  # hangs up
            return self.connection.close()
        self.send_response(status)
        self.send_header("Location", self.path.partition("?")[2])
        self.end_headers()
        return None

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    """Another site, on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def other_site(server, monkeypatch):
    """The same, as if it were public: its address."""
    monkeypatch.setattr(fetching, "PORTS", {"http": server.server_port})
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    return f"http://127.0.0.1:{server.server_port}"


BROKEN = {
    "/200": None,
    "/403": None,  # many sites refuse machines
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


def test_what_is_broken(other_site):
    assert {path: problem_of(other_site + path) for path in BROKEN} == BROKEN


def test_no_address_of_a_private_network_is_asked(server, monkeypatch):
    monkeypatch.setattr(fetching, "PORTS", {"http": server.server_port})
    for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f000001", "0"]:
        assert problem_of(f"http://{host}:{server.server_port}/") == Problem.PRIVATE
    assert server.asked == []


NOT_PUBLIC = [
    *["10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "127.0.0.2"],
    *["::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "224.0.0.1"],
]


def test_public_addresses():
    for address in [*NOT_PUBLIC, "93.184.215.14", "2606:2800:21f::1"]:
        assert fetching.is_public(address) is (address not in NOT_PUBLIC), address


def test_odd_addresses_are_broken_and_stop_nothing():
    for address in ["ftp://127.0.0.1/", "http://127.0.0.1:22/", "https://", "http://[", "http://a..b/"]:
        assert problem_of(address) in {Problem.PRIVATE, Problem.NO_HOST}, address


@pytest.fixture
def linking(make_article, other_site):
    """An article with a good link and a bad one, in its text and its sources."""
    text = f'See <a href="{other_site}/200?a=1&amp;b=2">one</a> and <a href="{other_site}/404">two</a>.'
    source = ("source", {"title": "A study", "url": f"{other_site}/410"})
    return make_article("Links", body=[section("Links", text)], sources=[source])


def test_the_report_names_them_with_the_day_and_forgets_what_was_mended(
    linking, other_site, server, as_user, editor, monkeypatch
):
    weekly.check_links()
    assert "/200?a=1&b=2" in server.asked
    first = {link.address: link.found_at for link in linking.broken_links.all()}
    assert set(first) == {f"{other_site}/404", f"{other_site}/410"}
    html = as_user(editor).get("/admin/reports/broken-links/").content.decode()
    assert f"{other_site}/404" in html
    assert "There’s no such page" in html

    monkeypatch.setattr(fetching, "GONE", {404})
    weekly.check_links()
    assert {link.address: link.found_at for link in linking.broken_links.all()} == {
        f"{other_site}/404": first[f"{other_site}/404"]
    }


def test_a_link_to_a_page_of_ours_that_is_not_published(other_site, article, make_article):
    target = StandardPage.objects.live().first()
    link = f'<a linktype="page" id="{target.pk}">Gone</a>'
    page = make_article("Linking", body=[section("Links", link)])
    weekly.check_links()
    assert not page.broken_links.exists()
    target.unpublish()
    weekly.check_links()
    assert page.broken_links.get().problem == Problem.UNPUBLISHED


def test_without_a_network_nothing_is_called_broken(linking, server, monkeypatch):
    def no_network(*args, **kwargs):
        raise socket.gaierror

    monkeypatch.setattr(fetching, "PORTS", {"http": server.server_port, "https": 443})
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    weekly.check_links()
    assert not BrokenLink.objects.exists()


def test_the_run_is_bounded(linking, server, monkeypatch):
    monkeypatch.setattr(weekly, "MAX_LINKS", 1)
    weekly.check_links()
    assert server.asked == ["/200?a=1&b=2"]


def test_the_worker_does_it_once_a_week():
    assert app.periodic_registry.periodic_tasks["education.check_links", ""].cron == "23 4 * * 1"
