"""The content checks, each with a one-sentence fix."""

import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import brotli
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from clinic.caching.page_cache import BROTLI_QUALITY
from clinic.text.lists import read_lists, words_pattern
from education.checks.content import TITLE_SELECTOR, Passage, passages_of
from education.checks.reading import Reading, grade
from education.models import ArticlePage, BrokenLink, WordToAvoid

MAX_TITLE_LENGTH = 60  # search engines truncate longer ones
MIN_DESCRIPTION_LENGTH, MAX_DESCRIPTION_LENGTH = 50, 160
MAX_COMPRESSED_BYTES = 14 * 1024  # of a page; fits into the first round trip

PATTERNS = {
    name: words_pattern(lines) for name, lines in read_lists(Path(__file__).with_name("patterns.txt")).items()
}


def mentions(name: str, texts: list[str]) -> bool:
    return bool(PATTERNS[name].search("\n".join(texts).lower()))


class Examination:
    """A page being checked, as shown in the preview."""

    def __init__(self, page: Page, request: HttpRequest):
        self.page = page
        self.request = request
        self.passages = passages_of(page)

    @cached_property
    def language(self) -> str:
        chosen = getattr(self.page, "language", "")
        return chosen or (self.page.locale.language_code if self.page.locale_id else "en")

    @cached_property
    def readings(self) -> list[tuple[Passage, Reading]]:
        readings = ((passage, grade(passage.paragraphs, self.language)) for passage in self.passages)
        return [(passage, reading) for passage, reading in readings if reading]

    @cached_property
    def words_to_avoid(self) -> dict[str, dict[str, str]]:
        """Words to avoid on the page, with alternatives: {selector: {word: alternative}}."""
        instead = dict(WordToAvoid.objects.values_list("word", "instead"))
        if not instead:
            return {}
        one_of = "|".join(map(re.escape, sorted(instead, key=len, reverse=True)))
        pattern = re.compile(rf"\b({one_of})(?:s|es|d|ed)?\b", re.IGNORECASE)
        found = {
            passage.selector: {
                match[0].lower(): instead.get(match[1].casefold(), "")
                for match in pattern.finditer(passage.text)
            }
            for passage in self.passages
        }
        return {selector: words for selector, words in found.items() if words}

    @property
    def plainer_words(self) -> dict[str, str]:
        return {word: plain for words in self.words_to_avoid.values() for word, plain in words.items()}

    @cached_property
    def weight(self) -> int:
        """Compressed size in bytes of the page as served to readers."""
        request: Any = copy(self.request)
        request.in_preview_panel = False
        response = self.page.serve_preview(request, self.page.default_preview_mode)
        response.render()
        return len(brotli.compress(response.content, quality=BROTLI_QUALITY))


@dataclass(frozen=True)
class Check:
    name: str | Promise
    fix: str | Promise
    find: Callable[[Examination], Iterator[str]]


def hard_to_read(examined: Examination) -> Iterator[str]:
    yield from (passage.selector for passage, reading in examined.readings if reading.is_hard)


def words_to_avoid(examined: Examination) -> Iterator[str]:
    yield from examined.words_to_avoid


def no_risks(examined: Examination) -> Iterator[str]:
    headings = [passage.heading for passage in examined.passages]
    if isinstance(examined.page, ArticlePage) and not mentions("risks", headings):
        yield TITLE_SELECTOR


def no_help(examined: Examination) -> Iterator[str]:
    headings = [passage.heading for passage in examined.passages]
    says_when = mentions("help", headings) or any(passage.is_urgent for passage in examined.passages)
    if isinstance(examined.page, ArticlePage) and not says_when:
        yield TITLE_SELECTOR


def no_source(examined: Examination) -> Iterator[str]:
    """Find claims with figures or studies on a page without any source; if none, mark the title."""
    page = examined.page
    is_medical = getattr(page, "contains_medical_claims", False)
    if not is_medical or not hasattr(page, "sections") or getattr(page, "sources", None):
        return
    if any(p.names_source or any(link.is_external for link in p.links) for p in examined.passages):
        return
    claims = [passage.selector for passage in examined.passages if mentions("claims", passage.paragraphs)]
    yield from claims or [TITLE_SELECTOR]


def unchecked_source(examined: Examination) -> Iterator[str]:
    if any(not source.value.get("checked_on") for source in getattr(examined.page, "sources", ())):
        yield TITLE_SELECTOR


def vague_links(examined: Examination) -> Iterator[str]:
    for passage in examined.passages:
        if any(PATTERNS["vague links"].fullmatch(link.text.lower().strip(" .→>»")) for link in passage.links):
            yield passage.selector


def long_title(examined: Examination) -> Iterator[str]:
    if len(examined.page.seo_title or examined.page.title) > MAX_TITLE_LENGTH:
        yield TITLE_SELECTOR


def description_length(examined: Examination) -> Iterator[str]:
    summary = getattr(examined.page, "summary", examined.page.search_description)
    if not MIN_DESCRIPTION_LENGTH <= len(summary) <= MAX_DESCRIPTION_LENGTH:
        yield TITLE_SELECTOR


def broken_links(examined: Examination) -> Iterator[str]:
    if examined.page.pk and BrokenLink.objects.filter(page=examined.page.pk).exists():
        yield TITLE_SELECTOR


def heavy(examined: Examination) -> Iterator[str]:
    if examined.weight > MAX_COMPRESSED_BYTES:
        yield TITLE_SELECTOR


CHECKS = {
    "hard-to-read": Check(
        _("Hard to read"),
        _("Split the sentences shown under “Reading”, one thought each, and use shorter words."),
        hard_to_read,
    ),
    "word-to-avoid": Check(
        _("Words patients may not know"),
        _("Use the plainer words shown under “Reading”, or explain the word in the text."),
        words_to_avoid,
    ),
    "no-risks": Check(
        _("Nothing about risks"),
        _("Add a section with “risks” in its heading: what can go wrong, and how often."),
        no_risks,
    ),
    "no-help": Check(
        _("It doesn’t say when to get help"),
        _("Add an urgent callout, or a section “When to get help”, with the number to call."),
        no_help,
    ),
    "no-source": Check(
        _("Claims without a source"),
        _("Add the study or guideline that says so under “Sources”, with the date you checked it."),
        no_source,
    ),
    "unchecked-source": Check(
        _("A source without a check date"),
        _("Read it again, make sure it still supports the page, and enter today’s date under “Checked on”."),
        unchecked_source,
    ),
    "vague-link": Check(
        _("A link that doesn’t say where it goes"),
        _("Use link text that names the page, instead of “click here” or an address."),
        vague_links,
    ),
    "broken-link": Check(
        _("Broken links"),
        _("Replace or remove the links that Reports → Broken links lists for this page."),
        broken_links,
    ),
    "long-title": Check(
        _("Title too long for search engines"),
        _("Under “Promote”, enter a title tag of at most 60 characters."),
        long_title,
    ),
    "description-length": Check(
        _("Description too short or too long"),
        _("Under “Promote”, write a meta description of 50 to 160 characters."),
        description_length,
    ),
    "heavy": Check(
        _("Heavy page"),
        _("Shorten it, or split it into two pages: phones with a weak signal wait for more than 14 KB."),
        heavy,
    ),
}
