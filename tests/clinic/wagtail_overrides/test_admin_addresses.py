"""Every address of the admin answers, uncached, whatever it's asked, and its policy holds back nothing.

And where one shows an inquiry, the access log says so.
"""

import re
from collections import defaultdict
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.urls import resolve, reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Workflow

from clinic.models import ClinicSettings
from education.models import ArticleIndexPage, ArticlePage
from inquiries.models import AccessEntry, Inquiry
from tests.inquiries.desk.desk_cast import BULK, receive
from tests.support import databases
from tests.support.admin import admin_addresses, number_from_one, without_menu
from tests.support.signing_in import Client

CANARY = "Goldfinch"
HOSTILE = ["", "-1", "9" * 21, "9" * 5000, "2026-02-31'\"<é\x00"]
# Beside the names of the filters that a page itself shows.
NAMES = {"id", "p", "q", "ordering", "next", "page_type", "collection_id", "tag", "usage_count_min", "locale"}
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


def superusers_client():
    """And the first inquiry, at the addresses with a 1."""
    number_from_one(Inquiry)
    receive(name=CANARY)
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("root", "root@clinic.example", "correct horse"))
    return client


def ask(client, address):
    """The answer, and with it the entries that it made in the access log."""
    known = AccessEntry.objects.count()
    answer = client.get(address, {"id": 1})
    answer.shows_it = CANARY.encode() in answer.getvalue()
    answer.logged = [entry.inquiries for entry in AccessEntry.objects.order_by("position")[known:]]
    return answer


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker):
    """What a superuser gets at each address."""
    with django_db_blocker.unblock(), databases.lasting(), without_menu():
        client = superusers_client()
        return {address: ask(client, address) for address in [*about_one_thing(), *admin_addresses(), *BULK]}


def test_every_address_answers_uncached(answers):
    assert [address for address, answer in answers.items() if answer.status_code >= 500] == []
    kept = {address: answer["Cache-Control"] for address, answer in answers.items()}
    a_while = dict.fromkeys(["/admin/jsi18n/", "/admin/sprite/"], "private, max-age=600")
    assert kept == dict.fromkeys(answers, "no-store") | a_while


def test_no_address_shows_an_inquiry_without_an_entry_in_the_access_log(answers):
    showed_it = {address: answer for address, answer in answers.items() if answer.shows_it}
    assert {*BULK, "/admin/inquiries/", "/admin/inquiries/1/"} <= showed_it.keys()
    assert [address for address, answer in showed_it.items() if [1] not in answer.logged] == []


def names_on(response, view):
    """What the address may be asked: also each field of a form that our own view sends by POST."""
    forms = BeautifulSoup(response.content, "lxml")
    if view.__module__.startswith("wagtail."):
        for form in forms.select("form[method=post i]"):
            form.decompose()
    found = {field["name"] for field in forms.select("input[name], select[name]")}
    return NAMES | found - {"csrfmiddlewaretoken", "wagtail-side-panel-width"}


def test_each_parameter_with_each_hostile_value(db, answers, crawl):
    """Where a view has been asked all of an address's parameters already, not again."""
    client, asked, broken = superusers_client(), defaultdict(set), []
    for address, first in answers.items():
        if first.get("Content-Type") == "application/pdf":
            continue  # has no filters, and takes a second
        view = resolve(address).func
        view = getattr(view, "view_class", view)
        if first.status_code != 200 or first.streaming or (names := names_on(first, view)) <= asked[view]:
            continue
        asked[view] |= names
        for value in HOSTILE:
            question = urlencode(dict.fromkeys(names, value))
            if client.get(f"{address}?{question}").status_code >= 500:
                broken.append(f"{address}?{question}")
    assert broken == []
    assert len(asked) > 60  # the walk reached the admin's screens


@pytest.mark.parametrize(
    "question",
    ["images/?q=x&usage_count_min=1", "documents/?q=x&usage_count_max=3", "images/chooser/?q=x&tag=spine"],
)
def test_a_search_with_a_filter_that_it_cannot_have_goes_without(as_user, editor, question):
    assert as_user(editor).get(f"/admin/{question}").status_code == 200


def with_something_new(answers):
    """Of the whole pages, those with a script, a controller or an inline style that none before has."""
    seen = set()
    for address, answer in answers.items():
        whole = answer.status_code == 200 and not answer.streaming and b"</html>" in answer.content
        if whole and (new := set(MATTERS.findall(answer.content)) - seen):
            seen |= new
            yield address


def test_the_policy_refuses_nothing_of_the_admin(site, superuser, answers):
    """Each test in a browser fails where it did (tests.support.browsing): here the pages no other opens."""
    image = get_image_model().objects.create(title="Spine", file=get_test_image_file(), description="A spine")
    page = site.open("/robots.txt", user=superuser)
    others = [
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailusers_users:edit", args=[superuser.pk]),
    ]
    to_open = [*with_something_new(answers), *others]
    assert len(to_open) > 10
    for address in to_open:
        page.goto(address, wait_until="load")
        page.evaluate("new Promise((done) => requestIdleCallback(done))")  # its scripts have run
