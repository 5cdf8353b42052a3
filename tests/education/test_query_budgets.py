"""Query budgets of public pages, with the values of the site version already cached."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.many_pages import copy_page
from education.models import ArticlePage
from education.search.spelling import update_search_words
from tests.support import databases

# More budgets are in clinic/caching/test_per_version_values.py.
BUDGETS = {"/search/?q=cement": 14, "/education/feed.atom": 4}


def test_pages_stay_within_their_query_budget(count_queries, article):
    for address, budget in BUDGETS.items():
        count_queries(address, budget)


def test_a_failed_search_needs_two_more_queries_for_suggestions(count_queries, article):
    update_search_words()
    plain = count_queries("/search/?q=xyz", 17)  # too short to have suggestions
    assert count_queries("/search/?q=xylophone", 19) == plain + 2
    count_queries("/search/?q=kyfoplasty", 24)


def test_more_articles_need_no_more_queries(count_queries, make_article):
    addresses = ["/", "/education/", "/search/?q=article", "/search/?q=artcile", "/education/feed.atom"]
    make_article("Article 0", published_on=date(2025, 12, 1))
    few = {address: count_queries(address, 20) for address in addresses}
    for number in range(1, 3):
        make_article(f"Article {number}", published_on=date(2025, 12, 1))
    assert {address: count_queries(address, 20) for address in addresses} == few


def test_more_blocks_need_no_more_queries(count_queries, make_article, picture):
    content = [("text", "<p>A word.</p>"), ("image", {"image": picture, "alt_text": "A vertebra"})]
    short = make_article("Short", body=[("section", {"heading": "A", "content": content})])
    long = make_article("Long", body=[("section", {"heading": "A", "content": content * 3})] * 2)
    assert count_queries(long.url, 23) == count_queries(short.url, 23)


def test_the_newest_articles_are_read_from_an_index(db, article):
    lists = [
        ArticlePage.objects.published()[:3],
        ArticlePage.objects.child_of(article.get_parent()).without_own_restriction()[:10],
    ]
    for articles in lists:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_sort = off")  # used only if there's no index
        assert "Sort" not in articles.explain()


def test_page_lookups_use_an_index(committed_db, client):
    with databases.connect(connection.settings_dict["NAME"]) as writer:
        writer.autocommit = False
        copy_page(writer, "education_articlepage", "kyphoplasty", 2000)
    with CaptureQueriesContext(connection) as queries:
        client.get("/education/kyphoplasty/")
    statements = [query["sql"] for query in queries if 'FROM "wagtailcore_page"' in query["sql"]]
    assert statements
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            found = "Index Cond" in plan.partition("on wagtailcore_page")[2].partition("->")[0]
            assert found or "clinic_pages_in_menus" in plan, plan
