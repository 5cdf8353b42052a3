"""The Content-Security-Policy holds, and what it holds back is nothing that people need.

A walk through the public site and the admin in a browser that notes whatever its policy refused.
"""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Workflow

from clinic.models import ClinicSettings
from tests.browser.policy import WATCH
from tests.inquiries.desk.desk_cast import receive
from tests.support.admin import admin_addresses

# A policy refuses the same on pages that have all of these in common.
MATTERS = re.compile(rb'<script[^>]* src="([^"?]*)|data-controller="([^"]*)"|\s(style|on[a-z]+)=|<(style) ')


@pytest.fixture
def walk(site):
    """Opens each address as `user`; returns what the policy refused on the way, and the cookies of readers.

    Whatever it asked another host for fails the test when it ends: see tests.support.browsing.
    """

    def along(addresses, user=None):
        page = site.open("/robots.txt", user=user)
        page.add_init_script(WATCH)
        found = {}
        for address in addresses:
            page.goto(address, wait_until="load")
            page.evaluate("new Promise((done) => requestIdleCallback(done))")  # its scripts have run
            if refused := page.evaluate("window.refused"):
                found[address] = sorted(set(refused))
            if user is None and not address.startswith("/sign-in/") and (cookies := page.context.cookies()):
                found[address] = cookies
        return found

    return along


def test_public_pages(walk):
    assert walk(["/", "/education/", "/education/kyphoplasty/", "/contact/", "/search/?q=pain"]) == {}
    assert walk(["/no-such-page/", "/education/kyphoplasty/?print"]) == {}


def test_the_sign_in(walk):
    assert walk(["/sign-in/"]) == {}


@pytest.fixture
def image(committed_db):
    return get_image_model().objects.create(title="Spine", file=get_test_image_file(), description="A spine")


def test_every_address_of_the_admin_answers_uncached_and_obeys_its_policy(walk, as_user, superuser, crawl):
    client = as_user(superuser)
    client.raise_request_exception = False
    answers = {address: client.get(address) for address in [*admin_addresses(), "/styleguide/"]}
    assert [address for address, answer in answers.items() if answer.status_code >= 500] == []
    kept = {address for address, answer in answers.items() if answer["Cache-Control"] != "no-store"}
    assert kept <= {"/admin/jsi18n/", "/admin/sprite/"}
    pages = {
        address: answer.content
        for address, answer in answers.items()
        if answer.status_code == 200 and "html" in answer["Content-Type"] and b"</html>" in answer.content
    }
    assert len(pages) > 60
    of_each_kind = {frozenset(MATTERS.findall(content)): address for address, content in pages.items()}
    assert walk(of_each_kind.values(), superuser) == {}


def test_admin_pages_about_one_thing(walk, superuser, article, image):
    inquiry = receive()
    home, articles = Page.objects.get(depth=2), article.get_parent()
    addresses = [
        reverse("wagtailadmin_explore", args=[home.pk]),
        *(reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in [home, articles, article]),
        reverse("wagtailadmin_pages:add", args=["education", "articlepage", articles.pk]),
        reverse("wagtailadmin_pages:history", args=[article.pk]),
        reverse("wagtailadmin_pages:copy", args=[article.pk]),
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailusers_users:edit", args=[superuser.pk]),
        reverse("wagtailusers_groups:edit", args=[Group.objects.first().pk]),
        reverse("wagtailsettings:edit", args=["clinic", "clinicsettings", ClinicSettings.current().site_id]),
        reverse("wagtailadmin_workflows:edit", args=[Workflow.objects.first().pk]),
        reverse("inquiry:inspect", args=[inquiry.pk]),
        reverse("styleguide"),
    ]
    assert walk(addresses, superuser) == {}


def test_an_editor_previews_chooses_a_picture_and_plans_a_date(site, superuser, article, image):
    page = site.open("/robots.txt", user=superuser)
    page.add_init_script(WATCH)
    page.goto(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    page.locator("textarea[name=lead]").fill("A new lead")
    page.get_by_role("button", name="Toggle preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.get_by_text("A new lead")).to_be_visible()
    page.get_by_role("tab", name="Promote").click()
    page.get_by_role("button", name="Choose an image").first.click()
    page.get_by_role("link", name="Spine").first.click()
    expect(page.locator(".chooser__title:visible")).to_have_text("Spine")
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name=re.compile("(Set|Edit) schedule")).click()
    page.get_by_label("Go live date/time").click()
    expect(page.locator(".xdsoft_datetimepicker:visible").first).to_be_visible()
    assert page.evaluate("window.refused") == []
