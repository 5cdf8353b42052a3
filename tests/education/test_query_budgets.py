"""How often each page asks the database when a reader sees it: values of this version are cached already."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.many_pages import copy_page
from education.models import ArticlePage
from education.search.spelling import update_search_words
from tests.support import databases

# More, as the page cache asks: clinic/caching/test_site_version.py.
BUDGETS = {"/search/?q=cement": 14, "/education/feed.atom": 4}


def test_each_page(counted, article):
    for address, most in BUDGETS.items():
        counted(address, most)


def test_a_search_that_finds_nothing_looks_twice_for_what_was_meant(counted, article):
    update_search_words()
    plain = counted("/search/?q=xyz", 17)  # too short to be like anything; other ways are offered
    assert counted("/search/?q=xylophone", 19) == plain + 2
    counted("/search/?q=kyfoplasty", 24)


def test_more_articles_cost_no_more_queries(counted, make_article):
    addresses = ["/", "/education/", "/search/?q=article", "/search/?q=artcile", "/education/feed.atom"]
    make_article("Article 0", published_on=date(2025, 12, 1))
    few = {address: counted(address, 20) for address in addresses}
    for number in range(1, 3):
        make_article(f"Article {number}", published_on=date(2025, 12, 1))
    assert {address: counted(address, 20) for address in addresses} == few


def test_more_blocks_cost_no_more_queries(counted, make_article, picture):
    content = [("text", "<p>A word.</p>"), ("image", {"image": picture, "alt_text": "A vertebra"})]
    short = make_article("Short", body=[("section", {"heading": "A", "content": content})])
    long = make_article("Long", body=[("section", {"heading": "A", "content": content * 3})] * 2)
    assert counted(long.url, 23) == counted(short.url, 23)


def test_the_newest_of_many_articles_are_read_from_an_index(db, article):
    """Not sorted out of all there are: told not to sort, PostgreSQL needs not."""
    lists = [
        ArticlePage.objects.published()[:3],
        ArticlePage.objects.child_of(article.get_parent()).without_own_restriction()[:10],
    ]
    for articles in lists:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_sort = off")
        assert "Sort" not in articles.explain()


def test_no_page_is_looked_for_among_all_pages(committed_db, client):
    with databases.connect(connection.settings_dict["NAME"]) as writer:
        writer.autocommit = False
        copy_page(writer, "education_articlepage", "kyphoplasty", 2000)
    with CaptureQueriesContext(connection) as queries:
        client.get("/education/kyphoplasty/")
    asked = [query["sql"] for query in queries if 'FROM "wagtailcore_page"' in query["sql"]]
    assert asked
    with connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            found = "Index Cond" in plan.partition("on wagtailcore_page")[2].partition("->")[0]
            assert found or "clinic_pages_in_menus" in plan, plan
