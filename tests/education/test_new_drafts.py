"""Unfinished content can be saved and previewed: empty blocks, unsaved articles, empty slugs."""

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
    """Return the form data of a block that was added but not filled in."""
    if isinstance(block, TypedTableBlock):
        return {"column-count": 0, "row-count": 0, "caption": ""}
    if isinstance(block, blocks.StructBlock):
        return {name: empty(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return {"count": 1, "0": {"deleted": "", "order": 0, "id": "", "value": empty(block.child_block)}}
    return rich_text("") if isinstance(block, blocks.RichTextBlock) else ""


def test_empty_blocks_can_be_saved_previewed_and_exported(as_user, editor, article):
    block_types = ContentBlock().child_blocks.items()
    # A comparison can't be saved without a caption.
    content = streamfield([(name, empty(block)) for name, block in block_types if name != "comparison"])
    body = {"body": streamfield([("section", {"heading": "", "content": content})])}
    client, page = as_user(editor), [article.pk]
    saved = client.post(
        reverse("wagtailadmin_pages:edit", args=page), {**fields(article, "Lead"), **nested_form_data(body)}
    )
    assert saved.status_code == 302
    article.refresh_from_db()
    assert len(article.get_latest_revision_as_object().body[0].value["content"]) == len(block_types) - 1
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=page)).status_code == 200
    assert client.get(reverse("education_importing:export", args=page)).status_code == 200


def test_an_unsaved_article_can_be_previewed(as_user, editor, article):
    client, parent = as_user(editor), article.get_parent()
    address = reverse("wagtailadmin_pages:preview_on_add", args=["education", "articlepage", parent.pk])
    assert client.post(address, {**fields(article, "Lead"), "slug": "new"}).json()["is_valid"]
    assert client.get(address).status_code == 200


def test_an_empty_slug_is_derived_from_the_title(as_user, editor, article):
    client, parent = as_user(editor), article.get_parent()
    address = reverse("wagtailadmin_pages:add", args=["education", "articlepage", parent.pk])
    for action in [{}, {"action-submit": "1"}]:  # the second gets a numbered slug
        new = {**fields(article, "Lead"), "title": article.title, "slug": "", **action}
        assert client.post(address, new).status_code == 302
    created = ArticlePage.objects.exclude(pk=article.pk).order_by("pk")
    assert [page.slug.removeprefix(slugify(article.title)) for page in created] == ["", "-2"]
    edit = reverse("wagtailadmin_pages:edit", args=[created[0].pk])
    assert client.post(edit, {**fields(created[0], "Lead"), "title": "Été", "slug": ""}).status_code == 302
    created[0].refresh_from_db()
    assert created[0].get_latest_revision_as_object().slug == "été"
    form_class = ArticlePage.get_edit_handler().get_form_class()
    for title, wrong in {"???": ["slug"], "\ufdfa" * 200: ["slug"], "": ["title"]}.items():
        form = form_class({**fields(article, "Lead"), "title": title, "slug": ""}, for_user=editor)
        assert [name for name in ("title", "slug") if name in form.errors] == wrong
