"""An article leads on to others: the newest ones beside it, at most three."""

from datetime import date

from wagtail.models import PageViewRestriction


def test_related_articles_fall_back_to_the_newest(client, article, make_article):
    assert 'id="related"' not in client.get(article.url).content.decode()
    for day in range(1, 5):
        make_article(f"Article of day {day}", published_on=date(2026, 1, day))
    html = client.get(article.url).content.decode()
    section = html[html.index('id="related"') :]
    assert [day for day in range(1, 5) if f"Article of day {day}" in section] == [2, 3, 4]
    assert section.index("Article of day 4") < section.index("Article of day 2")


def test_drafts_and_restricted_articles_are_not_related(client, article, make_article):
    make_article("Hidden").unpublish()
    PageViewRestriction.objects.create(page=make_article("Hidden too"), restriction_type="login")
    assert "Hidden" not in client.get(article.url).content.decode()
