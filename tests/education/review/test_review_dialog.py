"""The review dialog reports a refused decision and keeps the reviewer's note."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from education.models import SafetyNotice
from education.review.models import ReviewCheck
from tests.education.review.editor_form import post
from tests.support.publishing import submit

NOTE = "Fix the third sentence."
DECISION = {"comment": NOTE, "checked": ReviewCheck.values}
AJAX_HEADERS = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture(params=["page", "emergency message"])
def submitted(request, article, editor):
    reviewed = article if request.param == "page" else SafetyNotice.objects.get()
    submit(reviewed, editor)
    return reviewed


def dialog(reviewed, name="workflow_action", action="approve"):
    """Return the URL of the dialog on the first page, or in the editor (`collect_workflow_action_data`)."""
    viewset = getattr(reviewed, "snippet_viewset", None)
    name = viewset.get_url_name(name) if viewset else f"wagtailadmin_pages:{name}"
    return reverse(name, args=[reviewed.pk, action, reviewed.current_workflow_task_state.pk])


def test_a_refused_decision_shows_the_reason_and_the_note(as_user, submitted, superuser, reviewer):
    submitted.save_revision(user=superuser)
    client = as_user(reviewer)
    response = json.loads(client.post(dialog(submitted), DECISION, headers=AJAX_HEADERS).content)
    html = client.get(response["redirect"]).content.decode()
    assert "The text has changed since it was submitted." in html
    assert NOTE in html


def test_deciding_a_canceled_review_shows_a_message_or_passes_the_note_on_to_the_editor(
    as_user, submitted, editor, reviewer
):
    first_page, in_editor = dialog(submitted), dialog(submitted, "collect_workflow_action_data")
    submitted.current_workflow_state.cancel(user=editor)
    client = as_user(reviewer)
    for send in [client.get, client.post]:
        response = json.loads(send(first_page, DECISION, headers=AJAX_HEADERS).content)
        html = client.get(response["redirect"]).content.decode()
        assert "isn&#x27;t waiting for a review" in html
        assert (NOTE in html) == (send == client.post)
    response = json.loads(client.post(in_editor, DECISION, headers=AJAX_HEADERS).content)
    assert response == {"step": "success", "cleaned_data": {"comment": NOTE}}


def test_the_emergency_message_editor_reports_an_ended_review_and_shows_the_note(
    as_user, article, editor, reviewer
):
    notice = SafetyNotice.objects.get()
    data = {name: getattr(notice, name) for name in SafetyNotice.CLINIC_FIELDS}
    decision = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    decision["workflow-action-extra-data"] = json.dumps(DECISION)
    url = reverse("wagtailsnippets_education_safetynotice:edit", args=[notice.pk])
    html = as_user(reviewer).post(url, {**data, **decision}, follow=True).content.decode()
    assert "You can&#x27;t review this anymore. Nothing was published." in html
    assert NOTE in html


def test_deciding_in_an_outdated_editor_saves_nothing_and_shows_the_text(
    as_user, article, editor, superuser, reviewer
):
    notice, client = SafetyNotice.objects.get(), as_user(reviewer)
    stale = {"action-workflow-action": "1", "workflow-action-name": "reject", "loaded_revision_id": "1"}
    for reviewed in (article, notice):
        submit(reviewed, editor)
        newest = reviewed.save_revision(user=superuser)
        if reviewed is article:
            response = post(client, article, "Words on the screen.", **stale)
        else:
            data = {"emergency_sentence": "Words on the screen: 911.", **stale}
            url = reverse("wagtailsnippets_education_safetynotice:edit", args=[notice.pk])
            response = client.post(url, data)
        assert "there’s a newer version" in response.text
        assert "Words on the screen" in response.text
        assert type(reviewed).objects.get(pk=reviewed.pk).latest_revision == newest


def test_a_form_with_errors_shows_the_note(as_user, article, editor, reviewer):
    notice = SafetyNotice.objects.get()
    decision = {"action-workflow-action": "1", "workflow-action-name": "reject"}
    decision["workflow-action-extra-data"] = json.dumps({"comment": NOTE})
    for reviewed in (article, notice):
        submit(reviewed, editor)
    client = as_user(reviewer)
    assert NOTE in post(client, article, "", **decision).content.decode()
    url = reverse("wagtailsnippets_education_safetynotice:edit", args=[notice.pk])
    assert NOTE in client.post(url, {"emergency_sentence": "", **decision}).content.decode()


def test_a_signed_out_reviewer_can_resubmit_the_decision(submitted, client):
    for url in [dialog(submitted), dialog(submitted, "collect_workflow_action_data")]:
        response = json.loads(client.post(url, DECISION, headers=AJAX_HEADERS).content)
        assert response["step"] == "action"
        assert "You’re signed out" in response["html"]
        assert f'name="comment" value="{NOTE}"' in response["html"]
        response = json.loads(client.get(url, headers=AJAX_HEADERS).content)
        assert "Nothing was sent" in response["html"]


def test_the_email_about_a_scheduled_approval_doesnt_call_it_live(article, editor, reviewer, mailoutbox):
    article.go_live_at = timezone.now() + timedelta(days=90)
    submit(article, editor).approve(user=reviewer, checked=ReviewCheck.values)
    assert "Readers see it at its scheduled time." in mailoutbox[-1].body
    assert "Readers find it here" not in mailoutbox[-1].body
