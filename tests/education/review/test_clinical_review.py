"""Who has reviewed an article is read from records; where there is none, nobody is named."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import ProtectedError
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from clinic.accounts import roles
from education.models import ArticlePage, ClinicalReview, HomePage, PersonIndexPage, PersonPage
from education.review.models import PublicationRefused
from tests.support.publishing import publish

UNREVIEWED = "No clinician has reviewed this version yet."


@pytest.fixture
def approve(article, editor, reviewer, rf):
    """The editor submits the article as it is now, the reviewer approves, which publishes it."""

    def run():
        article.save_revision(user=editor)
        state = Workflow.objects.get(name="Clinical review").start(article, editor)
        state.current_task_state.approve(user=reviewer, comment="All read.")
        article.refresh_from_db()
        del article.__dict__["clinical_review"]

    article.clinical_review  # noqa: B018 - so that there is something to forget
    return run


def test_the_starter_article_names_no_reviewer(client, article):
    assert article.clinical_review is None
    assert "Not yet medically reviewed" in client.get(article.url).content.decode()


def test_a_review_outlives_the_reviewers_role_name_and_account(client, article, approve, reviewer):
    approve()
    reviewer.groups.clear()
    reviewer.last_name = "Somebody-Else"
    reviewer.save()
    assert "reviewed by Dan Hashimoto" in client.get(article.url).content.decode()
    reviewer.delete()
    assert "reviewed by Dan Hashimoto" in client.get(article.url).content.decode()


def test_name_and_credentials_are_those_of_the_person_page_on_that_day(article, approve, reviewer):
    people = HomePage.objects.get().add_child(instance=PersonIndexPage(title="People", slug="people"))
    person = PersonPage(title="Daniel Hashimoto", role="Physician", credentials="MD", account=reviewer)
    people.add_child(instance=person)
    approve()
    PersonPage.objects.update(credentials="MD, PhD")
    review = ClinicalReview.objects.get()
    assert (review.reviewer_name, review.reviewer_credentials) == ("Daniel Hashimoto", "MD")


def test_a_reviewer_without_a_name_is_asked_for_it(article, approve, reviewer):
    reviewer.first_name = reviewer.last_name = ""
    reviewer.save()
    with pytest.raises(PublicationRefused, match="Enter yours first"):
        approve()


@pytest.mark.parametrize("who", ["editor", "manager", "superuser"])
def test_only_a_clinical_reviewer_approves(request, article, editor, who):
    article.save_revision(user=editor)
    state = Workflow.objects.get(name="Clinical review").start(article, editor)
    with pytest.raises(PublicationRefused, match="Only a clinical reviewer"):
        state.current_task_state.approve(user=request.getfixturevalue(who))


def test_purging_old_versions_keeps_the_reviewed_ones(article, approve):
    approve()
    with pytest.raises(ProtectedError), transaction.atomic():  # what Wagtail's purge_revisions leaves alone
        ClinicalReview.objects.get().revision.delete()
    article.delete()
    assert not ClinicalReview.objects.exists()


def test_a_manager_asked_for_another_task_is_not_a_reviewer(article, editor, manager):
    spelling = GroupApprovalTask.objects.create(name="Spelling")
    spelling.groups.add(Group.objects.get(name=roles.MANAGERS))
    language = Workflow.objects.create(name="Language")
    WorkflowTask.objects.create(workflow=language, task=spelling)
    article.save_revision(user=editor)
    with pytest.raises(PublicationRefused), transaction.atomic():
        language.start(article, editor).current_task_state.approve(user=manager)
    assert ArticlePage.objects.get(pk=article.pk).clinical_review is None


def test_an_approval_ends_with_the_words_it_was_given_for_on_an_alias_too(client, article, approve):
    approve()
    mirror = article.create_alias(update_slug="mirror")
    assert "reviewed by Dan Hashimoto on" in client.get(mirror.url).content.decode()
    article.lead = "Something else."
    publish(article)
    for page in [article, mirror]:
        html = client.get(page.url).content.decode()
        assert "Something else." in html
        assert "reviewed by Dan" not in html


def test_editors_are_told_who_has_reviewed_it_or_that_nobody_has(as_user, editor, article, index, approve):
    client = as_user(editor)
    for address in [f"add/education/articlepage/{index.pk}", f"{article.pk}/edit"]:
        assert UNREVIEWED in client.get(f"/admin/pages/{address}/").content.decode()
    approve()
    html = client.get(f"/admin/pages/{article.pk}/edit/").content.decode()
    assert "Reviewed by Dan Hashimoto on" in html
    assert UNREVIEWED not in html


def test_readers_and_search_engines_see_who_when_when_next_and_how_old_its_sources_are(
    client, article, approve
):
    article.sources = [("source", {"title": "A study", "checked_on": date(2026, 3, 2)})]
    approve()
    late = datetime(2026, 11, 26, 2, tzinfo=UTC)  # still the evening of the 25th at the clinic
    ClinicalReview.objects.update(created_at=late)
    html = client.get(article.url).content.decode()
    assert "Medically reviewed by Dan Hashimoto on November 25, 2026" in html
    assert '"lastReviewed":"2026-11-25"' in html
    assert '"reviewedBy":{"@type":"Person","name":"Dan Hashimoto"}' in html
    for words in ["Next review:", "Last updated:", "(checked on March 2, 2026)"]:
        assert words in html
