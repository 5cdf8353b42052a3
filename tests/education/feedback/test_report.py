"""Editors see counts and topics of reader feedback next to each page and in a report, never messages."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from education.models import FailedSearch, PageFeedback
from education.models.feedback import ReadersPanel
from inquiries.choices import Status
from inquiries.models import Inquiry
from tests.inquiries.desk.helpers import overwrite, receive


@pytest.fixture
def article_with_feedback(article):
    """An article with five recent questions, one marked as spam, one old one, and helpfulness answers."""
    *_recent, spam, old = (receive(page=article, message=f"Secret words {number}") for number in range(7))
    overwrite(spam, status=Status.SPAM)
    overwrite(old, received_at=timezone.now() - timedelta(days=100))
    today = timezone.localdate()
    PageFeedback.objects.create(page=article, day=today, helpful=7, not_helpful=3)
    PageFeedback.objects.create(page=article, day=today - timedelta(days=100), helpful=50)
    return article


def text_of(response):
    assert response.status_code == 200
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def test_editor_shows_counts_and_topics_next_to_the_page(as_user, editor, article_with_feedback):
    client, address = as_user(editor), reverse("wagtailadmin_pages:edit", args=[article_with_feedback.pk])
    text = text_of(client.get(address))
    assert "7 readers said that this page was helpful, 3 that it wasn’t." in text
    assert "Questions sent from it: Pain or a condition (5)" in text
    assert "Secret words" not in text
    overwrite(Inquiry.objects.earliest("pk"), topic="referral")  # a small number would reveal who wrote
    assert "Fewer than 5 questions on any one topic were sent from it." in text_of(client.get(address))


def test_a_single_reader_is_counted_in_the_singular(panel, article):
    PageFeedback.objects.create(page=article, day=timezone.localdate(), helpful=1)
    text = " ".join(panel(ReadersPanel, article).split())
    assert "1 reader said that this page was helpful, 0 that it wasn’t." in text


def test_report_lists_each_page_for_page_editors(
    as_user, article_with_feedback, editor, reviewer, manager, front_desk
):
    address = reverse("education_readers_report")
    for user in [editor, reviewer, manager]:
        html = as_user(user).get(address).content
        row = (
            BeautifulSoup(html, "html.parser").find("a", string=article_with_feedback.title).find_parent("tr")
        )
        cells = [" ".join(cell.get_text().split()) for cell in row.find_all("td")]
        assert cells == [article_with_feedback.title, "7", "3", "Pain or a condition (5)"], user
    assert as_user(front_desk).get(address).status_code == 302


def test_pages_without_feedback_come_last(as_user, editor, article_with_feedback, make_article):
    make_article("Aardvark")
    PageFeedback.objects.all().delete()  # five questions still came from the page
    html = as_user(editor).get(reverse("education_readers_report")).content.decode()
    assert html.index(article_with_feedback.title) < html.index("Aardvark")
    row = BeautifulSoup(html, "html.parser").find("a", string="Aardvark").find_parent("tr")
    assert row.get_text(" ").split() == ["Aardvark", "0", "0", "–"]


def test_report_lists_repeated_searches_without_results(as_user, editor, article):
    yesterday = timezone.localdate() - timedelta(days=1)
    FailedSearch.objects.record("xylophone")
    FailedSearch.objects.update(day=yesterday)
    FailedSearch.objects.record("xylophone")
    FailedSearch.objects.record("maria example")
    text = text_of(as_user(editor).get(reverse("education_readers_report")))
    assert "xylophone 2" in text
    assert "maria" not in text


def test_report_queries_dont_grow_with_pages(as_user, editor, make_article, django_assert_max_num_queries):
    client, address = as_user(editor), reverse("education_readers_report")
    client.get(address)
    max_queries = 16
    for number in range(2):
        make_article(f"Article {number}")
        with django_assert_max_num_queries(max_queries) as queries:
            client.get(address)
        max_queries = len(queries)
