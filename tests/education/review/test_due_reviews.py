"""Pages that need a review appear on the admin's first page, in a report and in a monthly email."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail import hooks

from education.models import ArticlePage, BrokenLink, ClinicalReview, SafetyNotice
from education.review import report
from education.review.due import pages_by_owner, pages_to_review, review_state
from education.review.emails import remind_owners, send_reminder
from education.review.models import UnreviewedPublication
from education.review.unreviewed import publish_without_review
from tests.support.publishing import publish, publish_reviewed, review


@pytest.fixture
def panel_for(rf):
    """Return a function that renders the panel on the admin's first page for a user, or returns None."""

    def render(user):
        request, panels = rf.get("/admin/"), []
        request.user = user
        for add in hooks.get_hooks("construct_homepage_panels"):
            add(request, panels)
        return next((p.render_html({"request": request}) for p in panels if p.name == "not_reviewed"), None)

    return render


def test_a_page_is_listed_until_approved_and_again_after_changes(panel_for, editor, reviewer, article):
    assert f"{article.title}</a>: Not reviewed" in panel_for(editor)
    publish_reviewed(article, editor, reviewer)
    assert article.title not in panel_for(reviewer)
    article.lead = "Something else."
    publish(article)
    assert article.page_ptr in pages_to_review()
    article.unpublish()
    assert article.page_ptr not in pages_to_review()


def test_pages_published_without_review_come_first_with_their_deadline(
    panel_for, editor, manager, make_article
):
    make_article("Aardvark")
    page = make_article("Zebra")
    page.lead = "This can't wait."
    publish_without_review(page.save_revision(user=editor), manager, "A recall.")
    day = datetime(2126, 12, 5, 20, tzinfo=UTC)
    UnreviewedPublication.objects.exclude(expires_at=None).update(expires_at=day)
    first, second = pages_to_review()[:2]
    assert (first.title, review_state(first)) == ("Zebra", "Published without review until December 5, 2126")
    assert review_state(second) == "Not reviewed"
    assert "Zebra</a>: Published without review until" in panel_for(editor)


def test_the_panel_shows_a_few_pages_and_counts_the_others(panel_for, editor, make_article, monkeypatch):
    monkeypatch.setattr(report, "MAX_SHOWN", pages_to_review().count() - 1)
    make_article("Another")
    assert "And 2 more." in panel_for(editor)


@pytest.fixture
def set_review_due(article, editor):
    """Return a function that sets when the article's review is due; Chiara owns the article."""
    ArticlePage.objects.filter(pk=article.pk).update(owner=editor)

    def run(days):
        day = timezone.localdate() + timedelta(days=days)
        ClinicalReview.objects.all().delete()
        review(article.live_revision, valid_until=day)

    return run


def test_the_report_and_its_csv_file_show_due_dates_and_owners(as_user, editor, article, set_review_due):
    client, report = as_user(editor), reverse("education_review:report")
    set_review_due(-3)
    html = client.get(report).content.decode()
    assert "Chiara Rossi" in html
    lines = client.get(f"{report}?export=csv").getvalue().decode()
    for text in [article.title, "Overdue since"]:
        assert text in html
        assert text in lines
    set_review_due(20)
    assert review_state(pages_to_review().get(pk=article.pk)).startswith("Due on")
    set_review_due(100)
    assert article.page_ptr not in pages_to_review()


def test_titles_like_formulas_are_escaped_in_downloads_only(as_user, editor, article, set_review_due):
    set_review_due(-3)
    BrokenLink.objects.create(page=article, address="https://example.org/", problem="gone")
    ArticlePage.objects.filter(pk=article.pk).update(title="=1+1", draft_title="=1+1")
    client = as_user(editor)
    for url in [reverse("education_review:report"), reverse("education_links_report")]:
        assert ">=1+1</a>" in client.get(url).content.decode()
        assert "'=1+1" in client.get(f"{url}?export=csv").getvalue().decode()
        workbook = load_workbook(BytesIO(client.get(f"{url}?export=xlsx").getvalue()))
        assert "'=1+1" in [cell.value for row in workbook.active for cell in row]


def test_the_front_desk_sees_neither_panel_nor_report(panel_for, as_user, front_desk):
    assert panel_for(front_desk) is None
    assert as_user(front_desk).get(reverse("education_review:report")).status_code == 302


def test_the_emergency_message_is_in_report_download_panel_and_email(as_user, panel_for, editor, reviewer):
    notice, client, report = SafetyNotice.objects.get(), as_user(editor), reverse("education_review:report")
    row = BeautifulSoup(client.get(report).content, "html.parser").select_one(".listing tbody tr")
    assert row.a["href"] == reverse("wagtailsnippets_education_safetynotice:edit", args=[notice.pk])
    assert [" ".join(cell.get_text().split()) for cell in row.select("td")] == [
        *["Emergency message", "Not reviewed", "–", "Open it to submit it"]
    ]
    assert "Emergency message,,Not reviewed" in client.get(report + "?export=csv").getvalue().decode()
    publish_reviewed(notice, editor, reviewer)
    assert "Emergency message" not in panel_for(editor)
    ClinicalReview.objects.update(valid_until=date(2025, 3, 1))
    assert "Emergency message</a>: Overdue since March 1, 2025" in panel_for(editor)
    assert notice in pages_by_owner()[None]


def test_a_review_started_from_the_report_renews_the_date_of_unchanged_text(
    as_user, editor, reviewer, article
):
    publish_reviewed(article, editor, reviewer)
    ClinicalReview.objects.update(valid_until=timezone.localdate())
    as_user(editor).post(reverse("education_review:start", args=[article.pk]))
    page = ArticlePage.objects.get(pk=article.pk)
    alias = page.create_alias(update_slug="alias")
    changed = page.last_published_at
    page.current_workflow_task_state.approve(user=reviewer, comment="All read.")
    page = ArticlePage.objects.get(pk=article.pk)
    assert page.clinical_review.valid_until > timezone.localdate()
    assert page.clinical_reviews.count() == 2
    alias.refresh_from_db()
    assert page.last_published_at == alias.last_published_at == changed  # for "Last updated"


def test_owners_are_emailed_monthly_and_managers_for_inactive_owners(
    article, editor, manager, set_review_due, mailoutbox
):
    set_review_due(-3)
    remind_owners(timestamp=0)
    jobs = [job.args for job in ProcrastinateJob.objects.filter(task_name=send_reminder.name)]
    assert {job["to"][0] for job in jobs} == {editor.email, manager.email}  # the topic has no owner
    editor.is_active = False
    editor.save()
    ProcrastinateJob.objects.all().delete()
    remind_owners(timestamp=0)
    [job] = [job.args for job in ProcrastinateJob.objects.filter(task_name=send_reminder.name)]
    send_reminder(**job)
    [message] = mailoutbox
    assert message.to == [manager.email]
    assert f"{article.title}: Overdue since" in message.body
