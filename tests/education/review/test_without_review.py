"""Managers can publish urgent changes without a review, with a reason and for a few days."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import resolve, reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from education.jobs import publish_scheduled
from education.models import ArticlePage, TopicPage, UnreviewedPublication
from education.review.emails import send_unreviewed_notice
from education.review.models import PublicationRefused
from education.review.unreviewed import publish_without_review
from tests.education.review.editor_form import PUBLISH, messages_in, post
from tests.support.publishing import publish_reviewed

URGENT = "Urgent correction."


@pytest.fixture
def corrected(article, manager):
    article.lead = URGENT
    return article.save_revision(user=manager)


@pytest.fixture
def expire():
    """Return a function that expires all publications without review and runs the scheduled job."""

    def run():
        UnreviewedPublication.objects.exclude(expires_at=None).update(expires_at=timezone.now())
        publish_scheduled(timestamp=0)

    return run


def test_managers_have_to_give_a_reason_and_readers_see_a_mark(as_user, client, article, manager):
    staff = as_user(manager)
    address = post(staff, article, URGENT, **PUBLISH).url
    assert resolve(address).url_name == "without_review"
    assert "Published without a review." in messages_in(staff.post(address, {"reason": "Wrong dose"}))
    history = staff.get(f"/admin/pages/{article.pk}/history/").content.decode()
    assert "Published without review" in history
    public = client.get(article.url).content.decode()
    assert URGENT in public
    assert "Not yet medically reviewed" in public
    assert "Medically reviewed by" not in public
    assert "Wrong dose" not in public


def test_a_refused_publication_shows_the_error_and_keeps_the_reason(as_user, article, index, manager):
    index.add_child(instance=ArticlePage(title="Other", lead="Other.", slug="taken"))
    article.slug = "taken"
    revision = article.save_revision(user=manager, clean=False)
    url, client = reverse("education_review:without_review", args=[revision.pk]), as_user(manager)
    assert "Say why this can’t wait" in client.post(url, {"reason": " "}).text
    html = client.post(url, {"reason": "The number is wrong."}).text
    assert "already in use" in html
    assert "The number is wrong.</textarea>" in html
    assert not UnreviewedPublication.objects.filter(revision=revision).exists()


def test_only_managers_can_publish_without_review(as_user, article, corrected, editor, reviewer, front_desk):
    for user in [editor, reviewer, front_desk]:
        as_user(user).post(f"/admin/review/{corrected.pk}/without/", {"reason": "I want it"})
        with pytest.raises(PublicationRefused, match="Only managers"):
            publish_without_review(corrected, user, "I want it")
        assert ArticlePage.objects.get(pk=article.pk).lead != URGENT, user


def test_reviewers_are_emailed_or_managers_if_there_are_no_reviewers(
    article, corrected, manager, reviewer, superuser, mailoutbox
):
    publish_without_review(corrected, manager, "Wrong dose")
    [job] = ProcrastinateJob.objects.filter(task_name=send_unreviewed_notice.name)
    send_unreviewed_notice(**job.args)
    reviewer.groups.clear()
    send_unreviewed_notice(**job.args)
    assert [email.to for email in mailoutbox] == [
        *[["dan@clinic.example"], ["elif@clinic.example", "root@clinic.example"]]
    ]
    assert mailoutbox[0].subject == f"Published without a review: {article.title}"
    assert "Wrong dose" in mailoutbox[0].body
    assert "Elif Demir" in mailoutbox[0].body


@pytest.fixture
def urgent(article, editor, reviewer, manager):
    """An article whose reviewed version was replaced without review, with another slug."""
    article.lead = "Reviewed words."
    publish_reviewed(article, editor, reviewer)
    article = ArticlePage.objects.get(pk=article.pk)
    article.lead, article.slug = URGENT, "elsewhere"
    publish_without_review(article.save_revision(user=manager), manager, "Wrong dose")
    return ArticlePage.objects.get(pk=article.pk)


def test_the_last_reviewed_version_returns_after_expiry(urgent, expire):
    publish_scheduled(timestamp=0)  # not yet
    assert ArticlePage.objects.get(pk=urgent.pk).lead == URGENT
    expire()
    article = ArticlePage.objects.get(pk=urgent.pk)
    assert article.lead == "Reviewed words."
    assert article.clinical_review.reviewer_name == "Dan Hashimoto"
    assert TopicPage.objects.get().live  # starter pages never expire


def test_the_reviewed_version_returns_without_a_picture_deleted_since(
    article, picture, editor, reviewer, manager, expire
):
    article.picture, article.picture_alt = picture, "A vertebra"
    publish_reviewed(article, editor, reviewer)
    article.picture, article.picture_alt, article.lead = None, "", URGENT
    publish_without_review(article.save_revision(user=manager), manager, "Wrong dose")
    picture.delete()
    expire()
    page = ArticlePage.objects.get(pk=article.pk)
    assert page.clinical_review
    assert page.picture is None


def test_an_unpublished_version_doesnt_return_after_expiry(urgent, manager, expire):
    urgent.unpublish(user=manager)
    urgent.lead = "Other words."
    publish_without_review(urgent.save_revision(user=manager), manager, "Wrong again")
    expire()
    assert not ArticlePage.objects.get(pk=urgent.pk).live


def test_scheduled_approvals_survive_expiry(urgent, editor, reviewer, expire):
    urgent.lead, urgent.go_live_at = "Planned words.", timezone.now() + timedelta(days=30)
    publish_reviewed(urgent, editor, reviewer)
    expire()
    article = ArticlePage.objects.get(pk=urgent.pk)
    assert article.lead == "Reviewed words."
    assert article.scheduled_revision.content["lead"] == "Planned words."


def test_a_page_is_unpublished_if_the_reviewed_versions_slug_is_taken(urgent, index, expire):
    index.add_child(instance=ArticlePage(title="Other", lead="Other.", slug="kyphoplasty"))
    expire()
    assert not ArticlePage.objects.get(pk=urgent.pk).live


def test_scheduled_publications_expire_relative_to_their_go_live_time(article, manager, reviewer, mailoutbox):
    article.go_live_at = datetime(2040, 3, 1, 17, tzinfo=UTC)
    publish_without_review(article.save_revision(user=manager), manager, "Wrong dose")
    publication = UnreviewedPublication.objects.exclude(expires_at=None).get()
    assert publication.expires_at == article.go_live_at + timedelta(days=7)
    send_unreviewed_notice(publication_id=publication.pk)
    assert "goes live on March 1, 2040, 12:00 PM without a clinical review" in mailoutbox[0].body


def test_a_page_without_any_review_is_unpublished_after_expiry(article, corrected, manager, expire):
    publish_without_review(corrected, manager, "Wrong dose")
    expire()
    assert not ArticlePage.objects.get(pk=article.pk).live
    with pytest.raises(PublicationRefused):
        corrected.publish(user=manager)


def test_a_version_reviewed_before_expiry_stays_live(article, corrected, manager, reviewer, expire):
    publish_without_review(corrected, manager, "Wrong dose")
    publish_reviewed(ArticlePage.objects.get(pk=article.pk), manager, reviewer)
    expire()
    article = ArticlePage.objects.get(pk=article.pk)
    assert (article.lead, article.clinical_review.reviewer_name) == (URGENT, "Dan Hashimoto")


def test_the_database_requires_a_reason_and_an_expiry(corrected):
    for fields in [{"reason": ""}, {"reason": "Because", "published_by_name": "Elif Demir"}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            UnreviewedPublication.objects.create(revision=corrected, **fields)
