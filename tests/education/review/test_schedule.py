"""What is planned appears at its time with its approval, and goes at its time."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from wagtail.models import PageLogEntry

from clinic.models import ClinicSettings
from education.jobs import publish_scheduled
from education.models import ArticlePage, SafetyNotice
from education.review.emails import tell_of_failed_plan
from education.review.panels import ClinicalReviewPanel
from tests.education.review.editor_form import post
from tests.support.publishing import publish, publish_reviewed, submit


@pytest.fixture
def later(monkeypatch):
    """The worker looks at its schedule two hours from now."""

    def look():
        then = timezone.now() + timedelta(hours=2)
        with monkeypatch.context() as clock:
            clock.setattr(timezone, "now", lambda: then)
            publish_scheduled(timestamp=0)

    return look


@pytest.fixture
def planned(article, editor, reviewer):
    """Words that a reviewer approved, to appear in an hour."""
    article.lead, article.go_live_at = "Planned words.", timezone.now() + timedelta(hours=1)
    submit(article, editor).approve(user=reviewer, comment="All read.")
    return ArticlePage.objects.get(pk=article.pk)


def test_scheduled_words_wait_for_their_time_and_appear_with_their_approval(client, planned, later):
    publish_scheduled(timestamp=0)
    assert "Planned words." not in client.get(planned.url).content.decode()
    later()
    html = client.get(planned.url).content.decode()
    assert "Planned words." in html
    assert "reviewed by Dan Hashimoto" in html


def test_until_then_the_editor_says_what_is_to_appear(planned, panel):
    html = panel(ClinicalReviewPanel, planned)
    assert "The version that Dan Hashimoto approved on" in html
    assert "No clinician" not in html


def test_a_page_whose_time_is_over_goes(client, article, later):
    article.expire_at = timezone.now() + timedelta(hours=1)
    publish(article)
    later()
    assert client.get(article.url).status_code == 404


def test_a_page_that_cannot_appear_keeps_back_no_other(make_article, later, caplog):
    stuck, other = make_article("Stuck"), make_article("Other")
    for page, minutes, slug in [(stuck, 9, "taken"), (other, 19, "other")]:
        page.go_live_at = timezone.now() + timedelta(minutes=minutes)
        page.lead, page.slug = "Planned words.", slug
        publish(page)
    make_article("Taken", slug="taken")
    later()
    later()
    assert ArticlePage.objects.get(pk=other.pk).lead == "Planned words."
    assert ArticlePage.objects.get(pk=stuck.pk).lead == "About Stuck."
    assert caplog.text.count(f"page {stuck.pk}: not done as planned: PublicationRefused") == 1
    assert PageLogEntry.objects.filter(page=stuck.pk, action="education.not_as_planned").count() == 1


def test_the_editor_of_a_failed_schedule_gets_an_email(article, editor, manager, mailoutbox):
    article.save_revision(user=editor)
    tell_of_failed_plan(page_id=article.pk)
    article.save_revision(user=None)
    article.owner = None
    tell_of_failed_plan(page_id=article.pk)
    assert [message.to for message in mailoutbox] == [[editor.email], [manager.email]]
    assert f"/admin/pages/{article.pk}/edit/" in mailoutbox[0].body


def test_the_emergency_message_appears_at_its_time_too(editor, reviewer, later):
    notice = SafetyNotice.objects.get()
    notice.emergency_sentence, notice.go_live_at = "Dial 911.", timezone.now() + timedelta(hours=1)
    publish_reviewed(notice, editor, reviewer)
    assert ClinicSettings.current().emergency_sentence != "Dial 911."
    later()
    assert ClinicSettings.current().emergency_sentence == "Dial 911."


def test_a_time_that_no_clock_reaches_is_refused(as_user, article, manager):
    times = dict.fromkeys(["go_live_at", "expire_at"], "9999-12-31 23:59")
    html = post(as_user(manager), article, "Words.", **times).content.decode()
    assert html.count("Choose another time, or leave it empty for none.") == len(times)


def test_the_review_of_newer_words_goes_on(editor, planned, later):
    planned.lead, planned.go_live_at = "Newer words.", None
    submit(planned, editor)
    later()
    page = ArticlePage.objects.get(pk=planned.pk)
    assert page.lead == "Planned words."
    assert page.current_workflow_task_state.revision.content["lead"] == "Newer words."


def test_the_worker_looks_each_minute():
    assert app.periodic_registry.periodic_tasks[publish_scheduled.name, ""].cron == "* * * * *"
