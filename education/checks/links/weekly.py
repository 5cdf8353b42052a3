"""Check all links of the live pages, and store the broken ones for the report."""

import json
import logging
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from html import unescape

from django.db import transaction
from wagtail.fields import StreamField
from wagtail.models import Page

from education.blocks import texts_in
from education.checks.links.fetching import problem_of
from education.models import BrokenLink
from education.models.base import BasePage
from education.models.checks import MAX_URL_LENGTH

logger = logging.getLogger(__name__)
Problem = BrokenLink.Problem
MAX_LINKS = 2000
LONGEST_RUN = 30 * 60  # seconds
MAY_PASS = {Problem.NO_ANSWER, Problem.FAILS, Problem.NO_HOST}

FOREIGN = re.compile(r"https?://[^\s\"'<>\\]+")
OURS = re.compile(r"<a [^>]*?\bid=\"(\d+)\"[^>]*>")

Links = dict[str, set[int]]  # the pages that have an address


def foreign_links(text: str) -> set[str]:
    found = (unescape(address).rstrip(".,;:!?)]}") for address in FOREIGN.findall(text))
    return {address.partition("#")[0] for address in found if len(address.encode()) <= MAX_URL_LENGTH}


def texts_of(page: Page) -> Iterator[str]:
    streams = {field.name for field in page._meta.concrete_fields if isinstance(field, StreamField)}
    for name, value in json.loads(page.to_json()).items():
        yield from texts_in(json.loads(value or "[]") if name in streams else value)


def links_of_pages() -> tuple[Links, dict[int, set[int]]]:
    """Which pages have which links: to other sites by address, to ours by the page's id."""
    foreign: Links = defaultdict(set)
    ours: dict[int, set[int]] = defaultdict(set)
    for page in Page.objects.live().specific().iterator():
        if not isinstance(page, BasePage):
            continue
        for text in texts_of(page):
            for address in foreign_links(text):
                foreign[address].add(page.pk)
            for tag in OURS.finditer(text):
                if 'linktype="page"' in tag[0]:
                    ours[int(tag[1])].add(page.pk)
    return foreign, ours


def unpublished(ours: dict[int, set[int]]) -> dict[str, tuple[Problem, set[int]]]:
    live = set(Page.objects.live().filter(pk__in=ours).values_list("pk", flat=True))
    titles = dict(Page.objects.filter(pk__in=ours).values_list("pk", "title"))
    return {
        f"{titles.get(target, '')} (/admin/pages/{target}/)": (Problem.UNPUBLISHED, pages)
        for target, pages in ours.items()
        if target not in live
    }


def check_links() -> None:
    foreign, ours = links_of_pages()
    results = problems_of(sorted(foreign)[:MAX_LINKS])
    if len(results) > 1 and all(problem in MAY_PASS for problem in results.values()):
        logger.warning("no link could be checked: this server seems to reach no other")
        return
    broken = {address: (problem, foreign[address]) for address, problem in results.items() if problem}
    remember(broken | unpublished(ours), not_checked=foreign.keys() - results.keys())


def problems_of(addresses: list[str]) -> dict[str, Problem | None]:
    """Check each address until the time is up. Problems that may pass are checked twice."""
    end = time.monotonic() + LONGEST_RUN
    results: dict[str, Problem | None] = {}
    for address in addresses:
        if time.monotonic() < end:
            results[address] = problem_of(address)
    for address, problem in results.items():
        if problem in MAY_PASS and time.monotonic() < end:
            results[address] = problem_of(address)
    return results


@transaction.atomic
def remember(broken: dict[str, tuple[Problem, set[int]]], not_checked: set[str]) -> None:
    """Store broken links, with the day when each was first found; delete those that work or are gone."""
    kept = []
    for address, (problem, pages) in broken.items():
        for page in Page.objects.filter(pk__in=pages):
            link, _made = BrokenLink.objects.update_or_create(
                page=page, address=address, defaults={"problem": problem}
            )
            kept.append(link.pk)
    BrokenLink.objects.exclude(pk__in=kept).exclude(address__in=not_checked).delete()
