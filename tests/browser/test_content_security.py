"""The Content-Security-Policy holds, and what it holds back is nothing that people need.

Each test in a browser fails where the policy refused something: see tests.support.browsing. Here are the
pages that no other test opens.
"""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Workflow

from clinic.models import ClinicSettings
from tests.support.admin import admin_addresses

# What a policy may refuse on a page.
MATTERS = re.compile(rb'<script[^>]* src="([^"?]*)|data-controller="([^"]*)"|\s(style|on[a-z]+)=|<(style) ')


@pytest.fixture
def walk(site):
    """Opens each address as `user`."""

    def along(addresses, user=None):
        page = site.open("/robots.txt", user=user)
        for address in addresses:
            page.goto(address, wait_until="load")
            page.evaluate("new Promise((done) => requestIdleCallback(done))")  # its scripts have run
        return page

    return along


def test_public_pages_set_no_cookie(walk):
    pages = ["/", "/education/", "/education/kyphoplasty/", "/contact/", "/search/?q=pain"]
    assert walk([*pages, "/no-such-page/", "/education/kyphoplasty/?print"]).context.cookies() == []


def test_a_refusal_is_noticed(site):
    page = site.open("/contact/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
    page.evaluate("0")  # the browser has told all that came before
    assert site.refused
    site.refused.clear()


@pytest.fixture
def image(committed_db):
    return get_image_model().objects.create(title="Spine", file=get_test_image_file(), description="A spine")


def pages_about_one_thing(image, article, user):
    home, articles = Page.objects.get(depth=2), article.get_parent()
    return [
        *(reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in [home, articles]),
        reverse("wagtailadmin_pages:add", args=["education", "articlepage", articles.pk]),
        reverse("wagtailadmin_pages:history", args=[article.pk]),
        reverse("wagtailadmin_pages:copy", args=[article.pk]),
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailusers_users:edit", args=[user.pk]),
        reverse("wagtailusers_groups:edit", args=[Group.objects.first().pk]),
        reverse("wagtailsettings:edit", args=["clinic", "clinicsettings", ClinicSettings.current().site_id]),
        reverse("wagtailadmin_workflows:edit", args=[Workflow.objects.first().pk]),
        reverse("styleguide"),
    ]


def test_every_address_of_the_admin_answers_uncached_and_obeys_its_policy(
    walk, as_user, superuser, article, image, crawl
):
    addresses = [*pages_about_one_thing(image, article, superuser), *admin_addresses()]
    client = as_user(superuser)
    client.raise_request_exception = False
    answers = {address: client.get(address) for address in addresses}
    assert [address for address, answer in answers.items() if answer.status_code >= 500] == []
    kept = {address for address, answer in answers.items() if answer["Cache-Control"] != "no-store"}
    assert kept <= {"/admin/jsi18n/", "/admin/sprite/"}
    pages = {
        address: answer.content
        for address, answer in answers.items()
        if answer.status_code == 200 and "html" in answer["Content-Type"] and b"</html>" in answer.content
    }
    assert len(pages) > 60
    seen, to_open = set(), []
    for address, content in pages.items():
        if new := set(MATTERS.findall(content)) - seen:
            seen |= new
            to_open.append(address)
    walk(to_open, superuser)
