"""The weekly link check reports broken links and never contacts private networks."""

import socket

import pytest

from education.checks.links import fetching, weekly
from education.checks.links.fetching import problem_of
from education.models import BrokenLink, StandardPage
from tests.education.checks.conftest import section
from tests.support.recording_site import RecordingSite

Problem = BrokenLink.Problem


@pytest.fixture
def site(monkeypatch):
    """A server on localhost, where the check may use its port."""
    site = RecordingSite()
    monkeypatch.setattr(fetching, "PORTS", {"http": site.server.server_port})
    yield site
    site.stop()


@pytest.fixture
def other_site(site, monkeypatch):
    """Return the URL of the server, treated as a public site."""
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    site.responses = {path: (status, {"Location": to}) for path, status, to, _problem in RESPONSES}
    return f"http://127.0.0.1:{site.server.server_port}"


# (path, status, where it redirects to, problem)
RESPONSES = [
    ("/works", 200, "", None),
    ("/works/é", 200, "", None),
    ("/refused", 403, "", None),  # many sites refuse robots
    ("/missing", 404, "", Problem.GONE),
    ("/gone", 410, "", Problem.GONE),
    ("/fails", 500, "", Problem.FAILS),
    ("/moved", 301, "/works", None),
    ("/moved-and-missing", 302, "/missing", Problem.GONE),
    ("/moved-nowhere", 302, "", None),
    ("/moved-twice", 301, "/moved-nowhere", None),
    ("/moved-inside", 301, "http://10.0.0.1/", Problem.PRIVATE),
    ("/closes", None, "", Problem.NO_ANSWER),
]


def test_responses_are_classified_as_working_or_broken(other_site):
    for path, *_response, problem in RESPONSES:
        assert problem_of(other_site + path) == problem, path


def test_private_addresses_are_never_contacted(site):
    for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f000001", "0"]:
        assert problem_of(f"http://{host}:{site.server.server_port}/") == Problem.PRIVATE
    assert site.requests == []


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
    text = f'See <a href="{other_site}/works?a=1&amp;b=2">one</a> and <a href="{other_site}/missing">two</a>.'
    source = ("source", {"title": "A study", "url": f"{other_site}/gone"})
    return make_article("Links", body=[section("Links", text)], sources=[source])


def test_the_report_lists_broken_links_until_they_are_fixed(linking, other_site, site, as_user, editor):
    weekly.check_links()
    assert "/works?a=1&b=2" in [path for _method, path, _headers in site.requests]
    first = {link.address: link.found_at for link in linking.broken_links.all()}
    missing = f"{other_site}/missing"
    assert set(first) == {missing, f"{other_site}/gone"}
    html = as_user(editor).get("/admin/reports/broken-links/").content.decode()
    assert missing in html
    assert "There’s no such page" in html

    site.responses["/gone"] = (200, {})
    weekly.check_links()
    assert {link.address: link.found_at for link in linking.broken_links.all()} == {missing: first[missing]}


def test_links_to_unpublished_pages_are_broken(other_site, article, make_article):
    target = StandardPage.objects.live().first()
    link = f'<a linktype="page" id="{target.pk}">Gone</a>'
    page = make_article("Linking", body=[section("Links", link)])
    weekly.check_links()
    assert not page.broken_links.exists()
    target.unpublish()
    weekly.check_links()
    assert page.broken_links.get().problem == Problem.UNPUBLISHED


def test_nothing_is_reported_without_a_network(linking, site, monkeypatch):
    def no_network(*args, **kwargs):
        raise socket.gaierror

    monkeypatch.setattr(fetching, "PORTS", {"http": site.server.server_port, "https": 443})
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    weekly.check_links()
    assert not BrokenLink.objects.exists()


def test_the_number_of_checked_links_is_limited(linking, site, monkeypatch):
    monkeypatch.setattr(weekly, "MAX_LINKS", 1)
    weekly.check_links()
    assert [path for _method, path, _headers in site.requests] == ["/gone"]
