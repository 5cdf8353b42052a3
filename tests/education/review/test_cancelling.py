"""Cancelling a review asks first, for pages and for the emergency message."""

import pytest
from bs4 import BeautifulSoup

from education.models import SafetyNotice
from tests.education.review.editor_form import said
from tests.support.publishing import submit


@pytest.fixture(params=["article", "notice"])
def submitted(request, article, editor):
    """What the editor has submitted for review, and where it's edited."""
    thing = article if request.param == "article" else SafetyNotice.objects.get()
    address = (
        f"pages/{thing.pk}/edit"
        if request.param == "article"
        else f"snippets/education/safetynotice/edit/{thing.pk}"
    )
    return submit(thing, editor).workflow_state, f"/admin/{address}/"


def test_it_asks_then_cancels(submitted, as_user, editor, front_desk, colleague):
    state, edit = submitted
    client = as_user(editor)
    soup = BeautifulSoup(client.get(edit).content, "html.parser")
    assert not soup.select("[name=action-cancel-workflow]")
    (link,) = {a["href"] for a in soup.select("a") if "Cancel review" in a.get_text()}
    assert "The text stays as a draft" in client.get(link).content.decode()
    colleague.groups.set(editor.groups.all())  # who may edit, and didn't submit it
    for other in [front_desk, colleague]:
        as_user(other).post(link)
        state.refresh_from_db()
        assert state.status == state.STATUS_IN_PROGRESS

    assert client.post(link).url == edit
    state.refresh_from_db()
    assert state.status == state.STATUS_CANCELLED
    assert "has already ended" in said(client.post(link))
