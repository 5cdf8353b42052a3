"""Wagtail's screens speak of a review as we do: no editor is moderated."""

import pytest
from django.urls import reverse
from wagtail.models import Workflow

SCREENS = ["wagtailadmin_reports:workflow", "wagtailadmin_account", "wagtailadmin_home"]


@pytest.mark.parametrize("is_submitted", [False, True])
def test_no_screen_speaks_of_moderation(as_user, editor, article, is_submitted):
    if is_submitted:
        article.save_revision(user=editor)
        Workflow.objects.get(name="Clinical review").start(article, editor)
    screens = [reverse(name) for name in SCREENS]
    for name in ["edit", "workflow_history", "history"]:
        screens.append(reverse(f"wagtailadmin_pages:{name}", args=[article.pk]))
    for screen in [*screens, reverse("wagtailadmin_explore", args=[article.get_parent().pk])]:
        html = as_user(editor).get(screen).content.decode()
        assert "moderation" not in html.lower().replace("workflow_moderation", ""), screen
