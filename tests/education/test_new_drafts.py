"""What is new can be looked at: blocks that nobody has filled in yet, and an article before it is saved."""

import pytest
from django.urls import reverse
from django.utils.text import slugify
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from education.blocks import ContentBlock
from education.models import ArticlePage
from tests.education.review.editor_form import fields

pytestmark = pytest.mark.django_db


def empty(block):
    """What the editor sends for a block that was only added."""
    if isinstance(block, TypedTableBlock):
        return {"column-count": 0, "row-count": 0, "caption": ""}
    if isinstance(block, blocks.StructBlock):
        return {name: empty(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return {"count": 1, "0": {"deleted": "", "order": 0, "id": "", "value": empty(block.child_block)}}
    return rich_text("") if isinstance(block, blocks.RichTextBlock) else ""


def test_each_can_be_saved_previewed_and_exported(as_user, editor, article):
    kinds = ContentBlock().child_blocks.items()
    # A comparison asks for its caption at once.
    content = streamfield([(name, empty(block)) for name, block in kinds if name != "comparison"])
    body = {"body": streamfield([("section", {"heading": "", "content": content})])}
    client, page = as_user(editor), [article.pk]
    saved = client.post(
        reverse("wagtailadmin_pages:edit", args=page), {**fields(article, "Lead"), **nested_form_data(body)}
    )
    assert saved.status_code == 302
    article.refresh_from_db()
    assert len(article.get_latest_revision_as_object().body[0].value["content"]) == len(kinds) - 1
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=page)).status_code == 200
    assert client.get(reverse("education_importing:export", args=page)).status_code == 200


def test_an_article_can_be_previewed_before_it_is_saved(as_user, editor, article):
    client, parent = as_user(editor), article.get_parent()
    address = reverse("wagtailadmin_pages:preview_on_add", args=["education", "articlepage", parent.pk])
    assert client.post(address, {**fields(article, "Lead"), "slug": "new"}).json()["is_valid"]
    assert client.get(address).status_code == 200


def test_an_empty_address_is_made_of_the_title(as_user, editor, article):
    client, parent = as_user(editor), article.get_parent()
    address = reverse("wagtailadmin_pages:add", args=["education", "articlepage", parent.pk])
    for asked in [{}, {"action-submit": "1"}]:  # the second takes the next free one
        new = {**fields(article, "Lead"), "title": article.title, "slug": "", **asked}
        assert client.post(address, new).status_code == 302
    made = ArticlePage.objects.exclude(pk=article.pk).order_by("pk")
    assert [page.slug.removeprefix(slugify(article.title)) for page in made] == ["", "-2"]
    edit = reverse("wagtailadmin_pages:edit", args=[made[0].pk])
    assert client.post(edit, {**fields(made[0], "Lead"), "title": "Été", "slug": ""}).status_code == 302
    made[0].refresh_from_db()
    assert made[0].get_latest_revision_as_object().slug == "été"
    for title in ["???", "\ufdfa" * 200]:
        html = client.post(address, {**fields(article, "Lead"), "title": title, "slug": ""}).content.decode()
        assert "This title can’t be turned into a web address" in html
    html = client.post(address, {**fields(article, "Lead"), "title": "", "slug": ""}).content.decode()
    assert "This title can’t" not in html  # there is none
