"""Wagtail's screens use the product's wording: review instead of moderation, and clear error messages."""

from bs4 import BeautifulSoup
from django.urls import reverse

from tests.education.review.editor_form import post
from tests.support.publishing import submit

SCREENS = ["wagtailadmin_reports:workflow", "wagtailadmin_account", "wagtailadmin_home"]


def test_no_screen_mentions_moderation(as_user, editor, article):
    client, edit = as_user(editor), reverse("wagtailadmin_pages:edit", args=[article.pk])
    submit(article, editor)
    screens = [edit, *(reverse(name) for name in SCREENS)]
    for name in ["workflow_history", "history"]:
        screens.append(reverse(f"wagtailadmin_pages:{name}", args=[article.pk]))
    for screen in [*screens, reverse("wagtailadmin_explore", args=[article.get_parent().pk])]:
        html = client.get(screen).text.lower()
        assert "moderation" not in html.replace("workflow_moderation", ""), screen


def test_a_page_with_errors_explains_how_to_save_it(as_user, editor, article):
    html = post(as_user(editor), article, "", **{"action-submit": "1"}).content.decode()
    text = BeautifulSoup(html, "html.parser").get_text()
    assert "This isn’t saved yet. Correct what’s marked in red" in text
    assert "Web address" in text
    assert "Slug" not in text
