"""The action menu starts with the user's next step and ends with publishing without review."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.urls import resolve
from django.utils import timezone

from education.models import HomePage, SafetyNotice
from tests.support.publishing import submit

EDITOR_ACTIONS = ["Submit to Clinical review", "Save draft"]


@pytest.fixture
def menu(rf):
    """Return the labels of the action menu, without rendering the whole page, which is much slower."""

    def get_labels(user, address):
        path = f"/admin/{address}/"
        request = rf.get(path)
        request.user, request.session, request._messages = user, SessionStore(), CookieStorage(request)
        view, args, kwargs = resolve(path)
        html = view(request, *args, **kwargs).context_data["action_menu"].render_html()
        buttons = BeautifulSoup(html, "html.parser").select("button, a")
        labels = [" ".join(button.get_text().split()) for button in buttons]
        return [text for text in labels if text and text != "More actions"]

    return get_labels


@pytest.fixture
def edit(article):
    return f"pages/{article.pk}/edit"


def test_reviewers_can_approve_a_page_in_review_and_its_editor_can_only_cancel(
    menu, reviewer, manager, editor, article, edit
):
    submit(article, editor)
    actions = ["Approve and Publish", "Save draft", "Request changes", "Cancel review", "Unpublish"]
    assert menu(reviewer, edit) == actions
    assert "Unpublish" in menu(manager, edit)
    assert menu(editor, edit) == ["Page locked", "Cancel review"]


def test_submitting_for_review_comes_first_for_everyone_even_for_new_articles(
    menu, reviewer, editor, manager, index, edit
):
    assert menu(reviewer, edit) == [*EDITOR_ACTIONS, "Unpublish"]
    assert menu(editor, edit) == EDITOR_ACTIONS
    assert menu(manager, edit) == [*EDITOR_ACTIONS, "Unpublish", "Publish without review"]
    add = f"pages/add/education/articlepage/{index.pk}"
    assert menu(manager, add) == [*EDITOR_ACTIONS, "Publish without review"]


def test_publish_labels_mention_schedules_and_earlier_versions(menu, manager, article, edit):
    earlier = article.save_revision()
    article.go_live_at = timezone.now() + timedelta(days=1)
    article.save_revision()
    assert menu(manager, edit)[-2:] == ["Unpublish", "Schedule to publish without review"]
    reverting = menu(manager, f"pages/{article.pk}/revisions/{earlier.pk}/revert")
    assert reverting[-1] == "Publish this version without review"


def test_a_page_without_claims_offers_publish_or_submit_first(menu, manager, editor, db):
    home = HomePage.objects.get().pk
    assert menu(manager, f"pages/{home}/edit")[0] == "Publish"
    assert menu(editor, f"pages/{home}/edit")[0] == "Submit to Clinical review"


def test_the_emergency_message_has_the_same_actions(menu, editor, reviewer, superuser):
    notice = SafetyNotice.objects.get()
    edit = f"snippets/education/safetynotice/edit/{notice.pk}"
    assert menu(editor, edit) == EDITOR_ACTIONS
    assert menu(reviewer, edit) == menu(superuser, edit) == [*EDITOR_ACTIONS, "Unpublish"]
    submit(notice, editor)
    assert menu(reviewer, edit)[:2] == ["Approve and Publish", "Save draft"]
