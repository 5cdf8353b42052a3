"""The passage of a found page that has the words, with the words marked."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from education.search.words import index_entries

BEGIN, END = "\x02", "\x03"  # in no page's text: StreamFields and forms refuse them
MAX_WORDS = 10  # of a query
SHORTEST, LONGEST = 25, 40  # words
JOINT = re.compile(r"(?<=[.?!:;]),")  # where Wagtail has joined two texts, each with its own ending


def add_excerpts(pages: Iterable[Page], words: str) -> None:
    """Give each page its `excerpt`, "" if its text has none of the words."""
    config = "english"
    query = reduce(or_, (SearchQuery(word, config=config) for word in words.split()[:MAX_WORDS]))
    headline = SearchHeadline(
        "body_text",
        query,
        config=config,
        start_sel=BEGIN,
        stop_sel=END,
        min_words=SHORTEST,
        max_words=LONGEST,
    )
    entries = index_entries(page.pk for page in pages).annotate(excerpt=headline)
    excerpts = dict(entries.values_list("object_id", "excerpt"))
    for page in pages:
        # What patients look for who find an office is no text: its address says more.
        page.excerpt = "" if hasattr(page, "search_words") else marked(excerpts.get(str(page.pk), ""))


def marked(excerpt: str) -> SafeString | str:
    if BEGIN not in excerpt:
        return ""
    html = escape(JOINT.sub("", excerpt)).replace(BEGIN, "<mark>").replace(END, "</mark>")
    return mark_safe(f"… {html} …")  # noqa: S308 (escaped)
