from urllib.parse import urlencode

from bs4 import BeautifulSoup
from wagtail.models import Page

from clinic.models import ClinicSettings
from education.models import ArticleIndexPage
from education.search import views
from education.search.queries import find

# All of tests.support.naughty: tests/clinic/security/test_naughty_requests.py.
QUERIES = ['"unclosed', "(cement & balloon", "cement & | ! balloon", "cement:*A", "cement <2> balloon"]
QUERIES += ["cement\\", "-cement", "the of and", "कमर दर्द", "\u200b"]


def main_of(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def test_the_way_to_all_articles_follows_their_list(client, db):
    index = ArticleIndexPage.objects.get()
    index.slug = "library"
    index.save_revision().publish()
    assert main_of(client.get("/search/?q=xyz")).find("a", string="See all articles")["href"] == "/library/"


REFUSED = ["x" * 10_000, "cement\x00balloon"]
ADDRESSES = [
    *["/search/", "/search/?q=", "/search/?q=%20%20", "/search/?q=%ED%A0%80", "/search/?q=%FF%FE"],
    *["/search/?q=cement&q=balloon", "/search/?q[]=cement", "/search/?page=2"],
]


def test_any_query_and_address_gets_an_answer(client, db, facts_read_once):
    for query in QUERIES:
        assert find(Page.objects.live(), query).pages.count() is not None, query
    for address in [*ADDRESSES, *("/search/?" + urlencode({"q": query}) for query in REFUSED)]:
        assert main_of(client.get(address)).find(attrs={"role": "status"}).get_text(strip=True), address


def test_finds_an_article_by_its_words(client, article, facts_read_once):
    for query in ["kyphoplasty", "CEMENT", "bones cement", "fractured", "osteoporosis rest"]:
        main = main_of(client.get("/search/", {"q": query}))
        assert main.find("a", href="/education/kyphoplasty/").get_text(strip=True) == article.title, query
        assert main.select_one(".results mark"), query


def test_finds_other_pages_and_what_has_some_of_the_words_of_a_question(client, article):
    assert main_of(client.get("/search/?q=patient+education")).find("a", href="/education/")
    main = main_of(client.get("/search/", {"q": "how long must grandma rest after kyphoplasty?"}))
    assert article.title in main.get_text()
    assert "No page has all of your words." in main.get_text()


ABOUT_THE_CLINIC = ["appointment", "apointment", "Hours?", "directions", "do you take my insurance"]
ABOUT_THE_CLINIC += ["insurance", "medicare"]


def test_a_clinic_without_pages_about_it_answers_from_its_settings(client, db):
    clinic = ClinicSettings.current()
    for query in ABOUT_THE_CLINIC:
        main = main_of(client.get("/search/", {"q": query}))
        answer = main.find("section", attrs={"aria-labelledby": "reach-us"})
        assert answer, query
        for fact in [clinic.phone_display, clinic.address_line, "Monday – Friday", "8:00 AM – 5:00 PM"]:
            assert fact in answer.get_text(), fact
        assert answer.find("a", href="/contact/")
        assert "We found nothing" not in main.get_text()


def test_asked_in_spanish_it_answers_in_spanish(client, db):
    for query in ["cita", "horarios", "¿seguro?", "dirección", "direccion", "¿dónde está la oficina?"]:
        main = main_of(client.get("/search/", {"q": query}))
        answer = main.find("div", lang="es").get_text(" ", strip=True)
        for words in [" página", "Cómo comunicarse", "Lunes – viernes", "Cerrado", "escríbanos"]:
            assert words in answer, (query, words)
        assert not [english for english in ["We found", "How to", "Monday", "Closed"] if english in answer]
    assert not main_of(client.get("/search/?q=hours")).find("div", lang="es")


def test_other_searches_get_no_answer_about_the_clinic(client, article):
    for query in ["kyphoplasty", "xylophone", "cement hardens within minutes"]:
        assert not main_of(client.get("/search/", {"q": query})).find(id="reach-us"), query


def test_the_query_is_kept_and_escaped_and_no_search_engine_lists_its_results(client, db):
    response = client.get("/search/", {"q": '"><script>alert(1)</script>'})
    assert main_of(response).find("input", attrs={"name": "q"})["value"] == '"><script>alert(1)</script>'
    assert b"<script>alert" not in response.content
    assert b'<meta name="robots" content="noindex' in response.content


def test_a_draft_of_a_published_article_is_not_searched(client, article):
    article.lead = "Xylophone."
    article.save_revision()
    assert not main_of(client.get("/search/?q=xylophone")).find("a", href=article.url)


def test_results_are_cut_into_pages(client, make_article, monkeypatch):
    monkeypatch.setattr(views, "RESULTS_A_PAGE", 2)
    for number in range(3):
        make_article(f"Zebra {number}")
    first = main_of(client.get("/search/?q=zebra"))
    second = main_of(client.get("/search/" + first.find("a", rel="next")["href"]))
    links = [a["href"] for a in (*first.select("h2 a"), *second.select("h2 a"))]
    assert len(links) == len(set(links)) == 3


def test_search_is_for_reading(client, db):
    assert {send("/search/").status_code for send in [client.post, client.put, client.delete]} == {405}
