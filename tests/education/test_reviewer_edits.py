"""A reviewer who mends words in the page editor: what is published, and what the record says of it."""

from django.urls import reverse
from wagtail.models import Workflow
from wagtail.test.utils.form_data import nested_form_data, streamfield

from education.models import ArticlePage

EMPTY = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}


def approve(client, article, lead, name="approve"):
    streams = {field: streamfield([]) for field in ("key_points", "body", "sources")}
    fields = {"title": article.title, "slug": article.slug, "lead": lead, "published_on": "2025-10-15"}
    asked = {"action-workflow-action": "1", "workflow-action-name": name}
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return client.post(url, nested_form_data({**fields, **streams, **asked, "comments": EMPTY}), follow=True)


def test_a_review_withdrawn_meanwhile_publishes_nothing_and_says_so(as_user, article, editor, reviewer):
    article.save_revision(user=editor)
    Workflow.objects.get(name="Clinical review").start(article, editor).cancel(user=editor)
    response = approve(as_user(reviewer), article, "Mended words.")
    assert "no longer, yours to review" in response.content.decode()
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
