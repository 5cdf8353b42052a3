"""Links with an invalid page ID, which would cause a 500 for readers, are never stored."""

import json

import pytest
from django.core.exceptions import BadRequest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from tests.clinic.wagtail_overrides.test_failing_views import body
from tests.education.review import editor_form


def link(**data):
    block = {"key": "k", "text": "x", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    block["entityRanges"] = [{"offset": 0, "length": 1, "key": 0}]
    return json.dumps({"blocks": [block], "entityMap": {"0": {"type": "LINK", "data": data}}})


def to_html(content):
    return ContentstateConverter(features=["link"]).to_database_format(content)


def test_the_editor_refuses_an_invalid_page_id(as_user, editor, article):
    client, count = as_user(editor), article.revisions.count()

    def save(pk):
        form = {**editor_form.fields(article, "Lead"), **body(link(id=pk))}
        return client.post(f"/admin/pages/{article.pk}/edit/", form).status_code

    for wrong in ["abc", "", "-1", "1.5", "9" * 30, [1]]:
        with pytest.raises(BadRequest):
            to_html(link(id=wrong))
    assert save("abc") == 400
    assert article.revisions.count() == count
    assert save(article.pk) == 302


def test_valid_links_are_stored():
    assert 'id="5"' in to_html(link(id=5))
    assert "https://a.example/" in to_html(link(url="https://a.example/", id=None))
