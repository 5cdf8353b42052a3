"""Excerpts of search results with the matched words marked."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from education.search.spelling import index_entries

BEGIN, END = "\x02", "\x03"  # can't occur in a page: StreamFields and forms refuse them
MAX_QUERY_WORDS = 10
MIN_EXCERPT_WORDS, MAX_EXCERPT_WORDS = 25, 40
JOINT = re.compile(r"(?<=[.?!:;]),")  # a comma that Wagtail joined two texts with


def add_excerpts(pages: Iterable[Page], words: str) -> None:
    """Set each page's `excerpt`, "" if its text has none of the words."""
    config = "english"
    query = reduce(or_, (SearchQuery(word, config=config) for word in words.split()[:MAX_QUERY_WORDS]))
    headline = SearchHeadline(
        "body_text",
        query,
        config=config,
        start_sel=BEGIN,
        stop_sel=END,
        min_words=MIN_EXCERPT_WORDS,
        max_words=MAX_EXCERPT_WORDS,
    )
    entries = index_entries(page.pk for page in pages).annotate(excerpt=headline)
    excerpts = dict(entries.values_list("object_id", "excerpt"))
    for page in pages:
        # Offices match by keywords, not by text; their summary, the address, is more useful.
        page.excerpt = "" if hasattr(page, "search_words") else marked(excerpts.get(str(page.pk), ""))


def marked(excerpt: str) -> SafeString | str:
    if BEGIN not in excerpt:
        return ""
    html = escape(JOINT.sub("", excerpt)).replace(BEGIN, "<mark>").replace(END, "</mark>")
    return mark_safe(f"… {html} …")  # noqa: S308 (escaped)
