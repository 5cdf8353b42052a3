"""“Was this page helpful?” counts answers and stores nothing about the reader."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import PageViewRestriction

from clinic.models.clinic import SiteVersion
from education.models import PageFeedback, StandardPage, TopicPage


def counts():
    return list(PageFeedback.objects.values_list("page__slug", "helpful", "not_helpful"))


@pytest.fixture
def answer(client):
    """Answer below a page, as a browser without JavaScript does."""

    def press(page, label):
        form = BeautifulSoup(client.get(page.url).content, "html.parser").select_one("form.helpful")
        button = form.find("button", string=label)
        return client.post(form["action"], {button["name"]: button["value"]}, follow=True)

    return press


def test_topics_and_standard_pages_ask_for_feedback(answer, article):
    for model in [TopicPage, StandardPage]:
        assert b"Thank you" in answer(model.objects.live().first(), "No").content, model


def test_answers_are_counted_by_page_and_day_up_to_a_limit(answer, article, monkeypatch):
    monkeypatch.setattr("education.models.feedback.MAX_ANSWERS_PER_DAY", 3)
    for word in ("Yes", "Yes", "No", "No"):
        response = answer(article, word)
    assert counts() == [("kyphoplasty", 2, 1)]
    html = BeautifulSoup(response.content, "html.parser")
    assert html.h1.text == "Thank you"
    assert html.find("a", href=article.url)


def test_feedback_sets_no_cookie_and_keeps_cached_pages_valid(answer, article):
    before = SiteVersion.objects.get().version
    assert not answer(article, "Yes").client.cookies
    assert SiteVersion.objects.get().version == before
    fields = {field.name for field in PageFeedback._meta.fields}
    assert fields == {"id", "page", "day", "helpful", "not_helpful"}


def test_invalid_feedback_isnt_counted(client, article):
    address = f"/feedback/{article.pk}/"
    for data in [{}, {"helpful": ""}, {"helpful": "maybe\x00"}, {"helpful": ["x"] * 50}]:
        assert client.post(address, data).status_code == 302
    content_type = "application/x-www-form-urlencoded; charset=nope"
    assert client.generic("POST", address, b"helpful=\xff", content_type).status_code == 302
    assert counts() == []


def test_cross_site_feedback_is_refused_though_no_csrf_token_is_needed(article):
    strict, address = Client(enforce_csrf_checks=True), f"/feedback/{article.pk}/"
    for header in [{"sec-fetch-site": "cross-site"}, {"origin": "https://other.example"}]:
        answer = strict.post(address, {"helpful": "no"}, headers=header)
        assert (answer.status_code, counts()) == (403, [])
    assert strict.post(address, {"helpful": "yes"}).status_code == 302


def test_only_public_pages_accept_feedback(client, article, make_article):
    draft, private = make_article("Draft"), make_article("Private")
    draft.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for number in (draft.pk, private.pk, 1, 0, 10**30):
        assert client.post(f"/feedback/{number}/", {"helpful": "yes"}).status_code == 404
    assert counts() == []
