"""Readers and editors see the reviewer of a page only if there's a record of the review."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import ProtectedError
from wagtail.models import GroupApprovalTask, PageViewRestriction, Workflow, WorkflowTask

from clinic.accounts import roles
from education.models import ArticlePage, ClinicalReview, HomePage, PersonIndexPage, PersonPage
from education.review.models import PublicationRefused
from education.review.panels import ClinicalReviewPanel
from tests.support.publishing import publish, publish_reviewed, submit

UNREVIEWED = "No clinician has reviewed this version yet."


@pytest.fixture
def approved(article, editor, reviewer):
    publish_reviewed(article, editor, reviewer)
    return ArticlePage.objects.get(pk=article.pk)


def test_a_review_survives_changes_to_the_reviewers_role_name_and_account(client, approved, reviewer):
    reviewer.groups.clear()
    reviewer.last_name = "Somebody-Else"
    reviewer.save()
    assert ArticlePage.objects.get(pk=approved.pk).clinical_review.reviewer_name == "Dan Hashimoto"
    reviewer.delete()
    assert "reviewed by Dan Hashimoto" in client.get(approved.url).content.decode()


def test_a_review_copies_name_and_credentials_from_the_reviewers_page(client, article, editor, reviewer):
    people = HomePage.objects.get().add_child(instance=PersonIndexPage(title="People", slug="people"))
    person = PersonPage(title="Daniel Hashimoto", role="Physician", credentials="MD", account=reviewer)
    people.add_child(instance=person)
    publish_reviewed(article, editor, reviewer)
    PersonPage.objects.update(credentials="MD, PhD")
    review = ClinicalReview.objects.get()
    assert (review.reviewer_name, review.reviewer_credentials) == ("Daniel Hashimoto", "MD")
    assert f'<a href="{person.url}">Daniel Hashimoto</a>' in client.get(article.url).content.decode()
    PageViewRestriction.objects.create(page=person, restriction_type="login")
    html = client.get(article.url).content.decode()
    assert "Daniel Hashimoto" in html
    assert person.url not in html  # readers would have to sign in


def test_only_clinical_reviewers_with_a_name_can_approve(article, editor, manager, superuser, reviewer):
    state = submit(article, editor)
    for user in [editor, manager, superuser]:
        with pytest.raises(PublicationRefused, match="Only a clinical reviewer"):
            state.approve(user=user)
    reviewer.first_name = reviewer.last_name = ""
    reviewer.save()
    with pytest.raises(PublicationRefused, match="Ask a manager to enter yours"):
        state.approve(user=reviewer, comment="All read.")


def test_reviewed_revisions_survive_purging(approved):
    with pytest.raises(ProtectedError), transaction.atomic():  # so purge_revisions skips it
        ClinicalReview.objects.get().revision.delete()
    approved.delete()
    assert not ClinicalReview.objects.exists()


def test_approving_another_task_doesnt_count_as_a_review(article, editor, manager):
    spelling = GroupApprovalTask.objects.create(name="Spelling")
    spelling.groups.add(Group.objects.get(name=roles.MANAGERS))
    language = Workflow.objects.create(name="Language")
    WorkflowTask.objects.create(workflow=language, task=spelling)
    article.save_revision(user=editor)
    with pytest.raises(PublicationRefused), transaction.atomic():
        language.start(article, editor).current_task_state.approve(user=manager)
    assert ArticlePage.objects.get(pk=article.pk).clinical_review is None


def test_a_review_ends_when_the_text_changes_for_aliases_too(client, approved):
    mirror = approved.create_alias(update_slug="mirror")
    assert "reviewed by Dan Hashimoto on" in client.get(mirror.url).content.decode()
    approved.lead = "Something else."
    publish(approved)
    for page in [approved, mirror]:
        html = client.get(page.url).content.decode()
        assert "Something else." in html
        assert "reviewed by Dan" not in html


def test_the_editor_shows_who_reviewed_a_page_or_that_no_one_did(
    as_user, editor, reviewer, article, index, panel
):
    address = f"/admin/pages/add/education/articlepage/{index.pk}/"
    assert UNREVIEWED in as_user(editor).get(address).content.decode()
    assert UNREVIEWED in panel(ClinicalReviewPanel, article)
    publish_reviewed(article, editor, reviewer)
    html = panel(ClinicalReviewPanel, article)
    assert "Reviewed by Dan Hashimoto on" in html
    assert UNREVIEWED not in html


def test_readers_and_search_engines_see_the_reviewer_dates_and_source_checks(
    client, article, editor, reviewer
):
    article.sources = [("source", {"title": "A study", "checked_on": date(2026, 3, 2)})]
    publish_reviewed(article, editor, reviewer)
    late = datetime(2026, 11, 26, 2, tzinfo=UTC)  # still the evening of the 25th at the clinic
    ClinicalReview.objects.update(created_at=late)
    html = client.get(article.url).content.decode()
    assert "Medically reviewed by Dan Hashimoto on November 25, 2026" in html
    assert '"lastReviewed":"2026-11-25"' in html
    assert '"reviewedBy":{"@type":"Person","name":"Dan Hashimoto"}' in html
    for text in ["Next review:", "Last updated:", "(checked on March 2, 2026)"]:
        assert text in html
