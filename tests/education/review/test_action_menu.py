"""The big button is the next step of whoever looks; publishing past the review is the last, for managers."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.urls import resolve
from django.utils import timezone
from wagtail.models import Workflow

from education.models import HomePage

ASK = ["Submit to Clinical review", "Save draft"]


@pytest.fixture
def menu(rf):
    """What the view of an address gives its page to draw, which takes much longer."""

    def read(user, address):
        path = f"/admin/pages/{address}/"
        request = rf.get(path)
        request.user, request.session, request._messages = user, SessionStore(), CookieStorage(request)
        view, args, kwargs = resolve(path)
        html = view(request, *args, **kwargs).context_data["action_menu"].render_html()
        buttons = BeautifulSoup(html, "html.parser").select("button, a")
        words = [" ".join(button.get_text().split()) for button in buttons]
        return [text for text in words if text and text != "More actions"]

    return read


@pytest.fixture
def submitted(article, editor):
    article.save_revision(user=editor)
    Workflow.objects.get(name="Clinical review").start(article, editor)
    return article


def test_approve_comes_first_for_reviewers_and_the_live_page_can_still_be_unpublished(
    menu, reviewer, manager, submitted
):
    steps = ["Approve and Publish", "Save draft", "Request changes", "Cancel review", "Unpublish"]
    assert menu(reviewer, f"{submitted.pk}/edit") == steps
    assert "Unpublish" in menu(manager, f"{submitted.pk}/edit")


def test_reviewers_ask_for_a_review_and_editors_publish_nothing(menu, reviewer, editor, article):
    assert menu(reviewer, f"{article.pk}/edit") == [*ASK, "Unpublish"]
    assert menu(editor, f"{article.pk}/edit") == ASK


def test_managers_submit_first_even_for_a_new_article(menu, manager, article, index):
    assert menu(manager, f"{article.pk}/edit") == [*ASK, "Unpublish", "Publish without review"]
    assert menu(manager, f"add/education/articlepage/{index.pk}") == [*ASK, "Publish without review"]


def test_a_planned_publication_and_an_earlier_version_say_so_too(menu, manager, article):
    earlier = article.save_revision()
    article.go_live_at = timezone.now() + timedelta(days=1)
    article.save_revision()
    assert menu(manager, f"{article.pk}/edit")[-2:] == ["Unpublish", "Schedule to publish without review"]
    reverting = menu(manager, f"{article.pk}/revisions/{earlier.pk}/revert")
    assert reverting[-1] == "Publish this version without review"


def test_a_page_without_claims_is_published_or_submitted_first(menu, manager, editor, db):
    home = HomePage.objects.get().pk
    assert menu(manager, f"{home}/edit")[0] == "Publish"
    assert menu(editor, f"{home}/edit")[0] == "Submit to Clinical review"


def test_who_waits_for_a_review_has_nothing_destructive_as_the_big_button(menu, editor, submitted):
    assert menu(editor, f"{submitted.pk}/edit") == ["Page locked", "Cancel review"]
