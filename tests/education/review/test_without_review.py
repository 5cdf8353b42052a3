"""What can't wait goes live without a review: by managers, with a reason, for some days."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import resolve, reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from education.jobs import publish_scheduled
from education.models import ArticlePage, TopicPage, UnreviewedPublication
from education.review.emails import tell_of_unreviewed
from education.review.models import PublicationRefused
from education.review.unreviewed import publish_without_review
from tests.education.review.editor_form import PUBLISH, post, said
from tests.support.publishing import publish_reviewed

URGENT = "Urgent correction."


@pytest.fixture
def corrected(article, manager):
    article.lead = URGENT
    return article.save_revision(user=manager)


@pytest.fixture
def expire():
    """The clinic's days are over, and the worker looks at its schedule."""

    def run():
        UnreviewedPublication.objects.exclude(expires_at=None).update(expires_at=timezone.now())
        publish_scheduled(timestamp=0)

    return run


def test_a_manager_is_asked_why_and_readers_are_told(as_user, client, article, manager):
    staff = as_user(manager)
    address = post(staff, article, URGENT, **PUBLISH).url
    assert resolve(address).url_name == "without_review"
    assert "Published without a review." in said(staff.post(address, {"reason": "Wrong dose"}))
    history = staff.get(f"/admin/pages/{article.pk}/history/").content.decode()
    assert "Published without review" in history
    public = client.get(article.url).content.decode()
    assert URGENT in public
    assert "Not yet medically reviewed" in public
    assert "Medically reviewed by" not in public
    assert "Wrong dose" not in public


def test_a_refused_publication_says_why_and_keeps_the_reason(as_user, article, index, manager):
    index.add_child(instance=ArticlePage(title="Other", lead="Other.", slug="taken"))
    article.slug = "taken"
    revision = article.save_revision(user=manager, clean=False)
    url, client = reverse("education_review:without_review", args=[revision.pk]), as_user(manager)
    assert "Say why this can’t wait" in client.post(url, {"reason": " "}).text
    html = client.post(url, {"reason": "The number is wrong."}).text
    assert "already in use" in html
    assert "The number is wrong.</textarea>" in html
    assert not UnreviewedPublication.objects.filter(revision=revision).exists()


def test_only_managers_publish_without_review(as_user, article, corrected, editor, reviewer, front_desk):
    for user in [editor, reviewer, front_desk]:
        as_user(user).post(f"/admin/review/{corrected.pk}/without/", {"reason": "I want it"})
        with pytest.raises(PublicationRefused, match="Only managers"):
            publish_without_review(corrected, user, "I want it")
        assert ArticlePage.objects.get(pk=article.pk).lead != URGENT, user


def test_the_reviewers_are_told_by_email_and_where_there_are_none_others(
    article, corrected, manager, reviewer, superuser, mailoutbox
):
    publish_without_review(corrected, manager, "Wrong dose")
    [job] = ProcrastinateJob.objects.filter(task_name=tell_of_unreviewed.name)
    tell_of_unreviewed(**job.args)
    reviewer.groups.clear()
    tell_of_unreviewed(**job.args)
    assert [email.to for email in mailoutbox] == [
        *[["dan@clinic.example"], ["elif@clinic.example", "root@clinic.example"]]
    ]
    assert mailoutbox[0].subject == f"Published without a review: {article.title}"
    assert "Wrong dose" in mailoutbox[0].body
    assert "Elif Demir" in mailoutbox[0].body


@pytest.fixture
def urgent(article, editor, reviewer, manager):
    """Reviewed words, and in their place some that couldn't wait, at another address."""
    article.lead = "Reviewed words."
    publish_reviewed(article, editor, reviewer)
    article = ArticlePage.objects.get(pk=article.pk)
    article.lead, article.slug = URGENT, "elsewhere"
    publish_without_review(article.save_revision(user=manager), manager, "Wrong dose")
    return ArticlePage.objects.get(pk=article.pk)


def test_after_some_days_the_last_reviewed_version_is_back(urgent, expire):
    publish_scheduled(timestamp=0)  # not yet
    assert ArticlePage.objects.get(pk=urgent.pk).lead == URGENT
    expire()
    article = ArticlePage.objects.get(pk=urgent.pk)
    assert article.lead == "Reviewed words."
    assert article.clinical_review.reviewer_name == "Dan Hashimoto"
    assert TopicPage.objects.get().live  # what comes with the software stays


def test_a_version_that_was_taken_down_does_not_come_back(urgent, manager, expire):
    urgent.unpublish(user=manager)
    urgent.lead = "Other words."
    publish_without_review(urgent.save_revision(user=manager), manager, "Wrong again")
    expire()
    assert not ArticlePage.objects.get(pk=urgent.pk).live


def test_what_was_approved_for_later_keeps_its_time(urgent, editor, reviewer, expire):
    urgent.lead, urgent.go_live_at = "Planned words.", timezone.now() + timedelta(days=30)
    publish_reviewed(urgent, editor, reviewer)
    expire()
    article = ArticlePage.objects.get(pk=urgent.pk)
    assert article.lead == "Reviewed words."
    assert article.scheduled_revision.content["lead"] == "Planned words."


def test_the_page_goes_where_the_reviewed_version_has_no_address_any_more(urgent, index, expire):
    index.add_child(instance=ArticlePage(title="Other", lead="Other.", slug="kyphoplasty"))
    expire()
    assert not ArticlePage.objects.get(pk=urgent.pk).live


def test_the_days_of_a_planned_publication_begin_when_readers_see_it(article, manager, reviewer, mailoutbox):
    article.go_live_at = datetime(2040, 3, 1, 17, tzinfo=UTC)
    publish_without_review(article.save_revision(user=manager), manager, "Wrong dose")
    publication = UnreviewedPublication.objects.exclude(expires_at=None).get()
    assert publication.expires_at == article.go_live_at + timedelta(days=7)
    tell_of_unreviewed(publication_id=publication.pk)
    assert "goes live on March 1, 2040, 12:00 PM without a clinical review" in mailoutbox[0].body


def test_without_a_reviewed_revision_the_page_is_unpublished_for_good(article, corrected, manager, expire):
    publish_without_review(corrected, manager, "Wrong dose")
    expire()
    assert not ArticlePage.objects.get(pk=article.pk).live
    with pytest.raises(PublicationRefused):
        corrected.publish(user=manager)


def test_a_review_in_the_meantime_makes_it_stay(article, corrected, manager, reviewer, expire):
    publish_without_review(corrected, manager, "Wrong dose")
    publish_reviewed(ArticlePage.objects.get(pk=article.pk), manager, reviewer)
    expire()
    article = ArticlePage.objects.get(pk=article.pk)
    assert (article.lead, article.clinical_review.reviewer_name) == (URGENT, "Dan Hashimoto")


def test_the_database_wants_a_reason_and_an_end(corrected):
    for fields in [{"reason": ""}, {"reason": "Because", "published_by_name": "Elif Demir"}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            UnreviewedPublication.objects.create(revision=corrected, **fields)
