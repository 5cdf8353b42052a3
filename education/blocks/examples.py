"""What editors see before they choose a block: a sentence about it, and a live preview of an example."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.models import Page

ILLUSTRATED = {"alt_text": "A picture", "caption": "A caption says what to look for."}


def illustrated() -> dict[str, Any]:
    """The newest picture of the library stands for the one to be chosen."""
    return {**ILLUSTRATED, "image": get_image_model().objects.last()}


def illustrated_at_length() -> dict[str, Any]:
    return {**illustrated(), "long_description": "<p>The drawing shows the spine from the side.</p>"}


def newest_pages() -> list[Page]:
    return list(Page.objects.live().filter(depth__gt=2).order_by("-first_published_at")[:2])


# The examples are for editors, who write in the site's language: they aren't translated.
EXAMPLES: dict[str, tuple[Any, Any]] = {
    "subheading": (_("A heading inside a section. The contents list leaves it out."), "What happens next"),
    "text": (
        _("Paragraphs, with bold, italics and links."),
        "<p>Most people walk on the same day. <b>Rest when you’re tired.</b></p>",
    ),
    "bullets": (
        _("Things that belong together, in no order."),
        ["<p>Your medicines</p>", "<p>Your insurance card</p>"],
    ),
    "nested_list": (
        _("A list whose items have lists of their own. The Tab key moves an item inward."),
        "<ul><li>At home<ul><li>Rest</li><li>Ice</li></ul></li><li>At the clinic</li></ul>",
    ),
    "steps": (
        _("What happens first, next and last. Each step may have one of the site’s drawings."),
        [{"text": "<p>You lie on your stomach.</p>"}, {"text": "<p>We numb the skin.</p>"}],
    ),
    "points": (
        _("Several short texts, each with a title."),
        [{"title": "A short stay", "text": "<p>Most people go home the same day.</p>"}],
    ),
    "questions": (
        _("What patients ask, and your answers."),
        [{"question": "Does it hurt?", "answer": "<p>We numb the skin first.</p>"}],
    ),
    "dos": (
        _("What helps and what to leave alone, each in a list of its own."),
        {
            "dos": ["<p>Walk a little every day.</p>", "<p>Lift with your knees bent.</p>"],
            "donts": ["<p>Stay in bed all day.</p>"],
        },
    ),
    "checklist": (
        _("What to do or bring, like before a visit, with boxes to check off on the printed page."),
        {
            "title": "Before your visit",
            "items": ["<p>A list of your medicines</p>", "<p>Somebody who drives you home</p>"],
        },
    ),
    "callout": (
        _("A word of care: good to know, be careful, or get help now. Keep “urgent” for what is urgent."),
        {"level": "caution", "text": "<p>Ask us before you stop taking a medicine.</p>"},
    ),
    "image": (_("A picture, with a description for readers who can’t see it."), illustrated),
    "illustration": (
        _("A drawing that explains something, with all that it shows also said in words."),
        illustrated_at_length,
    ),
    "video": (
        _("A video of your own, with captions and all of it in words."),
        {"title": "How to get out of bed", "transcript": "<p>Roll onto your side first.</p>"},
    ),
    "download": (
        _("A file to keep or print, with its kind and size beside the link."),
        {"title": "A medicine list to fill in"},
    ),
    "quote": (
        _("Somebody else’s words as they said them, with who said so and where."),
        {"quote": "<p>Words worth repeating.</p>", "source": "Who said so, and where"},
    ),
    "table": (
        _("Short facts in rows. The headings and the first column name them."),
        {
            "caption": "How long it takes",
            "columns": [{"type": "text", "heading": "What"}, {"type": "text", "heading": "How long"}],
            "rows": [{"values": ["First visit", "One hour"]}, {"values": ["Follow-up", "Half an hour"]}],
        },
    ),
    "comparison": (
        _("Options side by side: a column for each option, a row for each question."),
        {
            "caption": "Two ways to treat it",
            "columns": [{"type": "text", "heading": name} for name in ("", "Exercise", "Surgery")],
            "rows": [
                {"values": ["<p>Where?</p>", "<p>At home</p>", "<p>In a hospital</p>"]},
                {"values": ["<p>Who does it?</p>", "<p>You</p>", "<p>A surgeon</p>"]},
            ],
        },
    ),
    "related": (
        _("Other pages of this site to read next. What readers can’t open is left out."),
        newest_pages,
    ),
}
