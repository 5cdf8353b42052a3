"""A page change purges each path that shows something of it from shared caches."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.models import PageViewRestriction

from education.models import ArticleIndexPage, ArticlePage, HomePage
from tests.support.publishing import publish

ARTICLE = "/education/kyphoplasty/"
RELATED_PATHS = {"/", "/education/", "/education/?page=1", "/education/?page=2", "/topics/broken-vertebrae/"}
RELATED_PATHS |= {"/sitemap.xml", "/education/feed.atom"}


@pytest.fixture(autouse=True)
def one_cache(db, settings):
    settings.SHARED_CACHES = ["http://cache.example:8081"]
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": "clinic.caching.shared_caches.RefreshLater"}}


def purged_paths():
    jobs = ProcrastinateJob.objects.filter(task_name="clinic.refresh")
    urls = {url for job in jobs for url in job.args["urls"]}
    return {"/" + url.partition("://")[2].partition("/")[2] for url in urls}


@pytest.mark.parametrize("change", [publish, ArticlePage.unpublish, ArticlePage.delete])
def test_publishing_or_removing_an_article_purges_it_and_related_paths(article, change):
    change(article)
    assert purged_paths() == RELATED_PATHS | {ARTICLE}


def test_saving_a_draft_purges_nothing(article):
    article.title = "Not yet"
    article.save_revision()
    assert not purged_paths()


def test_a_new_slug_purges_the_old_path_too(article, django_capture_on_commit_callbacks):
    article.slug = "new"
    with django_capture_on_commit_callbacks(execute=True):
        publish(article)
    assert purged_paths() >= RELATED_PATHS | {ARTICLE, "/education/new/"}


def test_a_new_slug_of_a_list_purges_its_descendants(article, django_capture_on_commit_callbacks):
    parent = article.get_parent().specific
    parent.slug = "reading"
    with django_capture_on_commit_callbacks(execute=True):
        parent.save_revision().publish()
    assert purged_paths() >= {ARTICLE, "/education/", "/reading/", "/reading/kyphoplasty/"}


def test_a_move_purges_both_paths_and_both_lists(article):
    other = HomePage.objects.get().add_child(instance=ArticleIndexPage(title="Spine", slug="spine"))
    article.move(other, pos="last-child")
    assert purged_paths() >= RELATED_PATHS | {ARTICLE, "/spine/", "/spine/kyphoplasty/"}


def test_adding_or_removing_a_restriction_purges_the_page(article):
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert purged_paths() == RELATED_PATHS | {ARTICLE}
    ProcrastinateJob.objects.all()._raw_delete("default")
    restriction.delete()
    assert purged_paths() == RELATED_PATHS | {ARTICLE}


def test_a_page_in_the_menus_purges_every_page(article):
    publish(article.get_parent().specific)  # the list of articles is in the menu
    assert ProcrastinateJob.objects.filter(task_name="clinic.refresh_everything").exists()
