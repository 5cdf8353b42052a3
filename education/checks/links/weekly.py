"""Check the links of all live pages and store the broken ones for the report."""

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
MAX_RUN_SECONDS = 30 * 60
TEMPORARY_PROBLEMS = {Problem.NO_ANSWER, Problem.FAILS, Problem.NO_HOST}

EXTERNAL_URL = re.compile(r"https?://[^\s\"'<>\\]+")
INTERNAL_LINK = re.compile(r"<a [^>]*?\bid=\"(\d+)\"[^>]*>")

Links = dict[str, set[int]]  # {URL: IDs of the pages with this link}


def external_urls(text: str) -> set[str]:
    found = (unescape(address).rstrip(".,;:!?)]}") for address in EXTERNAL_URL.findall(text))
    return {address.partition("#")[0] for address in found if len(address.encode()) <= MAX_URL_LENGTH}


def texts_of(page: Page) -> Iterator[str]:
    streams = {field.name for field in page._meta.concrete_fields if isinstance(field, StreamField)}
    for name, value in json.loads(page.to_json()).items():
        yield from texts_in(json.loads(value or "[]") if name in streams else value)


def links_of_pages() -> tuple[Links, dict[int, set[int]]]:
    """Return the links of all live pages: external ones by URL, internal ones by page ID."""
    external: Links = defaultdict(set)
    internal: dict[int, set[int]] = defaultdict(set)
    for page in Page.objects.live().specific().iterator():
        if not isinstance(page, BasePage):
            continue
        for text in texts_of(page):
            for address in external_urls(text):
                external[address].add(page.pk)
            for tag in INTERNAL_LINK.finditer(text):
                if 'linktype="page"' in tag[0]:
                    internal[int(tag[1])].add(page.pk)
    return external, internal


def unpublished_links(internal: dict[int, set[int]]) -> dict[str, tuple[Problem, set[int]]]:
    live = set(Page.objects.live().filter(pk__in=internal).values_list("pk", flat=True))
    titles = dict(Page.objects.filter(pk__in=internal).values_list("pk", "title"))
    return {
        f"{titles.get(target, '')} (/admin/pages/{target}/)": (Problem.UNPUBLISHED, pages)
        for target, pages in internal.items()
        if target not in live
    }


def check_links() -> None:
    external, internal = links_of_pages()
    results = problems_of(sorted(external)[:MAX_LINKS])
    if len(results) > 1 and all(problem in TEMPORARY_PROBLEMS for problem in results.values()):
        logger.warning("no link could be checked: this server seems to reach no other")
        return
    broken = {address: (problem, external[address]) for address, problem in results.items() if problem}
    store(broken | unpublished_links(internal), unchecked=external.keys() - results.keys())


def problems_of(addresses: list[str]) -> dict[str, Problem | None]:
    """Check each URL until the time is up, and those with a temporary problem twice."""
    end = time.monotonic() + MAX_RUN_SECONDS
    results: dict[str, Problem | None] = {}
    for address in addresses:
        if time.monotonic() < end:
            results[address] = problem_of(address)
    for address, problem in results.items():
        if problem in TEMPORARY_PROBLEMS and time.monotonic() < end:
            results[address] = problem_of(address)
    return results


@transaction.atomic
def store(broken: dict[str, tuple[Problem, set[int]]], unchecked: set[str]) -> None:
    """Store broken links, keeping when each was first found; delete those that were fixed or removed."""
    broken_ids = []
    for address, (problem, pages) in broken.items():
        for page in Page.objects.filter(pk__in=pages):
            link, _created = BrokenLink.objects.update_or_create(
                page=page, address=address, defaults={"problem": problem}
            )
            broken_ids.append(link.pk)
    BrokenLink.objects.exclude(pk__in=broken_ids).exclude(address__in=unchecked).delete()
