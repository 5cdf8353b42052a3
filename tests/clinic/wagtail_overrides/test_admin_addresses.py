"""Each URL of the admin, for each role: caching, errors, access log and Content-Security-Policy."""

import re
from collections import defaultdict
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from lxml import html
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Workflow

from clinic.accounts import roles
from clinic.models import ClinicSettings
from education.models import ArticleIndexPage, ArticlePage
from inquiries.models import AccessEntry, Inquiry
from tests.conftest import make_user
from tests.inquiries.desk.helpers import BULK_URLS, receive
from tests.support import databases
from tests.support.admin import admin_addresses, crawling, is_open, number_from_one, users_read_once, view_of
from tests.support.signing_in import Client

CACHEABLE = ["/admin/jsi18n/", "/admin/sprite/"]
PDF = "application/pdf"
# URLs with different content for each role.
ROLE_SPECIFIC = {
    *{"/admin/", "/admin/account/", "/admin/reports/site-history/", "/admin/choose-page/"},
    *{"/admin/inquiries/", "/admin/inquiries/1/", "/admin/inquiries/person/"},
}
EXPECTED_ERRORS = {"/admin/pages/1/set_position/": 400}  # clinic.wagtail_overrides.failing_views
HOSTILE = ["", "-1", "9" * 21, "9" * 5000, "2026-02-31'\"<é\x00"]
# Tried in addition to the parameters in each page's own forms.
PARAMETERS = {
    *{"id", "p", "q", "ordering", "next", "page_type", "collection_id", "tag", "usage_count_min", "locale"}
}
FIELDS = "(//input | //select)[not(@name = 'csrfmiddlewaretoken' or @name = 'wagtail-side-panel-width')]"
NOT_IN_POST_FORMS = "[not(ancestor::form[@method = 'post' or @method = 'POST'])]"
# Scripts, controllers and inline styles, which a Content-Security-Policy can block.
SCRIPTS = re.compile(rb'<script[^>]* src="([^"?]*)|data-controller="([^"]*)"|\s(style|on[a-z]+)=|<(style) ')


def object_urls():
    home, articles = Page.objects.get(depth=2), ArticleIndexPage.objects.get()
    article = ArticlePage.objects.get(slug="kyphoplasty")
    return [
        *(reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in [home, articles]),
        reverse("wagtailadmin_pages:add", args=["education", "articlepage", articles.pk]),
        reverse("wagtailadmin_pages:history", args=[article.pk]),
        reverse("wagtailadmin_pages:copy", args=[article.pk]),
        reverse("wagtailusers_groups:edit", args=[Group.objects.first().pk]),
        reverse("wagtailsettings:edit", args=["clinic", "clinicsettings", ClinicSettings.current().site_id]),
        reverse("wagtailadmin_workflows:edit", args=[Workflow.objects.first().pk]),
        reverse("styleguide"),
    ]


def superuser():
    return User.objects.create_superuser("root", "root@clinic.example", "correct horse")


def first_inquiry():
    """Create the inquiry with ID 1, used in the URLs."""
    number_from_one(Inquiry)
    return receive(name="Canary Goldfinch", message="Wren song")


def client_of(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def fetch(client, address, inquiry):
    """Return the response, with `revealed` texts of the inquiry, and whether access `is_logged`."""
    count = AccessEntry.objects.count()
    response = client.get(address, {"id": inquiry.pk} if address in BULK_URLS else {})
    content = response.getvalue().decode(errors="replace")
    response.revealed = {word for word in ["Goldfinch", "Wren song", inquiry.reference] if word in content}
    new = AccessEntry.objects.order_by("position")[count:] if response.revealed else []
    response.is_logged = [inquiry.pk] in [entry.inquiries for entry in new]
    return response


def fetch_all(user, addresses):
    client, inquiry = client_of(user), Inquiry.objects.get()
    return {address: fetch(client, address, inquiry) for address in addresses}


@pytest.fixture(scope="module")
def responses_by_role(django_db_setup, django_db_blocker):
    """Each URL as an editor; those refused as the front desk; the rest as a superuser."""
    with django_db_blocker.unblock(), databases.shared_transaction(), crawling(), users_read_once():
        first_inquiry()
        editor_and_reviewer = make_user("dan", "Dan", "Hashimoto", roles.REVIEWERS)
        editor_and_reviewer.groups.add(Group.objects.get(name=roles.EDITORS))
        addresses = {*object_urls(), *admin_addresses(), *BULK_URLS}
        editors = fetch_all(editor_and_reviewer, sorted(addresses))
        refused = {at for at, response in editors.items() if response.status_code in (302, 403)}
        amara = make_user("amara", "Amara", "Okafor", roles.FRONT_DESK)
        front_desk = fetch_all(amara, sorted(refused | ROLE_SPECIFIC))
        opened = {at for group in (editors, front_desk) for at in group if is_open(group[at])}
        superusers = fetch_all(superuser(), sorted(addresses - opened | ROLE_SPECIFIC))
        return {"editors": editors, "the front desk": front_desk, "superusers": superusers}


@pytest.fixture(scope="module")
def pages(responses_by_role):
    """Successful responses, without files."""
    opened = {at: page for group in responses_by_role.values() for at, page in group.items() if is_open(page)}
    return {at: page for at, page in opened.items() if page["Content-Type"] != PDF and not page.streaming}


def test_the_admin_requires_signing_in(client, db):
    first_inquiry()
    addresses = {*admin_addresses(), *BULK_URLS}
    assert len(addresses) > 150
    assert {address for address in addresses if is_open(client.get(address))} == {*CACHEABLE}


def test_every_url_responds_uncached_and_without_errors(responses_by_role):
    for role, responses in responses_by_role.items():
        statuses = {address: response.status_code for address, response in responses.items()}
        failed = {address: status for address, status in statuses.items() if status == 400 or status >= 500}
        assert failed.items() <= EXPECTED_ERRORS.items(), role
        for address, response in responses.items():
            rule = "private, max-age=600" if address in CACHEABLE else "no-store"
            assert response["Cache-Control"] == rule, (role, address)


def test_editors_and_reviewers_never_see_an_inquiry(responses_by_role):
    responses = responses_by_role["editors"]
    inquiry_urls = [address for address in responses if "/inquir" in address]
    assert inquiry_urls
    assert [address for address in inquiry_urls if is_open(responses[address])] == []
    assert [address for address, response in responses.items() if response.revealed] == []


def test_every_display_of_an_inquiry_is_in_the_access_log(responses_by_role):
    """For POST requests, see inquiries/privacy/test_access_log.py."""
    shown, unlogged = set(), set()
    for responses in responses_by_role.values():
        shows = {at for at, page in responses.items() if page.revealed & {"Goldfinch", "Wren song"}}
        shown |= shows
        unlogged |= {at for at in shows if not responses[at].is_logged}
    assert {*BULK_URLS, "/admin/inquiries/", "/admin/inquiries/1/"} <= shown
    assert unlogged == set()


def parameters_of(response, view):
    """Return parameters for a URL; for our own views also the fields of its POST forms."""
    fields = FIELDS + (NOT_IN_POST_FORMS if view.__module__.startswith("wagtail.") else "")
    return PARAMETERS | {*html.fromstring(response.content or b"<p>").xpath(f"{fields}/@name")}


def hostile_queries(names, view, number):
    """Return queries with hostile values: each value in all parameters, or for Wagtail's views one mix."""
    if not view.__module__.startswith("wagtail."):
        return [dict.fromkeys(names, value) for value in HOSTILE]
    values = [HOSTILE[(number + position) % len(HOSTILE)] for position in range(len(names))]
    return [dict(zip(sorted(names), values, strict=True))]


def test_hostile_parameters_never_cause_an_error(db, pages, crawl):
    """Skips URLs whose parameters were already tried on the same view."""
    first_inquiry()
    client, tried, broken = client_of(superuser()), defaultdict(set), []
    with users_read_once():
        for number, (address, first) in enumerate(pages.items()):
            view = view_of(address)
            if (names := parameters_of(first, view)) <= tried[view]:
                continue
            tried[view] |= names
            for query in hostile_queries(names, view, number):
                status = client.get(f"{address}?{urlencode(query)}").status_code
                # Wagtail's own views may respond with 400 (clinic.wagtail_overrides.failing_views).
                if status >= 500 or (status == 400 and not view.__module__.startswith("wagtail.")):
                    broken.append(f"{address}?{urlencode(query)}")
    assert broken == []
    assert len(tried) > 60  # the admin's screens were reached


@pytest.mark.parametrize(
    "path",
    ["images/?q=x&usage_count_min=1", "documents/?q=x&usage_count_max=3", "images/chooser/?q=x&tag=spine"],
)
def test_a_search_ignores_filters_that_it_doesnt_support(as_user, editor, path):
    assert as_user(editor).get(f"/admin/{path}").status_code == 200


def urls_with_new_code(pages):
    """Yield URLs of complete pages with a script, controller or inline style that no earlier page has."""
    seen = set()
    for address, page in pages.items():
        if b"</html>" in page.content and (new := set(SCRIPTS.findall(page.content)) - seen):
            seen |= new
            yield address


def test_the_content_security_policy_blocks_nothing_in_the_admin(site, superuser, pages):
    """All browser tests check this (tests.support.browsing); this one opens the remaining pages."""
    image = get_image_model().objects.create(title="Spine", file=get_test_image_file(), description="A spine")
    page = site.open("/robots.txt", user=superuser)
    others = [
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailusers_users:edit", args=[superuser.pk]),
    ]
    to_open = [*urls_with_new_code(pages), *others]
    assert len(to_open) > 10
    for address in to_open:
        page.goto(address, wait_until="load")
        page.evaluate("new Promise((done) => requestIdleCallback(done))")  # wait for its scripts
