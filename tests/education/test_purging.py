"""What shared caches are told when a page changes: each address that shows something of it."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.models import PageViewRestriction

from education.models import ArticleIndexPage, ArticlePage, HomePage
from tests.support.publishing import publish

ARTICLE = "/education/kyphoplasty/"
AROUND = {"/", "/education/", "/education/?page=1", "/education/?page=2", "/topics/broken-vertebrae/"}
AROUND |= {"/sitemap.xml", "/education/feed.atom"}


@pytest.fixture(autouse=True)
def one_cache(db, settings):
    settings.SHARED_CACHES = ["http://cache.example:8081"]
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "clinic.caching.shared_caches.RefreshLater"}}


def told():
    jobs = ProcrastinateJob.objects.filter(task_name="clinic.refresh")
    urls = {url for job in jobs for url in job.args["urls"]}
    return {"/" + url.partition("://")[2].partition("/")[2] for url in urls}


@pytest.mark.parametrize("change", [publish, ArticlePage.unpublish, ArticlePage.delete])
def test_an_article_that_comes_or_goes_and_what_leads_to_it(article, change):
    change(article)
    assert told() == AROUND | {ARTICLE}


def test_a_draft_is_nobodys_business(article):
    article.title = "Not yet"
    article.save_revision()
    assert not told()


def test_a_new_slug_purges_the_old_address_too(article, django_capture_on_commit_callbacks):
    article.slug = "new"
    with django_capture_on_commit_callbacks(execute=True):
        publish(article)
    assert told() >= AROUND | {ARTICLE, "/education/new/"}


def test_a_lists_new_slug_purges_all_below_it(article, django_capture_on_commit_callbacks):
    parent = article.get_parent().specific
    parent.slug = "reading"
    with django_capture_on_commit_callbacks(execute=True):
        parent.save_revision().publish()
    assert told() >= {ARTICLE, "/education/", "/reading/", "/reading/kyphoplasty/"}


def test_a_move_purges_both_addresses_and_both_lists(article):
    other = HomePage.objects.get().add_child(instance=ArticleIndexPage(title="Spine", slug="spine"))
    article.move(other, pos="last-child")
    assert told() >= AROUND | {ARTICLE, "/spine/", "/spine/kyphoplasty/"}


def test_a_page_that_becomes_private_or_public_again(article):
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert told() == AROUND | {ARTICLE}
    ProcrastinateJob.objects.all()._raw_delete("default")
    restriction.delete()
    assert told() == AROUND | {ARTICLE}


def test_a_page_that_every_header_or_footer_names_purges_every_page(article):
    publish(article.get_parent().specific)  # the list of articles is in the menu
    assert ProcrastinateJob.objects.filter(task_name="clinic.refresh_everything").exists()
