"""Wagtail's emails about reviews mention reviews instead of moderation."""

import pytest
from django.core import mail

from education.models import SafetyNotice
from education.review.models import ReviewCheck
from tests.support.publishing import submit

pytestmark = pytest.mark.django_db
REQUEST = "Name the risks & say “when”."


@pytest.fixture(params=["page", "snippet"])
def submitted(request, article, editor, reviewer, superuser):
    """The task state of a submitted page or snippet."""
    instance = article if request.param == "page" else SafetyNotice.objects.get()
    return submit(instance, editor)


def all_emails():
    return "\n".join(f"{email.to}\n{email.subject}\n{email.body}" for email in mail.outbox)


def test_reviewers_are_emailed_requests_and_editors_the_decisions(submitted, editor, reviewer):
    title = submitted.revision.object_str
    [email] = [email for email in mail.outbox if email.to == [reviewer.email]]
    assert email.subject == f"Please review “{title}”"
    assert f"“{title}” is waiting for your review." in email.body
    assert "Open it here: http" in email.body
    assert f"Chiara Rossi submitted “{title}” for review." in all_emails()  # to the superuser
    before = len(mail.outbox)
    submitted.reject(user=reviewer, comment=REQUEST)
    [email] = mail.outbox[before:]
    assert (email.to, email.subject) == ([editor.email], f"Changes requested: “{title}”")
    assert f"Dan Hashimoto reviewed “{title}” and asks for changes:\n\n{REQUEST}" in email.body
    submitted.workflow_state.resume(user=editor)
    submitted.workflow_state.current_task_state.specific.approve(user=reviewer, checked=ReviewCheck.values)
    [_rejection, email] = [email for email in mail.outbox if email.to == [editor.email]]
    assert email.subject == f"Approved: “{title}”"
    assert "oderation" not in all_emails()
    assert "workflow" not in all_emails()
