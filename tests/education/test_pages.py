"""The home page, the article list and articles, as served to readers."""

from datetime import date

from bs4 import BeautifulSoup
from django.template.loader import get_template
from wagtail.models import Page, PageViewRestriction, get_page_models

from education.models import ArticlePage, HomePage, articles
from tests.support.publishing import publish


def soup_of(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_an_article_shows_its_title_date_lead_contents_and_the_form(client, article):
    soup = soup_of(client.get("/education/kyphoplasty/"))
    assert soup.h1.get_text(strip=True) == article.title
    assert soup.find("time", datetime="2025-10-15").get_text(strip=True) == "October 15, 2025"
    assert soup.select_one(".lead").text == article.lead
    assert soup.select_one(".lead").find_next_sibling(class_="meta"), "on phones, the lead comes first"
    assert article.title in soup.title.string or "Kyphoplasty" in soup.title.string
    assert soup.find(id="final-thoughts").find_next("textarea", attrs={"name": "message"})
    links = soup.find(id="contents").find_all("a")
    assert len(article.body) == 8
    for link, section in zip(links, article.body, strict=False):
        target = soup.find(id=link["href"].removeprefix("#"))
        assert target.get_text(strip=True) == link.get_text(strip=True) == section.value["heading"]


def test_ids_on_a_page_are_unique(client, make_article):
    names = ["Main", "Contents", "Key points", "Sources", "Inquiry", "Search", "Why?", "Why", "?", "दर्द"]
    body = [("section", {"heading": name, "content": []}) for name in names]
    page = make_article("Ids", body=body, key_points=[("point", "A")])
    ids = [tag["id"] for tag in soup_of(client.get(page.url)).find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))
    assert {"why", "why-2", "section", "दरद"} <= set(ids)


def test_home_list_and_related_articles_are_sorted_newest_first(client, article, make_article):
    def titles(address, part):
        found = soup_of(client.get(address)).select(f"{part} .article-list a")
        return [link.get_text(strip=True) for link in found]

    assert 'id="related"' not in client.get(article.url).text
    make_article("Older", published_on=date(2020, 1, 1))
    for day in range(1, 4):
        make_article(f"Day {day}", published_on=date(2026, 1, day))
    newest = ["Day 3", "Day 2", "Day 1"]
    assert titles("/", "main") == newest
    assert titles(article.url, ".related") == newest
    assert titles("/education/", "main") == [*newest, article.title, "Older"]


def test_last_updated_is_shown_only_after_changed_text_is_published(client, make_article):
    article = make_article("Dated before", published_on=date(2026, 1, 2))
    for lead, is_updated in [(article.lead, False), ("Other words.", True)]:
        article.lead = lead
        publish(article)
        html = client.get(article.url).content.decode()
        assert ("Last updated:" in html) == is_updated
        assert ('"dateModified":"2026-01-02"' in html) != is_updated


def test_the_article_list_is_paginated(client, make_article, monkeypatch):
    monkeypatch.setattr(articles, "ARTICLES_PER_PAGE", 1)
    make_article("Newer", published_on=date(2025, 12, 1))
    first = soup_of(client.get("/education/"))
    assert "Kyphoplasty" not in first.main.get_text()
    second = soup_of(client.get("/education/" + first.find("a", rel="next")["href"]))
    assert "Kyphoplasty" in second.main.get_text()


def test_invalid_page_numbers_return_a_page(client, article, facts_read_once):
    for number in ["-1", "x", "", "9" * 5000, "\x00", "٣"]:
        text = soup_of(client.get("/education/", {"page": number})).main.get_text()
        assert article.title in text, number


def test_drafts_and_private_articles_are_never_listed(client, article, index, make_article):
    index.add_child(instance=ArticlePage(title="Draft zebra", lead="Secret.", live=False))
    private = make_article("Private zebra")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    listing = ["/", "/education/", "/education/feed.atom", "/sitemap.xml", "/search/?q=zebra", article.url]
    for address in listing:
        text = client.get(address).text.lower().replace("-", " ")
        assert [word for word in ("draft zebra", "private zebra") if word in text] == [], address
    assert client.get("/education/draft-zebra/").status_code == 404


def test_the_head_has_the_social_image_and_canonical_url(client, article, picture):
    article.social_image = picture
    publish(article)
    head = soup_of(client.get(article.url)).head
    assert head.find("meta", property="og:image")["content"].startswith("http")
    assert head.find("link", rel="canonical")["href"].endswith("/education/kyphoplasty/")


def test_every_page_type_has_a_template_and_restricts_parents_and_subpages():
    for model in get_page_models():
        if model is not Page:
            get_template(model.template)
            assert model.parent_page_types, model
            assert "subpage_types" in vars(model), model


def test_only_one_home_page_can_be_created(db):
    assert not HomePage.can_create_at(Page.get_first_root_node())
    assert ArticlePage.allowed_subpage_models() == []
