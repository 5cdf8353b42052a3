"""Wagtail's screens speak of a review as we do: no editor is moderated."""

from django.urls import reverse

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
