"""Spelling correction of queries, based on the words of all public pages."""

import re
from collections.abc import Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page, get_page_models
from wagtail.search.models import IndexEntry

from education.models import SearchSynonym, SearchWord

WORD = re.compile(r"[^\W\d_]{5,60}")  # shorter words resemble too many others
MAX_CORRECTED_WORDS = 3  # the longest of a query, which are the hardest to spell
MIN_SIMILARITY = 0.35  # share of trigrams in common: 0.5 for "vertabrae" and "vertebrae"


def update_search_words() -> None:
    """Update the known words from all public pages and from the phrases that have synonyms."""
    words = sorted({word for text in _searchable_texts() for word in WORD.findall(text.casefold())})
    with transaction.atomic():
        SearchWord.objects.exclude(word__in=words).delete()
        SearchWord.objects.bulk_create([SearchWord(word=word) for word in words], ignore_conflicts=True)


def _searchable_texts() -> Iterator[str]:
    yield from SearchSynonym.objects.values_list("typed", flat=True)
    entries = index_entries(Page.objects.live().public().values_list("pk", flat=True))
    for entry in entries.values_list("title_text", "body_text").iterator():
        yield from entry


def index_entries(page_ids: Iterable[int]) -> QuerySet[IndexEntry]:
    """Return the entries of these pages in Wagtail's search index."""
    types = ContentType.objects.get_for_models(*get_page_models()).values()
    return IndexEntry.objects.filter(content_type__in=types, object_id__in=[str(pk) for pk in page_ids])


def correct(query: str) -> str:
    """Replace words that no page has with similar ones; return "" if there are none."""
    text = query.casefold()
    words = sorted(set(WORD.findall(text)), key=len)[-MAX_CORRECTED_WORDS:]
    known = set(SearchWord.objects.filter(word__in=words).values_list("word", flat=True)) if words else set()
    replaced = {word: similar for word in words if word not in known and (similar := _most_similar(word))}
    return WORD.sub(lambda word: replaced.get(word[0], word[0]), text) if replaced else ""


def _most_similar(word: str) -> str | None:
    similar = SearchWord.objects.filter(word__trigram_similar=word)  # uses the index; similarity > 0.3
    similar = similar.annotate(similarity=TrigramSimilarity("word", word))
    similar = similar.filter(similarity__gte=MIN_SIMILARITY).order_by("-similarity", "word")
    return similar.values_list("word", flat=True).first()
