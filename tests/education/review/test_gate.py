"""No way to publish bypasses the clinical review, for any user."""

from datetime import timedelta

import pytest
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
USERS = ["editor", "reviewer", "manager", "superuser"]
UNREVIEWED = "Unreviewed text."
TRIGGER = "education_keep_gate_for_new"


@pytest.fixture(params=USERS)
def user(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def draft(article, editor):
    """A live article with a newer, unreviewed draft."""
    article.lead = UNREVIEWED
    article.save_revision(user=editor)
    return ArticlePage.objects.get(pk=article.pk)


def is_still_draft(page):
    """Return True if the unreviewed text isn't live but is still in the draft."""
    page = ArticlePage.objects.get(pk=page.pk)
    return page.lead != UNREVIEWED and page.get_latest_revision_as_object().lead == UNREVIEWED


def assert_handled(response):
    """Assert that the response is a page, a redirect, or a form with errors."""
    assert response.status_code in (200, 302) or b"This can\xe2\x80\x99t be saved" in response.content


def bulk(client, page, follow=False, **data):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{url}?id={page.pk}&next=/admin/", data, follow=follow)


def test_publishing_scheduling_and_restoring_from_the_editor_are_gated(as_user, draft, user):
    later = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    client = as_user(user)
    for extra in [{}, {"revision": draft.latest_revision_id}, {"go_live_at": later}]:
        assert_handled(post(client, draft, UNREVIEWED, **extra, **PUBLISH))
        assert is_still_draft(draft), extra
        assert ArticlePage.objects.get(pk=draft.pk).scheduled_revision is None, extra


def test_publishing_a_new_page_is_gated(as_user, index, user):
    url = reverse("wagtailadmin_pages:add", args=["education", "articlepage", index.pk])
    assert_handled(as_user(user).post(url, fields(ArticlePage(title="New", slug="new"), "New", **PUBLISH)))
    assert not ArticlePage.objects.filter(slug="new", live=True).exists()


def test_bulk_publishing_is_gated(as_user, draft, user):
    assert_handled(bulk(as_user(user), draft))
    assert is_still_draft(draft)


def test_bulk_publishing_with_descendants_is_gated(as_user, draft, index, user):
    draft.unpublish()
    assert_handled(bulk(as_user(user), index, include_descendants="on"))
    assert not ArticlePage.objects.get(pk=draft.pk).live


def test_a_refused_bulk_publication_names_the_pages_and_keeps_their_review(as_user, draft, editor, manager):
    Workflow.objects.get(name="Clinical review").start(draft, editor)
    html = bulk(as_user(manager), draft, follow=True).content.decode()
    assert f"These need a clinical review first: “{draft.title}”" in html
    assert ArticlePage.objects.get(pk=draft.pk).workflow_in_progress


def test_copies_of_pages_and_lists_start_as_drafts(as_user, draft, index, user):
    client = as_user(user)
    data = {"new_title": "Copy", "new_slug": "copy", "copy_subpages": "on", "publish_copies": "on"}
    for page, parent in [(draft, index), (index, index.get_parent())]:
        address = reverse("wagtailadmin_pages:copy", args=[page.pk])
        assert_handled(client.post(address, {**data, "new_parent_page": parent.pk}))
    assert ArticlePage.objects.live().get() == draft


def test_a_live_alias_of_an_article_cannot_be_converted(as_user, draft, user):
    alias = draft.create_alias(update_slug="alias")
    assert_handled(as_user(user).post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])))
    assert ArticlePage.objects.get(pk=alias.pk).alias_of_id == draft.pk


def test_an_approval_without_a_record_is_refused(draft, editor, user):
    # Code that only knows Wagtail's own tasks passes no form data.
    Workflow.objects.get(name="Clinical review").start(draft, editor)
    with pytest.raises(PublicationRefused), transaction.atomic():
        TaskState.objects.get().approve(user=user)
    assert is_still_draft(draft)


PUBLISH_CALLS = {
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


def test_publishing_from_code_is_gated(draft, user):
    for publish_call in PUBLISH_CALLS.values():
        with pytest.raises(Exception, match=r"review|permission"), transaction.atomic():
            publish_call(draft, user)
        assert is_still_draft(draft)


def test_the_database_refuses_unreviewed_live_pages(draft):
    page = Page.objects.filter(pk=draft.pk)
    with pytest.raises(IntegrityError, match="nobody reviewed"), transaction.atomic():
        page.update(live_revision=draft.latest_revision_id)
    draft.unpublish()
    with pytest.raises(IntegrityError, match="nobody reviewed"), transaction.atomic():
        page.update(live=True)


def test_database_triggers_cover_every_reviewed_page_type():
    """For a new page type, add its table to `education_needs_review`, and the trigger (migration 0018)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'education_needs_review'")
        [[function]] = cursor.fetchall()
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [TRIGGER])
        guarded = {table for (table,) in cursor.fetchall()}
    tables = {model._meta.db_table for model in reviewed_models() if issubclass(model, Page)}
    assert {table for table in tables if f"FROM {table} " not in function} == set()
    assert tables - guarded == set()


# Actions of the admin API, with their parameters.
API_ACTIONS = {
    "publish": {},
    "convert_alias": {},
    "copy": {"slug": "copy", "title": "Copy", "keep_live": True, "recursive": True},
    "copy_for_translation": {"locale": "es", "recursive": True, "alias": True},
    "create_alias": {"recursive": True},
    "move": {"position": "last-child"},
    "revert_to_page_revision": {},
}


def test_the_admin_api_is_gated(as_user, draft, index, user):
    client = as_user(user)
    Locale.objects.create(language_code="es")
    for action in API_ACTIONS:
        with transaction.atomic():
            page = draft.create_alias(update_slug="alias") if action == "convert_alias" else draft
            data = {**API_ACTIONS[action], "revision_id": draft.latest_revision_id}
            data |= {"destination_page_id": index.pk} if action in ("copy", "create_alias", "move") else {}
            url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
            answer = client.post(url, data, content_type="application/json")
            assert answer.status_code < 500, action
            assert is_still_draft(draft), action
            assert not ArticlePage.objects.live().filter(alias_of=None).exclude(pk=draft.pk).exists(), action
            transaction.set_rollback(True)


def test_due_schedules_are_gated(draft, caplog):
    due = timezone.now() - timedelta(minutes=1)
    draft.revisions.filter(pk=draft.latest_revision_id).update(approved_go_live_at=due)
    with pytest.raises(PublicationRefused), transaction.atomic():
        call_command("publish_scheduled")
    publish_scheduled(timestamp=0)
    assert "not done as planned: PublicationRefused" in caplog.text
    assert is_still_draft(draft)


def test_unchecking_medical_claims_needs_a_review(as_user, manager):
    page = StandardPage(title="Billing", contains_medical_claims=True)
    HomePage.objects.get().add_child(instance=page)
    publish(page)
    page = StandardPage.objects.get(pk=page.pk)
    page.introduction, page.contains_medical_claims = UNREVIEWED, False
    page.save_revision(user=manager)
    data = {"title": page.title, "slug": page.slug, "introduction": UNREVIEWED, "body": streamfield([])}
    form = nested_form_data({**data, **PUBLISH, "comments": EMPTY})
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client = as_user(manager)
    without_review = client.post(url, form).url
    assert "/without/" in without_review
    assert "requires a review" in client.post(without_review, {"reason": "It’s only about billing."}).text
    page = StandardPage.objects.get(pk=page.pk)
    assert (page.introduction, page.contains_medical_claims) == ("", True)
    with pytest.raises(PublicationRefused), transaction.atomic():
        page.get_latest_revision().publish()


def test_an_alias_cannot_differ_from_its_source(article):
    alias = article.create_alias(update_slug="alias")
    alias.lead = "Something else."
    with pytest.raises(PublicationRefused):
        alias.save()


def test_a_page_created_by_code_starts_as_a_draft(index):
    page = index.add_child(instance=ArticlePage(title="New", lead="New", live=True))
    assert not ArticlePage.objects.get(pk=page.pk).live


def test_a_reviewed_version_can_be_published_again(as_user, article, editor, reviewer, manager):
    publish_reviewed(article, editor, reviewer)
    ArticlePage.objects.get(pk=article.pk).unpublish()
    assert_handled(bulk(as_user(manager), article))
    assert ArticlePage.objects.get(pk=article.pk).live
