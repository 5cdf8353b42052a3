"""Reviews expire after some months; a minor change keeps the review date."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from clinic.accounts import roles
from education.models import ArticlePage, ClinicalReview
from education.review.approving import approve_revision
from education.review.models import PublicationRefused, ReviewCheck, ReviewSettings
from education.review.panels import ClinicalReviewPanel
from tests.support.publishing import publish_reviewed, submit


@pytest.fixture
def reviewed(article, editor, reviewer):
    publish_reviewed(article, editor, reviewer)
    ClinicalReview.objects.update(created_at=timezone.now() - timedelta(days=100))
    return ArticlePage.objects.get(pk=article.pk)


@pytest.fixture
def minor_change(reviewed, editor, reviewer):
    """Return a function that edits the article and approves this as a minor change."""

    def run():
        reviewed.lead = "A corrected word."
        submit(reviewed, editor).approve(user=reviewer, minor_change=True)
        return ArticlePage.objects.get(pk=reviewed.pk)

    return run


def test_an_expired_review_is_marked_and_hidden_from_search_engines(client, reviewed):
    ClinicalReview.objects.update(valid_until=timezone.localdate() - timedelta(days=2))
    html = client.get(reviewed.url).content.decode()
    assert "This review has expired" in html
    assert "Next review:" not in html
    assert "lastReviewed" not in html


def test_minor_changes_are_offered_only_with_a_current_review(as_user, article, editor, reviewer):
    client = as_user(reviewer)

    def dialog():
        state = submit(article, editor)
        url = f"/admin/pages/workflow/collect_action_data/{article.pk}/approve/{state.pk}/"
        html = client.get(url).json()["html"]
        state.workflow_state.cancel(user=editor)
        return html

    assert "minor_change" not in dialog()
    publish_reviewed(article, editor, reviewer)
    assert "minor_change" in dialog()
    ClinicalReview.objects.update(valid_until=timezone.localdate() - timedelta(days=2))
    assert "minor_change" not in dialog()


def test_minor_changes_keep_the_review_date_and_reviewer(minor_change):
    page, second = minor_change(), minor_change()
    review = page.clinical_review
    assert page.lead == "A corrected word."
    assert review.shown.revision_id != page.live_revision_id
    assert (timezone.now() - review.shown.created_at).days == 100
    assert review.valid_until == review.shown.valid_until
    assert second.clinical_review.minor_change_of == review.minor_change_of


def test_the_history_links_the_comparison_of_a_minor_change(minor_change, panel):
    page = minor_change()
    html = panel(ClinicalReviewPanel, page)
    before, after = page.clinical_review.shown.revision_id, page.live_revision_id
    assert f"/admin/pages/{page.pk}/revisions/compare/{before}...{after}/" in html
    assert "called this a minor change" in html


def test_minor_changes_are_refused_after_the_review_expired(minor_change):
    ClinicalReview.objects.update(valid_until=timezone.localdate() - timedelta(days=2))
    with pytest.raises(PublicationRefused, match="no current review"):
        minor_change()


def test_reviewers_cannot_call_their_own_change_of_a_colleagues_review_minor(reviewed, manager):
    ReviewSettings.objects.update(own_words_may_be_approved=True)
    manager.groups.add(Group.objects.get(name=roles.REVIEWERS))
    reviewed.lead = "Words of the manager."
    revision = reviewed.save_revision(user=manager)
    with pytest.raises(PublicationRefused, match="review the whole page"):
        approve_revision(revision, manager, minor_change=True)
    approve_revision(revision, manager, checked=ReviewCheck.values)
    reviewed.lead = "Corrected words of the manager."
    revision = reviewed.save_revision(user=manager)
    assert approve_revision(revision, manager, minor_change=True).shown.reviewer == manager


def test_the_editor_shows_requested_changes_and_later_edits(as_user, article, editor, reviewer, panel):
    rejected = submit(article, editor)
    rejected.reject(user=reviewer, comment="Name the risks.")
    article.lead = "With the risks."
    newest = article.save_revision(user=editor)
    html = panel(ClinicalReviewPanel, article)
    assert "Dan Hashimoto asked for changes on" in html
    assert "Name the risks." in html
    compare = f"/admin/pages/{article.pk}/revisions/compare/{rejected.revision_id}...{newest.pk}/"
    assert compare in html
    assert "With the risks." in as_user(editor).get(compare).content.decode()
