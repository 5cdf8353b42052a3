""" "Was this page helpful?" asks every reader, keeps counts, and nothing about who answered."""

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
    """Presses a button below a page, as a browser without JavaScript does."""

    def press(page, word):
        form = BeautifulSoup(client.get(page.url).content, "html.parser").select_one("form.helpful")
        button = form.find("button", string=word)
        return client.post(form["action"], {button["name"]: button["value"]}, follow=True)

    return press


def test_other_pages_ask_too(answer, article):
    for model in [TopicPage, StandardPage]:
        assert b"Thank you" in answer(model.objects.live().first(), "No").content, model


def test_answers_are_counted_by_page_and_day_up_to_a_flood(answer, article, monkeypatch):
    monkeypatch.setattr("education.models.feedback.MAX_ANSWERS_PER_DAY", 3)
    for word in ("Yes", "Yes", "No", "No"):
        response = answer(article, word)
    assert counts() == [("kyphoplasty", 2, 1)]
    html = BeautifulSoup(response.content, "html.parser")
    assert html.h1.text == "Thank you"
    assert html.find("a", href=article.url)


def test_no_cookie_nothing_about_the_reader_and_no_page_cached_anew(answer, article):
    before = SiteVersion.objects.get().version
    assert not answer(article, "Yes").client.cookies
    assert SiteVersion.objects.get().version == before
    kept = {field.name for field in PageFeedback._meta.fields}
    assert kept == {"id", "page", "day", "helpful", "not_helpful"}


def test_what_is_no_answer_counts_nothing(client, article):
    address = f"/feedback/{article.pk}/"
    for data in [{}, {"helpful": ""}, {"helpful": "maybe\x00"}, {"helpful": ["x"] * 50}]:
        assert client.post(address, data).status_code == 302
    kind = "application/x-www-form-urlencoded; charset=nope"
    assert client.generic("POST", address, b"helpful=\xff", kind).status_code == 302
    assert counts() == []


def test_no_other_site_answers_for_a_reader_and_a_token_is_not_asked_for(article):
    strict, address = Client(enforce_csrf_checks=True), f"/feedback/{article.pk}/"
    for header in [{"sec-fetch-site": "cross-site"}, {"origin": "https://other.example"}]:
        answer = strict.post(address, {"helpful": "no"}, headers=header)
        assert (answer.status_code, counts()) == (403, [])
    assert strict.post(address, {"helpful": "yes"}).status_code == 302


def test_a_page_that_not_everybody_may_read_gets_no_answers(client, article, make_article):
    draft, private = make_article("Draft"), make_article("Private")
    draft.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for number in (draft.pk, private.pk, 1, 0, 10**30):
        assert client.post(f"/feedback/{number}/", {"helpful": "yes"}).status_code == 404
    assert counts() == []
