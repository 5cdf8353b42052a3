"""A review that is withdrawn while the reviewer reads: told, kept as a draft, and nothing is published."""

from django.urls import reverse
from wagtail.models import Workflow
from wagtail.test.utils.form_data import nested_form_data, streamfield

EMPTY = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}


def approve(client, article, lead, name="approve"):
    streams = {field: streamfield([]) for field in ("key_points", "body", "sources")}
    fields = {"title": article.title, "slug": article.slug, "lead": lead, "published_on": "2025-10-15"}
    asked = {"action-workflow-action": "1", "workflow-action-name": name}
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return client.post(url, nested_form_data({**fields, **streams, **asked, "comments": EMPTY}), follow=True)


def test_it_is_kept_and_the_reviewer_is_told(as_user, article, editor, reviewer):
    article.save_revision(user=editor)
    Workflow.objects.get(name="Clinical review").start(article, editor).cancel(user=editor)
    response = approve(as_user(reviewer), article, "Mended words.")
    assert "no longer, yours to review" in response.content.decode()
    article.refresh_from_db()
    assert article.lead != "Mended words."
    assert article.get_latest_revision_as_object().lead == "Mended words."
