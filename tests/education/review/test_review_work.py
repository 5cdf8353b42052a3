"""Pages that need a review stand on the first page, in a report and in a monthly email."""

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
from education.review.emails import remind_owners, send_reminder
from education.review.models import UnreviewedPublication
from education.review.unreviewed import publish_without_review
from education.review.work import by_owner, pages_to_review, state
from tests.support.publishing import publish, publish_reviewed, review


@pytest.fixture
def panel_for(rf):
    """What the admin's first page shows this user of them."""

    def draw(user):
        request, panels = rf.get("/admin/"), []
        request.user = user
        for add in hooks.get_hooks("construct_homepage_panels"):
            add(request, panels)
        return next(
            (it.render_html({"request": request}) for it in panels if it.name == "not_reviewed"), None
        )

    return draw


def test_a_page_stands_there_until_it_is_approved_and_again_when_its_words_change(
    panel_for, editor, reviewer, article
):
    assert f"{article.title}</a>: Not reviewed" in panel_for(editor)
    publish_reviewed(article, editor, reviewer)
    assert article.title not in panel_for(reviewer)
    article.lead = "Something else."
    publish(article)
    assert article.page_ptr in pages_to_review()
    article.unpublish()
    assert article.page_ptr not in pages_to_review()


def test_pages_published_without_review_come_first_and_say_until_when(
    panel_for, editor, manager, make_article
):
    make_article("Aardvark")
    page = make_article("Zebra")
    page.lead = "This can't wait."
    publish_without_review(page.save_revision(user=editor), manager, "A recall.")
    day = datetime(2126, 12, 5, 20, tzinfo=UTC)
    UnreviewedPublication.objects.exclude(expires_at=None).update(expires_at=day)
    first, second = pages_to_review()[:2]
    assert (first.title, state(first)) == ("Zebra", "Published without review until December 5, 2126")
    assert state(second) == "Not reviewed"
    assert "Zebra</a>: Published without review until" in panel_for(editor)


def test_the_list_is_short_and_says_how_many_more(panel_for, editor, make_article, monkeypatch):
    monkeypatch.setattr(report, "MAX_SHOWN", pages_to_review().count() - 1)
    make_article("Another")
    assert "And 2 more." in panel_for(editor)


@pytest.fixture
def due(article, editor):
    """Sets when the article's review is due; Chiara owns the article."""
    ArticlePage.objects.filter(pk=article.pk).update(owner=editor)

    def set_due(days):
        day = timezone.localdate() + timedelta(days=days)
        ClinicalReview.objects.all().delete()
        review(article.live_revision, valid_until=day)

    return set_due


def test_the_report_and_its_csv_file_say_what_is_due_and_whose_it_is(as_user, editor, article, due):
    client, report = as_user(editor), reverse("education_review:report")
    due(-3)
    html = client.get(report).content.decode()
    assert "Chiara Rossi" in html
    lines = client.get(f"{report}?export=csv").getvalue().decode()
    for words in [article.title, "Overdue since"]:
        assert words in html
        assert words in lines
    due(20)
    assert state(pages_to_review().get(pk=article.pk)).startswith("Due on")
    due(100)
    assert article.page_ptr not in pages_to_review()


@pytest.mark.parametrize("name", ["education_review:report", "education_links_report"])
def test_a_title_like_a_formula_has_an_apostrophe_in_downloads_only(as_user, editor, article, due, name):
    due(-3)
    BrokenLink.objects.create(page=article, address="https://example.org/", problem="gone")
    ArticlePage.objects.filter(pk=article.pk).update(title="=1+1", draft_title="=1+1")
    client = as_user(editor)
    assert ">=1+1</a>" in client.get(reverse(name)).content.decode()
    assert "'=1+1" in client.get(reverse(name) + "?export=csv").getvalue().decode()
    workbook = load_workbook(BytesIO(client.get(reverse(name) + "?export=xlsx").getvalue()))
    assert "'=1+1" in [cell.value for row in workbook.active for cell in row]


def test_the_front_desk_gets_no_panel_and_no_report(panel_for, as_user, front_desk):
    assert panel_for(front_desk) is None
    assert as_user(front_desk).get(reverse("education_review:report")).status_code == 302


def test_the_emergency_message_stands_in_report_download_panel_and_email(
    as_user, panel_for, editor, reviewer
):
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
    assert notice in by_owner()[None]


def test_a_review_is_started_from_the_report_and_approving_unchanged_words_moves_the_date(
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
    assert page.last_published_at == alias.last_published_at == changed  # "Last updated" speaks of the words


def test_owners_get_an_email_each_month_and_managers_for_those_who_left(
    article, editor, manager, due, mailoutbox
):
    due(-3)
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
