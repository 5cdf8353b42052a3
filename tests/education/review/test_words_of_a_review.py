"""Wagtail's screens speak as ours do: no editor is moderated, and whoever isn't heard learns what to do."""

from bs4 import BeautifulSoup
from django.urls import reverse

from tests.education.review.editor_form import post
from tests.support.publishing import submit

SCREENS = ["wagtailadmin_reports:workflow", "wagtailadmin_account", "wagtailadmin_home"]


def test_no_screen_speaks_of_moderation(as_user, editor, article):
    client, edit = as_user(editor), reverse("wagtailadmin_pages:edit", args=[article.pk])
    submit(article, editor)
    screens = [edit, *(reverse(name) for name in SCREENS)]
    for name in ["workflow_history", "history"]:
        screens.append(reverse(f"wagtailadmin_pages:{name}", args=[article.pk]))
    for screen in [*screens, reverse("wagtailadmin_explore", args=[article.get_parent().pk])]:
        html = client.get(screen).text.lower()
        assert "moderation" not in html.replace("workflow_moderation", ""), screen


def test_a_page_that_is_not_saved_says_what_to_do(as_user, editor, article):
    html = post(as_user(editor), article, "", **{"action-submit": "1"}).content.decode()
    text = BeautifulSoup(html, "html.parser").get_text()
    assert "This isn’t saved yet. Correct what’s marked in red" in text
    assert "Web address" in text
    assert "Slug" not in text
