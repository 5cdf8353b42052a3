"""Every address of the admin, as each role: uncached, whatever it's asked. Its policy refuses nothing.

An inquiry is shown only to those who may see it, with an entry in the access log.
"""

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

KEPT_A_WHILE = ["/admin/jsi18n/", "/admin/sprite/"]
PDF = "application/pdf"
# Here who sees more is shown more.
FOR_EACH_ROLE = {
    *{"/admin/", "/admin/account/", "/admin/reports/site-history/", "/admin/choose-page/"},
    *{"/admin/inquiries/", "/admin/inquiries/1/", "/admin/inquiries/person/"},
}
NO_PLACE_FOR_THE_ROOT = {"/admin/pages/1/set_position/": 400}  # clinic.wagtail_overrides.failing_views
HOSTILE = ["", "-1", "9" * 21, "9" * 5000, "2026-02-31'\"<é\x00"]
# Beside the names of the filters that a page itself shows.
NAMES = {"id", "p", "q", "ordering", "next", "page_type", "collection_id", "tag", "usage_count_min", "locale"}
FIELDS = "(//input | //select)[not(@name = 'csrfmiddlewaretoken' or @name = 'wagtail-side-panel-width')]"
NOT_POSTED = "[not(ancestor::form[@method = 'post' or @method = 'POST'])]"
# What a policy may refuse on a page.
MATTERS = re.compile(rb'<script[^>]* src="([^"?]*)|data-controller="([^"]*)"|\s(style|on[a-z]+)=|<(style) ')


def about_one_thing():
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
    """At the addresses with a 1, which are not found without it."""
    number_from_one(Inquiry)
    return receive(name="Canary Goldfinch", message="Wren song")


def client_of(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def ask(client, address, inquiry):
    """The answer, what it tells of the inquiry, and whether the access log has an entry of that."""
    known = AccessEntry.objects.count()
    answer = client.get(address, {"id": inquiry.pk} if address in BULK_URLS else {})
    content = answer.getvalue().decode(errors="replace")
    answer.tells = {word for word in ["Goldfinch", "Wren song", inquiry.reference] if word in content}
    new = AccessEntry.objects.order_by("position")[known:] if answer.tells else []
    answer.is_logged = [inquiry.pk] in [entry.inquiries for entry in new]
    return answer


def ask_all(user, addresses):
    client, inquiry = client_of(user), Inquiry.objects.get()
    return {address: ask(client, address, inquiry) for address in addresses}


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker):
    """What editors get at each address, the front desk where they're refused, and superusers at the rest."""
    with django_db_blocker.unblock(), databases.lasting(), crawling(), users_read_once():
        first_inquiry()
        both = make_user("dan", "Dan", "Hashimoto", roles.REVIEWERS)
        both.groups.add(Group.objects.get(name=roles.EDITORS))  # roles only add
        everywhere = {*about_one_thing(), *admin_addresses(), *BULK_URLS}
        editors = ask_all(both, sorted(everywhere))
        refused = {at for at, answer in editors.items() if answer.status_code in (302, 403)}
        amara = make_user("amara", "Amara", "Okafor", roles.FRONT_DESK)
        front_desk = ask_all(amara, sorted(refused | FOR_EACH_ROLE))
        opened = {at for answers in (editors, front_desk) for at in answers if is_open(answers[at])}
        superusers = ask_all(superuser(), sorted(everywhere - opened | FOR_EACH_ROLE))
        return {"editors": editors, "the front desk": front_desk, "superusers": superusers}


@pytest.fixture(scope="module")
def pages(walk):
    """What whoever may open an address is answered, but for files."""
    opened = {at: answer for answers in walk.values() for at, answer in answers.items() if is_open(answer)}
    return {at: page for at, page in opened.items() if page["Content-Type"] != PDF and not page.streaming}


def test_nobody_gets_anywhere_without_signing_in(client, db):
    first_inquiry()
    addresses = {*admin_addresses(), *BULK_URLS}
    assert len(addresses) > 150
    assert {address for address in addresses if is_open(client.get(address))} == {*KEPT_A_WHILE}


def test_every_address_answers_each_role_uncached(walk):
    for role, answers in walk.items():
        statuses = {address: answer.status_code for address, answer in answers.items()}
        failed = {address: status for address, status in statuses.items() if status == 400 or status >= 500}
        assert failed.items() <= NO_PLACE_FOR_THE_ROOT.items(), role
        for address, answer in answers.items():
            rule = "private, max-age=600" if address in KEPT_A_WHILE else "no-store"
            assert answer["Cache-Control"] == rule, (role, address)


def test_editors_and_reviewers_see_no_inquiry_anywhere(walk):
    answers = walk["editors"]
    of_inquiries = [address for address in answers if "/inquir" in address]
    assert of_inquiries
    assert [address for address in of_inquiries if is_open(answers[address])] == []
    assert [address for address, answer in answers.items() if answer.tells] == []


def test_no_address_shows_an_inquiry_without_an_entry_in_the_access_log(walk):
    """Posts: inquiries/privacy/test_access_log.py."""
    showed_it, unlogged = set(), set()
    for answers in walk.values():
        shows = {at for at, answer in answers.items() if answer.tells & {"Goldfinch", "Wren song"}}
        showed_it |= shows
        unlogged |= {at for at in shows if not answers[at].is_logged}
    assert {*BULK_URLS, "/admin/inquiries/", "/admin/inquiries/1/"} <= showed_it
    assert unlogged == set()


def names_on(response, view):
    """What the address may be asked: also each field of a form that our own view sends by POST."""
    fields = FIELDS + (NOT_POSTED if view.__module__.startswith("wagtail.") else "")
    return NAMES | {*html.fromstring(response.content or b"<p>").xpath(f"{fields}/@name")}


def questions(names, view, number):
    """All hostile values at once, each parameter's another one; in views of our own, each of them in all."""
    if not view.__module__.startswith("wagtail."):
        return [dict.fromkeys(names, value) for value in HOSTILE]
    values = [HOSTILE[(number + position) % len(HOSTILE)] for position in range(len(names))]
    return [dict(zip(sorted(names), values, strict=True))]


def test_each_parameter_with_hostile_values(db, pages, crawl):
    """Where a view has been asked all of an address's parameters already, not again."""
    first_inquiry()
    client, asked, broken = client_of(superuser()), defaultdict(set), []
    with users_read_once():
        for number, (address, first) in enumerate(pages.items()):
            view = view_of(address)
            if (names := names_on(first, view)) <= asked[view]:
                continue
            asked[view] |= names
            for question in questions(names, view, number):
                status = client.get(f"{address}?{urlencode(question)}").status_code
                # A 400 is for what Wagtail's own views fail on (clinic.wagtail_overrides.failing_views).
                if status >= 500 or (status == 400 and not view.__module__.startswith("wagtail.")):
                    broken.append(f"{address}?{urlencode(question)}")
    assert broken == []
    assert len(asked) > 60  # the walk reached the admin's screens


@pytest.mark.parametrize(
    "question",
    ["images/?q=x&usage_count_min=1", "documents/?q=x&usage_count_max=3", "images/chooser/?q=x&tag=spine"],
)
def test_a_search_with_a_filter_that_it_cannot_have_goes_without(as_user, editor, question):
    assert as_user(editor).get(f"/admin/{question}").status_code == 200


def with_something_new(pages):
    """Of the whole pages, those with a script, a controller or an inline style that none before has."""
    seen = set()
    for address, answer in pages.items():
        if b"</html>" in answer.content and (new := set(MATTERS.findall(answer.content)) - seen):
            seen |= new
            yield address


def test_the_policy_refuses_nothing_of_the_admin(site, superuser, pages):
    """Each test in a browser fails where it did (tests.support.browsing): here the pages no other opens."""
    image = get_image_model().objects.create(title="Spine", file=get_test_image_file(), description="A spine")
    page = site.open("/robots.txt", user=superuser)
    others = [
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailusers_users:edit", args=[superuser.pk]),
    ]
    to_open = [*with_something_new(pages), *others]
    assert len(to_open) > 10
    for address in to_open:
        page.goto(address, wait_until="load")
        page.evaluate("new Promise((done) => requestIdleCallback(done))")  # its scripts have run
