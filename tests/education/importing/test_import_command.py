"""`manage.py import_article`."""

import pytest
from django.core.management import CommandError, call_command

from education.models import ArticleIndexPage, ArticlePage

TEXT = "---\ntitle: Nerve blocks\nmood: good\n---\nLead.\n\n## Why\n\nBecause.\n"


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "nerve.md"
    file.write_text(TEXT)
    return str(file)


def test_import_creates_a_draft_and_prints_the_notes(client, db, file, capsys):
    call_command("import_article", file)
    page = ArticlePage.objects.get(slug="nerve-blocks")
    assert not page.live
    assert client.get("/education/nerve-blocks/").status_code == 404
    assert capsys.readouterr().out.splitlines()[1:] == [
        "The front matter’s “mood” isn’t used in articles: “good”",
        "No date was found; the article is dated today.",
    ]


def test_publish_option_publishes_the_article(client, db, file):
    call_command("import_article", file, publish=True)
    assert "Because." in client.get("/education/nerve-blocks/").content.decode()


def test_parent_option_chooses_the_article_list(index, file):
    news = ArticleIndexPage(title="News")
    index.get_parent().add_child(instance=news)
    with pytest.raises(CommandError, match="there are: education, news"):
        call_command("import_article", file)
    call_command("import_article", file, parent="news")
    assert ArticlePage.objects.get(slug="nerve-blocks").url == "/news/nerve-blocks/"
