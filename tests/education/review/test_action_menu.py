"""The big button is the next step of whoever looks; publishing past the review is the last, for managers."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.urls import resolve
from django.utils import timezone

from education.models import HomePage, SafetyNotice
from tests.support.publishing import submit

ASK = ["Submit to Clinical review", "Save draft"]


@pytest.fixture
def menu(rf):
    """What the view of an address gives its page to draw, which takes much longer."""

    def read(user, address):
        path = f"/admin/{address}/"
        request = rf.get(path)
        request.user, request.session, request._messages = user, SessionStore(), CookieStorage(request)
        view, args, kwargs = resolve(path)
        html = view(request, *args, **kwargs).context_data["action_menu"].render_html()
        buttons = BeautifulSoup(html, "html.parser").select("button, a")
        words = [" ".join(button.get_text().split()) for button in buttons]
        return [text for text in words if text and text != "More actions"]

    return read


@pytest.fixture
def edit(article):
    return f"pages/{article.pk}/edit"


def test_while_it_waits_for_a_review_the_reviewers_approve_and_others_have_no_destructive_big_button(
    menu, reviewer, manager, editor, article, edit
):
    submit(article, editor)
    steps = ["Approve and Publish", "Save draft", "Request changes", "Cancel review", "Unpublish"]
    assert menu(reviewer, edit) == steps
    assert "Unpublish" in menu(manager, edit)
    assert menu(editor, edit) == ["Page locked", "Cancel review"]


def test_everybody_asks_for_a_review_first_even_of_a_new_article(
    menu, reviewer, editor, manager, index, edit
):
    assert menu(reviewer, edit) == [*ASK, "Unpublish"]
    assert menu(editor, edit) == ASK
    assert menu(manager, edit) == [*ASK, "Unpublish", "Publish without review"]
    assert menu(manager, f"pages/add/education/articlepage/{index.pk}") == [*ASK, "Publish without review"]


def test_a_planned_publication_and_an_earlier_version_say_so_too(menu, manager, article, edit):
    earlier = article.save_revision()
    article.go_live_at = timezone.now() + timedelta(days=1)
    article.save_revision()
    assert menu(manager, edit)[-2:] == ["Unpublish", "Schedule to publish without review"]
    reverting = menu(manager, f"pages/{article.pk}/revisions/{earlier.pk}/revert")
    assert reverting[-1] == "Publish this version without review"


def test_a_page_without_claims_is_published_or_submitted_first(menu, manager, editor, db):
    home = HomePage.objects.get().pk
    assert menu(manager, f"pages/{home}/edit")[0] == "Publish"
    assert menu(editor, f"pages/{home}/edit")[0] == "Submit to Clinical review"


def test_the_emergency_message_has_the_same_next_steps(menu, editor, reviewer, superuser):
    notice = SafetyNotice.objects.get()
    edit = f"snippets/education/safetynotice/edit/{notice.pk}"
    assert menu(editor, edit) == ASK
    assert menu(reviewer, edit) == menu(superuser, edit) == [*ASK, "Unpublish"]
    submit(notice, editor)
    assert menu(reviewer, edit)[:2] == ["Approve and Publish", "Save draft"]
