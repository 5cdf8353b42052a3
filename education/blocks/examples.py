"""Descriptions and example values of blocks, for the editor's block chooser and its previews."""

import tomllib
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.models import Page

DESCRIPTIONS = {
    "subheading": _("A heading inside a section. The contents list leaves it out."),
    "text": _("Paragraphs, with bold, italics and links."),
    "bullets": _("Items in no particular order."),
    "nested_list": _("A list whose items have lists of their own. The Tab key moves an item inward."),
    "steps": _("What happens first, next and last. Each step can have one of the site’s drawings."),
    "points": _("Several short texts, each with a title."),
    "questions": _("What patients ask, and your answers."),
    "dos": _("What helps and what to avoid, in separate lists."),
    "checklist": _("What to do or bring, like before a visit, with boxes to check off on the printed page."),
    "callout": _("Good to know, be careful, or get help now. Use “urgent” only for what is urgent."),
    "image": _("An image, with a description for readers who can’t see it."),
    "illustration": _("A drawing that explains something, with a text that describes all it shows."),
    "video": _("A video of your own, with captions and a transcript."),
    "download": _("A file to save or print, with its type and size next to the link."),
    "quote": _("Someone else’s exact words, with who said them and where."),
    "table": _("Short facts in rows and columns, each with a heading."),
    "comparison": _("Options side by side: a column for each option and a row for each question."),
    "related": _("Other pages of this site to read next. Pages that readers can’t open are left out."),
}


def with_image(example: dict[str, str]) -> dict[str, Any]:
    return {**example, "image": get_image_model().objects.last()}


def newest_pages() -> list[Page]:
    return list(Page.objects.live().filter(depth__gt=2).order_by("-first_published_at")[:2])


EXAMPLES: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
EXAMPLES |= {name: partial(with_image, EXAMPLES[name]) for name in ("image", "illustration")}
EXAMPLES["related"] = newest_pages
