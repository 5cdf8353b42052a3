"""The dialog in which a reviewer decides says what happened meanwhile, and the note isn't lost."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from education.models import SafetyNotice
from education.review.models import Checked
from tests.education.review.editor_form import post
from tests.support.publishing import submit
from tests.support.signing_in import Client

NOTE = "Mend the third sentence."
ANSWERS = {"comment": NOTE, "checked": Checked.values}
SCRIPT = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture(params=["page", "emergency message"])
def submitted(request, article, editor):
    reviewed = article if request.param == "page" else SafetyNotice.objects.get()
    submit(reviewed, editor)
    return reviewed


def dialog(reviewed, name="workflow_action", action="approve"):
    """Its address on the first page, or (`collect_workflow_action_data`) in the editor."""
    viewset = getattr(reviewed, "snippet_viewset", None)
    name = viewset.get_url_name(name) if viewset else f"wagtailadmin_pages:{name}"
    return reverse(name, args=[reviewed.pk, action, reviewed.current_workflow_task_state.pk])


def test_a_refusal_says_why_and_gives_the_note_back(as_user, submitted, superuser, reviewer):
    submitted.save_revision(user=superuser)
    client = as_user(reviewer)
    answer = json.loads(client.post(dialog(submitted), ANSWERS, headers=SCRIPT).content)
    html = client.get(answer["redirect"]).content.decode()
    assert "Somebody has changed the text since it was submitted." in html
    assert NOTE in html


@pytest.mark.parametrize("how", ["get", "post"])
def test_on_the_first_page_a_canceled_review_says_so(as_user, submitted, editor, reviewer, how):
    address, client = dialog(submitted), as_user(reviewer)
    submitted.current_workflow_state.cancel(user=editor)
    answer = json.loads(getattr(client, how)(address, ANSWERS, headers=SCRIPT).content)
    html = client.get(answer["redirect"]).content.decode()
    assert "isn&#x27;t waiting for a review" in html
    assert (NOTE in html) == (how == "post")


def test_in_the_editor_a_canceled_review_says_so(as_user, submitted, editor, reviewer):
    client, address = as_user(reviewer), dialog(submitted, "collect_workflow_action_data")
    submitted.current_workflow_state.cancel(user=editor)
    answer = json.loads(client.post(address, ANSWERS, headers=SCRIPT).content)
    assert answer == {"step": "success", "cleaned_data": {"comment": NOTE}}


def test_the_emergency_messages_editor_says_that_its_review_is_over_and_gives_the_note_back(
    as_user, article, editor, reviewer
):
    notice = SafetyNotice.objects.get()
    words = {name: getattr(notice, name) for name in SafetyNotice.WORDS}
    decided = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    decided["workflow-action-extra-data"] = json.dumps(ANSWERS)
    address = reverse("wagtailsnippets_education_safetynotice:edit", args=[notice.pk])
    html = as_user(reviewer).post(address, {**words, **decided}, follow=True).content.decode()
    assert "You can&#x27;t review this anymore. Nothing was published." in html
    assert NOTE in html


def test_a_page_that_cannot_be_saved_gives_the_note_back(as_user, article, editor, reviewer):
    notice = SafetyNotice.objects.get()
    decided = {"action-workflow-action": "1", "workflow-action-name": "reject"}
    decided["workflow-action-extra-data"] = json.dumps({"comment": NOTE})
    for reviewed in (article, notice):
        submit(reviewed, editor)
    client = as_user(reviewer)
    assert NOTE in post(client, article, "", **decided).content.decode()
    address = reverse("wagtailsnippets_education_safetynotice:edit", args=[notice.pk])
    assert NOTE in client.post(address, {"emergency_sentence": "", **decided}).content.decode()


@pytest.mark.parametrize("name", ["workflow_action", "collect_workflow_action_data"])
def test_whoever_was_signed_out_can_send_it_again(submitted, name):
    answer = json.loads(Client().post(dialog(submitted, name), ANSWERS, headers=SCRIPT).content)
    assert answer["step"] == "action"
    assert "You’re signed out" in answer["html"]
    assert f'name="comment" value="{NOTE}"' in answer["html"]
    assert (
        "Nothing was sent"
        in json.loads(Client().get(dialog(submitted, name), headers=SCRIPT).content)["html"]
    )


def test_an_approval_for_later_promises_readers_nothing_yet(article, editor, reviewer, mailoutbox):
    article.go_live_at = timezone.now() + timedelta(days=90)
    submit(article, editor).approve(user=reviewer, checked=Checked.values)
    assert "Readers see it at its scheduled time." in mailoutbox[-1].body
    assert "Readers find it here" not in mailoutbox[-1].body
