"""Words that change around a review: what is published, and what the record says of it."""

import pytest
from django.urls import reverse
from wagtail.models import Workflow
from wagtail.test.utils.form_data import nested_form_data, streamfield

from education.models import ArticlePage

EMPTY = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}


def post(client, article, lead, **asked):
    streams = {field: streamfield([]) for field in ("key_points", "body", "sources")}
    fields = {"title": article.title, "slug": article.slug, "lead": lead, "published_on": "2025-10-15"}
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return client.post(url, nested_form_data({**fields, **streams, **asked, "comments": EMPTY}), follow=True)


def approve(client, article, lead):
    return post(client, article, lead, **{"action-workflow-action": "1", "workflow-action-name": "approve"})


def approve_on_first_page(client, article, **how):
    state = ArticlePage.objects.get(pk=article.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.pk])
    return client.post(address, **how)


def test_a_review_withdrawn_meanwhile_publishes_nothing_and_says_so(as_user, article, editor, reviewer):
    article.save_revision(user=editor)
    Workflow.objects.get(name="Clinical review").start(article, editor).cancel(user=editor)
    response = approve(as_user(reviewer), article, "Mended words.")
    assert "yours to review any more" in response.content.decode()
    article.refresh_from_db()
    assert article.lead != "Mended words."
    assert article.get_latest_revision_as_object().lead == "Mended words."


def test_the_record_names_the_words_that_the_reviewer_mended(as_user, article, editor, reviewer):
    submitted = article.save_revision(user=editor)
    Workflow.objects.get(name="Clinical review").start(article, editor)
    approve(as_user(reviewer), article, "Mended words.")
    page = ArticlePage.objects.get(pk=article.pk)
    assert (page.lead, page.clinical_approval.reviewer) == ("Mended words.", "Dan Hashimoto")
    submitted.publish()
    assert ArticlePage.objects.get(pk=article.pk).clinical_approval is None


def test_a_draft_that_the_reviewer_mended_is_what_approving_it_on_the_first_page_publishes(
    as_user, article, editor, reviewer
):
    submitted = article.save_revision(user=editor)
    Workflow.objects.get(name="Clinical review").start(article, editor)
    client = as_user(reviewer)
    post(client, article, "Mended words.")
    approve_on_first_page(client, article)
    page = ArticlePage.objects.get(pk=article.pk)
    assert (page.lead, page.clinical_approval.reviewer) == ("Mended words.", "Dan Hashimoto")
    submitted.publish()
    assert ArticlePage.objects.get(pk=article.pk).clinical_approval is None


def test_no_draft_is_written_over_the_words_that_were_approved(as_user, article, editor, reviewer):
    post(as_user(editor), article, "Checked words.", **{"action-submit": "1"})
    approve_on_first_page(as_user(reviewer), article)
    page = ArticlePage.objects.get(pk=article.pk)
    assert page.clinical_approval
    approved = page.live_revision
    post(as_user(editor), article, "Unchecked words.", overwrite_revision_id=approved.pk)
    approved.refresh_from_db()
    assert approved.content["lead"] == "Checked words."
    ArticlePage.objects.get(pk=article.pk).get_latest_revision().publish()
    page = ArticlePage.objects.get(pk=article.pk)
    assert (page.lead, page.clinical_approval) == ("Unchecked words.", None)


@pytest.mark.parametrize("how", [{}, {"headers": {"x-requested-with": "XMLHttpRequest"}}])
def test_nothing_is_approved_on_the_first_page_that_somebody_else_has_changed(
    as_user, article, editor, reviewer, superuser, how
):
    article.save_revision(user=editor)
    Workflow.objects.get(name="Clinical review").start(article, editor)
    post(as_user(superuser), article, "Words that Dan has not read.")
    client = as_user(reviewer)
    approve_on_first_page(client, article, **how)
    page = ArticlePage.objects.get(pk=article.pk)
    assert page.lead != "Words that Dan has not read."
    assert page.clinical_approval is None
    html = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "Somebody has changed the words since they were submitted." in html
    approve(client, article, "Words that Dan has not read.")
    assert ArticlePage.objects.get(pk=article.pk).clinical_approval.reviewer == "Dan Hashimoto"
