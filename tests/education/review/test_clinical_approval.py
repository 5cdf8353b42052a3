"""Who has reviewed an article is read from records; where there is none, nobody is named."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowTask

from clinic.accounts import roles
from education.models import ArticlePage

UNREVIEWED = "No clinician of this clinic has reviewed this article as readers see it."


@pytest.fixture
def approve(article, editor, reviewer, rf):
    """The editor submits the article as it is now, the reviewer approves, which publishes it."""

    def run():
        article.save_revision(user=editor)
        state = Workflow.objects.get(name="Clinical review").start(article, editor)
        state.current_task_state.approve(user=reviewer)
        article.refresh_from_db()
        del article.__dict__["clinical_approval"]

    article.clinical_approval  # noqa: B018 - so that there is something to forget
    return run


def test_the_starter_article_names_no_reviewer(client, article):
    assert article.clinical_approval is None
    assert "Reviewed" not in client.get(article.url).content.decode()


def test_an_approved_revision_names_who_and_when(client, article, approve, reviewer):
    approve()
    assert article.clinical_approval.reviewer == "Dan Hashimoto"
    assert article.clinical_approval.at.date() == timezone.now().date()
    assert "Reviewed by Dan Hashimoto on" in client.get(article.url).content.decode()


def test_an_approval_ends_with_the_words_it_was_given_for(client, article, approve):
    approve()
    article.lead = "Something else."
    article.save_revision().publish()
    assert "Reviewed by" not in client.get(article.url).content.decode()


@pytest.mark.parametrize("status", ["rejected", "cancelled", "in_progress", "skipped"])
def test_nothing_but_an_approval_counts(client, article, approve, status):
    approve()
    TaskState.objects.update(status=status)
    assert "Reviewed by" not in client.get(article.url).content.decode()


def test_a_reviewer_who_is_gone_is_not_made_up(client, article, approve, reviewer):
    approve()
    reviewer.delete()
    assert "Reviewed by" not in client.get(article.url).content.decode()


def test_a_user_name_is_never_shown_to_readers(client, article, approve, reviewer):
    reviewer.first_name = reviewer.last_name = ""
    reviewer.save()
    approve()
    assert "dan" not in client.get(article.url).content.decode().split()


def test_an_administrator_is_no_clinician(article, editor, superuser):
    article.save_revision(user=editor)
    state = Workflow.objects.get(name="Clinical review").start(article, editor)
    state.current_task_state.approve(user=superuser)
    assert ArticlePage.objects.not_reviewed().get().clinical_approval is None
    superuser.groups.add(Group.objects.get(name=roles.REVIEWERS))  # nor were they one then
    assert ArticlePage.objects.not_reviewed().get().clinical_approval is None


def test_a_reviewer_with_other_work_now_was_one_then(article, approve, reviewer):
    approve()
    reviewer.groups.clear()
    assert article.clinical_approval.reviewer == "Dan Hashimoto"


def test_neither_is_a_manager_who_was_asked_for_something_else(article, editor, manager):
    spelling = GroupApprovalTask.objects.create(name="Spelling")
    spelling.groups.add(Group.objects.get(name=roles.MANAGERS))
    language = Workflow.objects.create(name="Language")
    WorkflowTask.objects.create(workflow=language, task=spelling)
    article.save_revision(user=editor)
    language.start(article, editor).current_task_state.approve(user=manager)
    assert ArticlePage.objects.not_reviewed().get().clinical_approval is None


def test_an_alias_shows_whose_approval_its_source_has(client, article, approve):
    approve()
    mirror = article.create_alias(update_slug="mirror")
    assert "Reviewed by Dan Hashimoto on" in client.get(mirror.url).content.decode()
    article.lead = "Something else."
    article.save_revision().publish()
    html = client.get(mirror.url).content.decode()
    assert "Something else." in html
    assert "Reviewed by" not in html
    assert {page.slug for page in ArticlePage.objects.not_reviewed()} == {"kyphoplasty", "mirror"}


def test_editors_are_told_that_nobody_has_reviewed_it(as_user, editor, article):
    html = as_user(editor).get(f"/admin/pages/{article.pk}/edit/").content.decode()
    assert UNREVIEWED in html


def test_editors_are_told_who_has_reviewed_it(as_user, editor, article, approve):
    approve()
    html = as_user(editor).get(f"/admin/pages/{article.pk}/edit/").content.decode()
    assert "Reviewed by Dan Hashimoto on" in html
    assert UNREVIEWED not in html


def test_editors_of_a_new_article_are_told_too(as_user, editor, index):
    html = as_user(editor).get(f"/admin/pages/add/education/articlepage/{index.pk}/").content.decode()
    assert UNREVIEWED in html


def test_search_engines_are_told_the_day_that_readers_see(client, article, approve):
    approve()
    late = datetime(2026, 11, 26, 2, tzinfo=UTC)  # still the evening of the 25th at the clinic
    TaskState.objects.update(finished_at=late)
    html = client.get(article.url).content.decode()
    assert "Reviewed by Dan Hashimoto on November 25, 2026" in html
    assert '"lastReviewed":"2026-11-25"' in html
