"""No way to publication passes the clinical review, whoever tries it."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Locale, Page, TaskState, Workflow
from wagtail.test.utils.form_data import nested_form_data, streamfield

from education.jobs import publish_scheduled
from education.models import ArticlePage, HomePage, StandardPage
from education.review.gate import reviewed_models
from education.review.models import PublicationRefused
from tests.education.review.editor_form import EMPTY, PUBLISH, fields, post
from tests.support.publishing import publish, publish_reviewed

pytestmark = pytest.mark.django_db
WHO = ["editor", "reviewer", "manager", "superuser"]
UNCHECKED = "Unchecked words."
TRIGGER = "education_keep_gate_for_new"


@pytest.fixture(params=WHO)
def user(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def draft(article, editor):
    """Newer words of an article that readers know, which nobody has reviewed."""
    article.lead = UNCHECKED
    article.save_revision(user=editor)
    return ArticlePage.objects.get(pk=article.pk)


def stays_a_draft(page):
    """Whether readers see none of the unchecked words, and the editor still has them."""
    page = ArticlePage.objects.get(pk=page.pk)
    return page.lead != UNCHECKED and page.get_latest_revision_as_object().lead == UNCHECKED


def was_answered(response):
    """The screen again, the way to another that says why, or what was typed and may not be saved."""
    assert response.status_code in (200, 302) or b"This can\xe2\x80\x99t be saved" in response.content


def bulk(client, page, follow=False, **data):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{url}?id={page.pk}&next=/admin/", data, follow=follow)


def test_the_editors_button(as_user, draft, user):
    was_answered(post(as_user(user), draft, UNCHECKED, **PUBLISH))
    assert stays_a_draft(draft)


def test_a_schedule_from_the_editor(as_user, draft, user):
    later = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    was_answered(post(as_user(user), draft, UNCHECKED, go_live_at=later, **PUBLISH))
    assert ArticlePage.objects.get(pk=draft.pk).scheduled_revision is None


def test_a_new_page(as_user, index, user):
    url = reverse("wagtailadmin_pages:add", args=["education", "articlepage", index.pk])
    was_answered(as_user(user).post(url, fields(ArticlePage(title="New", slug="new"), "New", **PUBLISH)))
    assert not ArticlePage.objects.filter(slug="new", live=True).exists()


def test_bulk_publish(as_user, draft, user):
    was_answered(bulk(as_user(user), draft))
    assert stays_a_draft(draft)


def test_bulk_publish_with_descendants(as_user, draft, index, user):
    draft.unpublish()
    was_answered(bulk(as_user(user), index, include_descendants="on"))
    assert not ArticlePage.objects.get(pk=draft.pk).live


def test_bulk_publish_says_which_pages_wait_and_leaves_their_review_alone(as_user, draft, editor, manager):
    Workflow.objects.get(name="Clinical review").start(draft, editor)
    html = bulk(as_user(manager), draft, follow=True).content.decode()
    assert f"These need a clinical review first: “{draft.title}”" in html
    assert ArticlePage.objects.get(pk=draft.pk).workflow_in_progress


def test_the_restore_of_an_old_version(as_user, article, draft, user):
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    old = draft.get_latest_revision()
    was_answered(as_user(user).post(url, fields(article, UNCHECKED, revision=old.pk, **PUBLISH)))
    assert stays_a_draft(draft)


def test_a_copy_of_a_page_and_of_the_whole_list(as_user, draft, index, user):
    client = as_user(user)
    said = {"new_title": "Copy", "new_slug": "copy", "copy_subpages": "on", "publish_copies": "on"}
    for page, parent in [(draft, index), (index, index.get_parent())]:
        address = reverse("wagtailadmin_pages:copy", args=[page.pk])
        was_answered(client.post(address, {**said, "new_parent_page": parent.pk}))
    assert ArticlePage.objects.live().get() == draft


def test_an_alias_that_becomes_a_page_of_its_own(as_user, draft, user):
    alias = draft.create_alias(update_slug="alias")
    was_answered(as_user(user).post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])))
    assert ArticlePage.objects.get(pk=alias.pk).alias_of_id == draft.pk


def test_a_move(draft, index, user):
    draft.unpublish()
    other = index.copy(update_attrs={"slug": "other", "title": "Other"})
    with suppress(PermissionDenied):
        ArticlePage.objects.get(pk=draft.pk).move(other, pos="last-child", user=user)
    assert not ArticlePage.objects.get(pk=draft.pk).live


def test_an_approval_that_makes_no_record(draft, editor, user):
    """By code that knows of no clinical review, only of tasks."""
    Workflow.objects.get(name="Clinical review").start(draft, editor)
    with pytest.raises(PublicationRefused), transaction.atomic():
        TaskState.objects.get().approve(user=user)
    assert stays_a_draft(draft)


DIRECT = {
    "revision.publish()": lambda page, user: page.get_latest_revision().publish(user=user),
    "publish past checks": lambda page, user: page.get_latest_revision().publish(
        user=user, skip_permission_checks=True
    ),
    "Wagtail's action": lambda page, user: PublishPageRevisionAction(
        page.get_latest_revision(), user=user
    ).execute(skip_permission_checks=True),
    "Wagtail's base class": lambda page, user: Page.objects.get(pk=page.pk).specific.publish(
        page.get_latest_revision(), user=user
    ),
    "save()": lambda page, user: page.get_latest_revision_as_object().save(),
}


def test_code(draft, user):
    for way in DIRECT.values():
        with pytest.raises(Exception, match=r"review|permission"), transaction.atomic():
            way(draft, user)
        assert stays_a_draft(draft)


def test_the_database(draft):
    page, words = Page.objects.filter(pk=draft.pk), {"live_revision": draft.latest_revision_id}
    with pytest.raises(IntegrityError, match="nobody reviewed"), transaction.atomic():
        page.update(**words)
    draft.unpublish()
    with pytest.raises(IntegrityError, match="nobody reviewed"), transaction.atomic():
        page.update(live=True)


def test_the_database_knows_every_page_type_that_needs_a_review():
    """A new one: name its table in `education_needs_review`, and give it the trigger (migration 0018)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'education_needs_review'")
        [[function]] = cursor.fetchall()
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [TRIGGER])
        guarded = {table for (table,) in cursor.fetchall()}
    tables = {model._meta.db_table for model in reviewed_models() if issubclass(model, Page)}
    assert {table for table in tables if f"FROM {table} " not in function} == set()
    assert tables - guarded == set()


# Wagtail's admin has an API that does what its buttons do.
API = {
    "publish": {},
    "convert_alias": {},
    "copy": {"slug": "copy", "title": "Copy", "keep_live": True, "recursive": True},
    "copy_for_translation": {"locale": "es", "recursive": True, "alias": True},
    "create_alias": {"recursive": True},
    "move": {"position": "last-child"},
    "revert_to_page_revision": {},
}


def test_the_admins_api(as_user, draft, index, user):
    client = as_user(user)
    Locale.objects.create(language_code="es")
    for action in API:
        with transaction.atomic():
            page = draft.create_alias(update_slug="alias") if action == "convert_alias" else draft
            data = {**API[action], "revision_id": draft.latest_revision_id}
            data |= {"destination_page_id": index.pk} if action in ("copy", "create_alias", "move") else {}
            url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
            answer = client.post(url, data, content_type="application/json")
            assert answer.status_code < 500, action
            assert stays_a_draft(draft), action
            assert not ArticlePage.objects.live().filter(alias_of=None).exclude(pk=draft.pk).exists(), action
            transaction.set_rollback(True)


@pytest.mark.parametrize("command", ["publish_scheduled", "our job"])
def test_a_schedule_that_is_due(draft, command, caplog):
    draft.get_latest_revision().__class__.objects.filter(pk=draft.latest_revision_id).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    if command == "our job":
        publish_scheduled(timestamp=0)
        assert "not done as planned: PublicationRefused" in caplog.text
    else:
        with pytest.raises(PublicationRefused):
            call_command("publish_scheduled")
    assert stays_a_draft(draft)


def test_a_page_is_not_made_unmedical_without_a_review(as_user, manager):
    page = StandardPage(title="Billing", contains_medical_claims=True)
    HomePage.objects.get().add_child(instance=page)
    publish(page)
    page = StandardPage.objects.get(pk=page.pk)
    page.introduction, page.contains_medical_claims = UNCHECKED, False
    page.save_revision(user=manager)
    said = {"title": page.title, "slug": page.slug, "introduction": UNCHECKED, "body": streamfield([])}
    form = nested_form_data({**said, **PUBLISH, "comments": EMPTY})
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "/without/" in as_user(manager).post(url, form).url
    page = StandardPage.objects.get(pk=page.pk)
    assert (page.introduction, page.contains_medical_claims) == ("", True)
    with pytest.raises(PublicationRefused), transaction.atomic():
        page.get_latest_revision().publish()


def test_a_page_that_says_nothing_medical_is_published_as_ever(as_user, manager):
    page = StandardPage(title="Billing")
    HomePage.objects.get().add_child(instance=page)
    page.introduction = "We take cards."
    page.save_revision(user=manager).publish(user=manager)
    assert StandardPage.objects.get(pk=page.pk).introduction == "We take cards."


def test_words_changed_in_the_place_of_reviewed_ones(article, editor, reviewer):
    publish_reviewed(article, editor, reviewer)
    article = ArticlePage.objects.get(pk=article.pk)
    article.lead = "Something else."
    with pytest.raises(PublicationRefused, match="Make changes in a new version"):
        article.save()


def test_an_alias_cannot_say_something_else(article):
    alias = article.create_alias(update_slug="alias")
    alias.lead = "Something else."
    with pytest.raises(PublicationRefused):
        alias.save()


def test_a_page_that_code_makes_begins_as_a_draft(index):
    page = index.add_child(instance=ArticlePage(title="New", lead="New", live=True))
    assert not ArticlePage.objects.get(pk=page.pk).live


def test_a_reviewed_version_goes_live_again_by_any_of_them(as_user, article, editor, reviewer, manager):
    publish_reviewed(article, editor, reviewer)
    ArticlePage.objects.get(pk=article.pk).unpublish()
    was_answered(bulk(as_user(manager), article))
    assert ArticlePage.objects.get(pk=article.pk).live
