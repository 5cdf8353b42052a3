"""What editors see before they choose a block: a sentence about it, and a live preview of an example."""

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
    "bullets": _("Things that belong together, in no order."),
    "nested_list": _("A list whose items have lists of their own. The Tab key moves an item inward."),
    "steps": _("What happens first, next and last. Each step may have one of the site’s drawings."),
    "points": _("Several short texts, each with a title."),
    "questions": _("What patients ask, and your answers."),
    "dos": _("What helps and what to leave alone, each in a list of its own."),
    "checklist": _("What to do or bring, like before a visit, with boxes to check off on the printed page."),
    "callout": _(
        "A word of care: good to know, be careful, or get help now. Keep “urgent” for what is urgent."
    ),
    "image": _("A picture, with a description for readers who can’t see it."),
    "illustration": _("A drawing that explains something, with all that it shows also said in words."),
    "video": _("A video of your own, with captions and all of it in words."),
    "download": _("A file to keep or print, with its kind and size beside the link."),
    "quote": _("Somebody else’s words as they said them, with who said so and where."),
    "table": _("Short facts in rows. The headings and the first column name them."),
    "comparison": _("Options side by side: a column for each option, a row for each question."),
    "related": _("Other pages of this site to read next. What readers can’t open is left out."),
}


def illustrated(example: dict[str, str]) -> dict[str, Any]:
    return {**example, "image": get_image_model().objects.last()}


def newest_pages() -> list[Page]:
    return list(Page.objects.live().filter(depth__gt=2).order_by("-first_published_at")[:2])


EXAMPLES: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
EXAMPLES |= {name: partial(illustrated, EXAMPLES[name]) for name in ("image", "illustration")}
EXAMPLES["related"] = newest_pages
