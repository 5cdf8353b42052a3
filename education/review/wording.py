"""Comparison of the wording of two revisions."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.db.models import Model
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page

READER_FIELDS = {"title", "seo_title", "search_description"}
BOOKKEEPING = {field.name for field in Page._meta.concrete_fields} - READER_FIELDS
# Only markup of the editor: fields without markup can contain "<" and ">", as in "INR < 1.5 or > 3".
ATTRIBUTES = r'(?:\s+[\w-]+="[^"]*")*\s*/?'
TAG = re.compile(rf"</?(?:a|b|br|em|embed|h[1-6]|hr|i|li|ol|p|strong|ul){ATTRIBUTES}>")
TAG_IN_WORD = re.compile(rf"</?(?:a|b|i|em|strong){ATTRIBUTES}>")
TARGET = re.compile(r'\s(?!data-block-key=)[\w-]+="([^"]*)"')

PlacedTexts = list[tuple[tuple, str]]


def shown_fields(model: type[Model]) -> list:
    """Return the fields that readers see: texts, choices, and the chosen image and author."""
    return [f for f in model._meta.concrete_fields if f.name not in BOOKKEEPING and _is_shown(f)]


def _is_shown(field) -> bool:
    is_choice = field.many_to_one and issubclass(field.related_model, AbstractImage | Page)
    return is_choice or not field.is_relation


def wording(model: type[Model], content: dict[str, Any]) -> dict[str, PlacedTexts]:
    """Return {field: [(place, text or choice)]} of the serialized content of a revision.

    Places are compared too: moving an item from “Don’t” to “Do”, or to another column, changes its meaning.
    """
    texts = {}
    for field in shown_fields(model):
        if field.name in content:
            value = content[field.name]
            if isinstance(field, StreamField) and isinstance(value, str):
                value = json.loads(value or "[]")
            texts[field.name] = list(_texts(value))
    return texts


def same_wording(model: type[Model], content: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return True if both have the same wording in the fields they share.

    An image or author missing from `content` is ignored, as it was deleted.
    """
    one, two = wording(model, content), wording(model, other)
    deleted = {field.name for field in shown_fields(model) if field.is_relation and not one.get(field.name)}
    return all(one[name] == two[name] for name in (one.keys() & two.keys()) - deleted)


def _texts(value: Any, *place: str | int) -> Iterator[tuple[tuple, str]]:
    """Yield each text in a stored value with its place, without block IDs and empty values."""
    if isinstance(value, dict):
        for name in sorted(value):
            if name != "id":
                yield from _texts(value[name], *place, name)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _texts(item, *place, number)
    elif value not in (None, "", False):
        yield place, _plain(str(value))


def _plain(text: str) -> str:
    """Return the text and link targets; the editor may rewrite other markup."""
    targets = (value for tag in TAG.findall(text) for value in sorted(TARGET.findall(tag)))
    return " ".join([*unescape(TAG.sub(" ", TAG_IN_WORD.sub("", text))).split(), *targets])
