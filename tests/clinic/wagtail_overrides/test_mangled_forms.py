"""Forms of the admin that no browser sends like this get a 400."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.education.review.editor_form import fields

pytestmark = pytest.mark.django_db


def body(**text):
    return nested_form_data(
        {
            "body": streamfield(
                [("section", {"heading": "H", "content": streamfield([("text", text["text"])])})]
            )
        }
    )


ENTITY = (
    '{"blocks": [{"text": "x", "entityRanges": [{"offset": 0, "length": 1, "key": 5}]}], "entityMap": {}}'
)


@pytest.mark.parametrize(
    "mangled",
    [
        *[
            {"body-count": "x"},
            {"body-count": "9" * 30},
            {"sources-count": ""},
        ],
        *[body(text="[1,2"), body(text='{"blocks": [{"text": 1}]}'), body(text=ENTITY)],
        {**body(text="null"), "body-0-order": "x"},
    ],
)
def test_the_page_editors(as_user, editor, article, mangled):
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert as_user(editor).post(address, {**fields(article, "Lead"), **mangled}).status_code == 400


@pytest.mark.parametrize(
    ("address", "field"),
    [("redirects/add/", "redirect_page"), ("sites/new/", "root_page"), ("workflows/add/", "pages-0-page")],
)
def test_a_choosers(as_user, superuser, address, field):
    form = {"pages-TOTAL_FORMS": 1, "pages-INITIAL_FORMS": 0, "workflow_tasks-TOTAL_FORMS": 0}
    form |= {"workflow_tasks-INITIAL_FORMS": 0, field: "\x00"}
    assert as_user(superuser).post(f"/admin/{address}", form).status_code == 400


def test_the_settings_of_a_topic(as_user, manager):
    form = {"label": "New", "position": 1, "question": "\x00"}
    assert as_user(manager).post("/admin/topics/new/", form).status_code == 200
