from urllib.parse import urlencode

from bs4 import BeautifulSoup
from wagtail.models import Page

from clinic.models import ClinicSettings
from education.models import ArticleIndexPage
from education.search import views
from education.search.queries import find

# tests/clinic/security/test_naughty_requests.py covers tests.support.naughty.
QUERIES = ['"unclosed', "(cement & balloon", "cement & | ! balloon", "cement:*A", "cement <2> balloon"]
QUERIES += ["cement\\", "-cement", "the of and", "कमर दर्द", "\u200b"]


def main_of(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def test_link_to_all_articles_uses_the_index_slug(client, db):
    index = ArticleIndexPage.objects.get()
    index.slug = "library"
    index.save_revision().publish()
    assert main_of(client.get("/search/?q=xyz")).find("a", string="See all articles")["href"] == "/library/"


REFUSED_QUERIES = ["x" * 10_000, "cement\x00balloon"]
ADDRESSES = [
    *["/search/", "/search/?q=", "/search/?q=%20%20", "/search/?q=%ED%A0%80", "/search/?q=%FF%FE"],
    *["/search/?q=cement&q=balloon", "/search/?q[]=cement", "/search/?page=2"],
]


def test_every_query_and_address_gets_a_status_message(client, db, facts_read_once):
    for query in QUERIES:
        assert find(Page.objects.live(), query).pages.count() is not None, query
    for address in [*ADDRESSES, *("/search/?" + urlencode({"q": query}) for query in REFUSED_QUERIES)]:
        assert main_of(client.get(address)).find(attrs={"role": "status"}).get_text(strip=True), address


def test_search_finds_an_article_by_its_text(client, article, facts_read_once):
    for query in ["kyphoplasty", "CEMENT", "bones cement", "fractured", "osteoporosis rest"]:
        main = main_of(client.get("/search/", {"q": query}))
        assert main.find("a", href="/education/kyphoplasty/").get_text(strip=True) == article.title, query
        assert main.select_one(".results mark"), query


def test_search_finds_other_pages_and_partial_matches(client, article):
    assert main_of(client.get("/search/?q=patient+education")).find("a", href="/education/")
    main = main_of(client.get("/search/", {"q": "how long must grandma rest after kyphoplasty?"}))
    assert article.title in main.get_text()
    assert "No page has all of your words." in main.get_text()


QUERIES_BY_LANGUAGE = {
    "en": ["appointment", "apointment", "Hours?", "directions", "do you take my insurance", "medicare"],
    "es": ["cita", "horarios", "¿seguro?", "dirección", "direccion", "¿dónde está la oficina?"],
    "": ["kyphoplasty", "xylophone", "cement hardens within minutes"],
}


def test_questions_about_the_clinic_are_recognized_with_their_language(article):
    for language, queries in QUERIES_BY_LANGUAGE.items():
        for query in queries:
            assert find(Page.objects.live(), query).clinic_answer_language(query) == language, query


def test_clinic_questions_are_answered_from_the_settings(client, db):
    clinic = ClinicSettings.current()
    main = main_of(client.get("/search/?q=insurance"))
    answer = main.find("section", attrs={"aria-labelledby": "reach-us"})
    for fact in [clinic.phone_display, clinic.address_line, "Monday – Friday", "8:00 AM – 5:00 PM"]:
        assert fact in answer.get_text(), fact
    assert answer.find("a", href="/contact/")
    assert "We found nothing" not in main.get_text()
    assert not main.find("div", lang="es")
    assert not main_of(client.get("/search/?q=kyphoplasty")).find(id="reach-us")


def test_clinic_questions_in_spanish_are_answered_in_spanish(client, db):
    answer = main_of(client.get("/search/?q=cita")).find("div", lang="es").get_text(" ", strip=True)
    for words in [" página", "Cómo comunicarse", "Lunes – viernes", "Cerrado", "escríbanos"]:
        assert words in answer, words
    assert not [english for english in ["We found", "How to", "Monday", "Closed"] if english in answer]


def test_query_is_escaped_and_results_are_noindex(client, db):
    response = client.get("/search/", {"q": '"><script>alert(1)</script>'})
    assert main_of(response).find("input", attrs={"name": "q"})["value"] == '"><script>alert(1)</script>'
    assert b"<script>alert" not in response.content
    assert b'<meta name="robots" content="noindex' in response.content


def test_drafts_of_published_articles_arent_searched(client, article):
    article.lead = "Xylophone."
    article.save_revision()
    assert not main_of(client.get("/search/?q=xylophone")).find("a", href=article.url)


def test_results_are_paginated(client, make_article, monkeypatch):
    monkeypatch.setattr(views, "RESULTS_PER_PAGE", 2)
    for number in range(3):
        make_article(f"Zebra {number}")
    first = main_of(client.get("/search/?q=zebra"))
    second = main_of(client.get("/search/" + first.find("a", rel="next")["href"]))
    links = [a["href"] for a in (*first.select("h2 a"), *second.select("h2 a"))]
    assert len(links) == len(set(links)) == 3


def test_search_allows_only_safe_methods(client, db):
    assert {send("/search/").status_code for send in [client.post, client.put, client.delete]} == {405}
