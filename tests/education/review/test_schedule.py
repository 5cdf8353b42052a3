"""Scheduled publication and expiry, with the approval of the scheduled version."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from clinic.models import ClinicSettings
from education.jobs import publish_scheduled
from education.models import ArticlePage, SafetyNotice
from education.review.emails import send_failed_schedule_notice
from education.review.panels import ClinicalReviewPanel
from tests.education.review.editor_form import post
from tests.support.publishing import publish, publish_reviewed, submit


@pytest.fixture
def run_job_later(monkeypatch):
    """Return a function that runs the scheduled job as if two hours had passed."""

    def run():
        then = timezone.now() + timedelta(hours=2)
        with monkeypatch.context() as clock:
            clock.setattr(timezone, "now", lambda: then)
            publish_scheduled(timestamp=0)

    return run


@pytest.fixture
def scheduled(article, editor, reviewer):
    """An article with an approved version that goes live in an hour."""
    article.lead, article.go_live_at = "Planned words.", timezone.now() + timedelta(hours=1)
    submit(article, editor).approve(user=reviewer, comment="All read.")
    return ArticlePage.objects.get(pk=article.pk)


def test_a_scheduled_version_appears_on_time_with_its_review(client, scheduled, run_job_later, panel):
    in_editor = panel(ClinicalReviewPanel, scheduled)
    assert "The version that Dan Hashimoto approved on" in in_editor
    assert "No clinician" not in in_editor
    publish_scheduled(timestamp=0)
    assert "Planned words." not in client.get(scheduled.url).content.decode()
    run_job_later()
    html = client.get(scheduled.url).content.decode()
    assert "Planned words." in html
    assert "reviewed by Dan Hashimoto" in html


def test_an_expired_page_is_unpublished(client, article, run_job_later):
    article.expire_at = timezone.now() + timedelta(hours=1)
    publish(article)
    run_job_later()
    assert client.get(article.url).status_code == 404


def test_a_page_that_cannot_be_published_doesnt_block_others(make_article, run_job_later, caplog):
    stuck, other = make_article("Stuck"), make_article("Other")
    for page, minutes, slug in [(stuck, 9, "taken"), (other, 19, "other")]:
        page.go_live_at = timezone.now() + timedelta(minutes=minutes)
        page.lead, page.slug = "Planned words.", slug
        publish(page)
    make_article("Taken", slug="taken")
    run_job_later()
    run_job_later()
    assert ArticlePage.objects.get(pk=other.pk).lead == "Planned words."
    assert ArticlePage.objects.get(pk=stuck.pk).lead == "About Stuck."
    assert caplog.text.count(f"page {stuck.pk}: not done as planned: PublicationRefused") == 1
    assert PageLogEntry.objects.filter(page=stuck.pk, action="education.not_as_planned").count() == 1


def test_the_editor_of_a_failed_schedule_gets_an_email(article, editor, manager, mailoutbox):
    article.save_revision(user=editor)
    send_failed_schedule_notice(page_id=article.pk)
    article.save_revision(user=None)
    article.owner = None
    send_failed_schedule_notice(page_id=article.pk)
    assert [message.to for message in mailoutbox] == [[editor.email], [manager.email]]
    assert f"/admin/pages/{article.pk}/edit/" in mailoutbox[0].body


def test_a_scheduled_emergency_message_appears_on_time(editor, reviewer, run_job_later):
    notice = SafetyNotice.objects.get()
    notice.emergency_sentence, notice.go_live_at = "Dial 911.", timezone.now() + timedelta(hours=1)
    publish_reviewed(notice, editor, reviewer)
    assert ClinicSettings.current().emergency_sentence != "Dial 911."
    run_job_later()
    assert ClinicSettings.current().emergency_sentence == "Dial 911."


def test_dates_out_of_range_are_refused(as_user, article, manager):
    times = dict.fromkeys(["go_live_at", "expire_at"], "9999-12-31 23:59")
    html = post(as_user(manager), article, "Words.", **times).content.decode()
    assert html.count("Choose another time, or leave it empty for none.") == len(times)


def test_publishing_on_schedule_keeps_the_review_of_a_newer_version(editor, scheduled, run_job_later):
    scheduled.lead, scheduled.go_live_at = "Newer words.", None
    submit(scheduled, editor)
    run_job_later()
    page = ArticlePage.objects.get(pk=scheduled.pk)
    assert page.lead == "Planned words."
    assert page.current_workflow_task_state.revision.content["lead"] == "Newer words."
