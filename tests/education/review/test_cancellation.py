"""Canceling a review needs a confirmation, for pages and the emergency message."""

import pytest
from bs4 import BeautifulSoup

from education.models import SafetyNotice
from tests.education.review.editor_form import messages_in
from tests.support.publishing import submit


@pytest.fixture(params=["article", "notice"])
def submitted(request, article, editor):
    """Return the workflow state of a submitted page or snippet, and its edit URL."""
    instance = article if request.param == "article" else SafetyNotice.objects.get()
    path = (
        f"pages/{instance.pk}/edit"
        if request.param == "article"
        else f"snippets/education/safetynotice/edit/{instance.pk}"
    )
    return submit(instance, editor).workflow_state, f"/admin/{path}/"


def test_canceling_a_review_asks_for_confirmation(submitted, as_user, editor, front_desk, colleague):
    state, edit = submitted
    client = as_user(editor)
    soup = BeautifulSoup(client.get(edit).content, "html.parser")
    assert not soup.select("[name=action-cancel-workflow]")
    (link,) = {a["href"] for a in soup.select("a") if "Cancel review" in a.get_text()}
    assert "The text stays as a draft" in client.get(link).content.decode()
    colleague.groups.set(editor.groups.all())  # may edit, but didn't submit
    for other in [front_desk, colleague]:
        as_user(other).post(link)
        state.refresh_from_db()
        assert state.status == state.STATUS_IN_PROGRESS

    assert client.post(link).url == edit
    state.refresh_from_db()
    assert state.status == state.STATUS_CANCELLED
    assert "has already ended" in messages_in(client.post(link))
