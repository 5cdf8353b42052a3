"""Form data of the article editor."""

from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

EMPTY = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""}
APPROVE = {
    "action-workflow-action": "1",
    "workflow-action-name": "approve",
    "workflow-action-extra-data": '{"comment": "All read."}',
}
PUBLISH = {"action-publish": "1"}


def fields(article, lead, **extra):
    streams = {field: streamfield([]) for field in ("key_points", "body", "sources")}
    data = {"title": article.title, "slug": article.slug, "lead": lead, "published_on": "2025-10-15"}
    return nested_form_data({**data, **streams, **extra, "comments": EMPTY})


def post(client, article, lead, follow=False, **extra):
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return client.post(url, fields(article, lead, **extra), follow=follow)


def messages_in(response):
    """Return the messages that the next screen will show."""
    return " ".join(str(message) for message in get_messages(response.wsgi_request))
