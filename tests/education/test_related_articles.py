"""An article leads on to others: the newest ones beside it, at most three."""

from datetime import date

from wagtail.models import PageViewRestriction


def test_related_articles_fall_back_to_the_newest(client, article, make_article):
    for day in range(1, 6):
        make_article(f"Article of day {day}", published_on=date(2026, 1, day))
    html = client.get(article.url).content.decode()
    section = html[html.index('id="related"') :]
    assert [day for day in range(1, 6) if f"Article of day {day}" in section] == [3, 4, 5]
    assert section.index("Article of day 5") < section.index("Article of day 3")


def test_an_only_article_leads_nowhere(client, article):
    assert 'id="related"' not in client.get(article.url).content.decode()


def test_a_draft_is_not_led_to(client, article, make_article):
    make_article("Hidden").unpublish()
    assert "Hidden" not in client.get(article.url).content.decode()


def test_restricted_articles_are_not_related(client, article, make_article):
    PageViewRestriction.objects.create(page=make_article("Hidden"), restriction_type="login")
    assert "Hidden" not in client.get(article.url).content.decode()
