"""The version of the site rises with all that readers see of pages, and with nothing else."""

import pytest
from django.db import connection
from django.urls import reverse
from wagtail.models import get_page_models

from clinic.models import SiteVersion
from education.models import ArticlePage, HomePage
from tests.support.publishing import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def raises():
    """Whether what is done raises the version."""

    def version_raised(do):
        before = SiteVersion.objects.get().version
        do()
        return SiteVersion.objects.get().version > before

    return version_raised


# Of the table of a page type (migration 0003).
TRIGGERS = ["clinic_page_made", "clinic_page_changed"]


def as_draft(article):
    article.lead = "Another lead"
    article.title = "Another title"
    article.save_revision()


def another(article):
    return article.get_parent().add_child(instance=ArticlePage(title="Another", lead="Another"))


def one_elsewhere(article):
    article.move(ArticlePage.objects.get(slug="another"), pos="left")


def renamed(article):
    article.slug = "elsewhere"
    article.save()


def written_past_the_editor(page):
    page.title = "Another title"
    page.save()


CHANGES = {
    "published": lambda article: publish(article),
    "unpublished": lambda article: article.unpublish(),
    "deleted": lambda article: article.delete(),
    "made": lambda article: publish(another(article)),
    "moved": one_elsewhere,
    "renamed": renamed,
    "saved by code": lambda article: written_past_the_editor(HomePage.objects.get()),
    "a column updated": lambda article: ArticlePage.objects.update(lead="Another lead"),
}
DRAFTS = {
    "saved": as_draft,
    "made": another,
    "locked": lambda article: type(article).objects.filter(pk=article.pk).update(locked=True),
}


@pytest.mark.parametrize("change", CHANGES)
def test_publishing_raises_the_version(raises, article, change):
    another(article)
    assert raises(lambda: CHANGES[change](article))


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_draft_does_not(raises, article, draft):
    assert not raises(lambda: DRAFTS[draft](article))


def test_a_page_never_published_does_not_raise_the_version(raises, article):
    another(article)
    draft = ArticlePage.objects.get(slug="another")
    assert not raises(lambda: written_past_the_editor(draft))


def test_autosaves_do_not_raise_the_version(raises, article, as_user, editor):
    client = as_user(editor)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    form = client.get(edit).context["form"]
    answers = {
        name: form[name].value() or "" for name in ["title", "slug", "published_on", "search_description"]
    }
    streams = {f"{name}-count": 0 for name in ["key_points", "body", "sources"]}
    comments = {f"comments-{name}_FORMS": 0 for name in ["TOTAL", "INITIAL"]}
    saved = {**answers, **streams, **comments, "lead": "Typed so f"}
    assert not raises(lambda: client.post(edit, saved))
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().lead == "Typed so f"


def test_every_page_type_has_the_triggers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = ANY(%s)", [TRIGGERS])
        tables = [table for (table,) in cursor.fetchall()]
    ours = [model._meta.db_table for model in get_page_models() if model._meta.app_label != "wagtailcore"]
    assert sorted(tables) == sorted(ours * 2)
