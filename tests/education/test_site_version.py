"""The site version rises with changes to published pages only."""

import pytest
from django.db import connection
from wagtail.models import get_page_models

from clinic.models import SiteVersion
from education.models import ArticlePage, HomePage
from tests.support.publishing import publish

pytestmark = pytest.mark.django_db

# On the table of each page type (migration 0003).
TRIGGERS = ["clinic_page_made", "clinic_page_changed"]


def another(article):
    return article.get_parent().add_child(instance=ArticlePage(title="Another", lead="Another"))


def save(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save()


def raises_version(change, article):
    before = SiteVersion.objects.get().version
    change(article)
    return SiteVersion.objects.get().version > before


CHANGES = {
    "published": publish,
    "unpublished": ArticlePage.unpublish,
    "deleted": ArticlePage.delete,
    "created": lambda article: publish(another(article)),
    "moved": lambda article: article.move(ArticlePage.objects.get(slug="another"), pos="left"),
    "renamed": lambda article: save(article, slug="elsewhere"),
    "saved by code": lambda article: save(HomePage.objects.get(), title="Another title"),
    "a column updated": lambda article: ArticlePage.objects.update(lead="Another lead"),
}
DRAFTS = {
    "saved": ArticlePage.save_revision,
    "saved by code": lambda article: save(another(article), title="Another title"),
    "locked": lambda article: ArticlePage.objects.filter(pk=article.pk).update(locked=True),
}


@pytest.mark.parametrize("change", CHANGES)
def test_publishing_raises_the_version(article, change):
    another(article)
    assert raises_version(CHANGES[change], article)


def test_saving_a_draft_does_not_raise_the_version(article):
    article.lead = "Another lead"
    assert [name for name, change in DRAFTS.items() if raises_version(change, article)] == []


def test_every_page_type_has_site_version_triggers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = ANY(%s)", [TRIGGERS])
        tables = [table for (table,) in cursor.fetchall()]
    expected = [model._meta.db_table for model in get_page_models() if model._meta.app_label != "wagtailcore"]
    assert sorted(tables) == sorted(expected * 2)
