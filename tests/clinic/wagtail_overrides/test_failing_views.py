"""Forms and addresses of the admin that no browser sends like this get a 400."""

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


MANGLED = [
    *[{"body-count": "x"}, {"body-count": "9" * 30}, {"sources-count": ""}, body("[" * 100_000)],
    *[body("[1,2"), body('{"blocks": [{"text": 1}]}'), body(ENTITY), {**body("null"), "body-0-order": "x"}],
]


def test_the_page_editors(as_user, editor, article):
    client, address = as_user(editor), reverse("wagtailadmin_pages:edit", args=[article.pk])
    for mangled in MANGLED:
        response = client.post(address, {**fields(article, "Lead of many words"), **mangled})
        assert response.status_code == 400, mangled
        assert "Lead of many words" in response.content.decode(), mangled


def test_choosers_and_settings(as_user, superuser):
    client = as_user(superuser)
    form = {"pages-TOTAL_FORMS": 1, "pages-INITIAL_FORMS": 0, "workflow_tasks-TOTAL_FORMS": 0}
    form |= {"workflow_tasks-INITIAL_FORMS": 0}
    chosen = {"redirects/add": "redirect_page", "sites/new": "root_page", "workflows/add": "pages-0-page"}
    for address, field in chosen.items():
        assert client.post(f"/admin/{address}/", {**form, field: "\x00"}).status_code == 400, address
    assert client.get("/admin/choose-page/chosen-multiple/?id=x").status_code == 400
    topic = {"label": "New", "position": 1, "question": "\x00"}
    assert client.post("/admin/topics/new/", topic).status_code == 200  # says what is wrong
    assert client.post("/admin/topics/new/", {**topic, "opened_with": "[" * 100_000}).status_code == 400


def test_a_mistake_of_our_own_stays_a_500(rf):
    with pytest.raises(ValueError, match="phone number") as ours:
        phones.parse("1")
    assert not failing_views.is_unreadable(ours.value)
    with pytest.raises(ValueError, match="expected a number") as librarys:
        Page.objects.filter(pk="x")
    assert failing_views.is_unreadable(librarys.value)
    request = rf.get(reverse("inquiry:inspect", args=[1]), {"p": 2})
    request.resolver_match = resolve(request.path)
    assert failing_views.explain(request, librarys.value) is None  # an inquiry's page that fails is ours
