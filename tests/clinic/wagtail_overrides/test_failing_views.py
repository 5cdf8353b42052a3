"""Malformed forms and URLs get a 400 in the admin."""

import pytest
from django.urls import resolve, reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from clinic.text import phones
from clinic.wagtail_overrides import failing_views
from tests.education.review.editor_form import fields

pytestmark = pytest.mark.django_db


def body(text):
    content = streamfield([("text", text)])
    return nested_form_data({"body": streamfield([("section", {"heading": "H", "content": content})])})


ENTITY = (
    '{"blocks": [{"text": "x", "entityRanges": [{"offset": 0, "length": 1, "key": 5}]}], "entityMap": {}}'
)
MALFORMED = [
    *[{"body-count": "x"}, {"body-count": "9" * 30}, {"sources-count": ""}, body("[" * 100_000)],
    *[body("[1,2"), body('{"blocks": [{"text": 1}]}'), body(ENTITY), {**body("null"), "body-0-order": "x"}],
]


def test_the_page_editor_keeps_the_text_of_a_malformed_form(as_user, editor, article):
    client, address = as_user(editor), reverse("wagtailadmin_pages:edit", args=[article.pk])
    for malformed in MALFORMED:
        response = client.post(address, {**fields(article, "Lead of many words"), **malformed})
        assert response.status_code == 400, malformed
        assert "Lead of many words" in response.content.decode(), malformed


def test_malformed_choices_get_a_400(as_user, superuser):
    client = as_user(superuser)
    form = {"pages-TOTAL_FORMS": 1, "pages-INITIAL_FORMS": 0, "workflow_tasks-TOTAL_FORMS": 0}
    form |= {"workflow_tasks-INITIAL_FORMS": 0}
    chosen = {"redirects/add": "redirect_page", "sites/new": "root_page", "workflows/add": "pages-0-page"}
    for address, field in chosen.items():
        assert client.post(f"/admin/{address}/", {**form, field: "\x00"}).status_code == 400, address
    assert client.get("/admin/choose-page/chosen-multiple/?id=x").status_code == 400
    topic = {"label": "New", "position": 1, "question": "\x00"}
    assert client.post("/admin/topics/new/", topic).status_code == 200  # shows the error
    assert client.post("/admin/topics/new/", {**topic, "opened_with": "[" * 100_000}).status_code == 400


def test_our_own_bugs_stay_a_500(rf):
    with pytest.raises(ValueError, match="phone number") as our_error:
        phones.parse("1")
    assert not failing_views.is_input_error(our_error.value)
    with pytest.raises(ValueError, match="expected a number") as library_error:
        Page.objects.filter(pk="x")
    assert failing_views.is_input_error(library_error.value)
    request = rf.get(reverse("inquiry:inspect", args=[1]), {"p": 2})
    request.resolver_match = resolve(request.path)
    assert failing_views.explain(request, library_error.value) is None  # raised in one of our views
