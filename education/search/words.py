"""The words of all public pages, and the one that a mistyped word was probably meant to be."""

import re
from collections.abc import Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page, get_page_models
from wagtail.search.models import IndexEntry

from education.models import SearchSynonym, SearchWord

WORD = re.compile(r"[^\W\d_]{5,60}")  # shorter ones are like too many others
MAX_WORDS = 3  # of a query, the longest: they're the hardest to spell
MIN_SIMILARITY = 0.35  # of a word's runs of three letters: "vertabrae" shares half of those of "vertebrae"


def learn() -> None:
    """Bring the words up to date with what readers can find, and with what editors say they type."""
    words = sorted({word for text in texts() for word in WORD.findall(text.casefold())})
    with transaction.atomic():
        SearchWord.objects.exclude(word__in=words).delete()
        SearchWord.objects.bulk_create([SearchWord(word=word) for word in words], ignore_conflicts=True)


def texts() -> Iterator[str]:
    yield from SearchSynonym.objects.values_list("typed", flat=True)
    entries = index_entries(Page.objects.live().public().values_list("pk", flat=True))
    for entry in entries.values_list("title_text", "body_text").iterator():
        yield from entry


def index_entries(page_ids: Iterable[int]) -> QuerySet[IndexEntry]:
    """What Wagtail's search keeps of these pages."""
    types = ContentType.objects.get_for_models(*get_page_models()).values()
    return IndexEntry.objects.filter(content_type__in=types, object_id__in=[str(pk) for pk in page_ids])


def corrected(query: str) -> str:
    """The query with each word that no page has replaced by one that is spelled nearly so; "" for none."""
    text = query.casefold()
    words = sorted(set(WORD.findall(text)), key=len)[-MAX_WORDS:]
    known = set(SearchWord.objects.filter(word__in=words).values_list("word", flat=True)) if words else set()
    replaced = {word: alike for word in words if word not in known and (alike := most_like(word))}
    return WORD.sub(lambda word: replaced.get(word[0], word[0]), text) if replaced else ""


def most_like(word: str) -> str | None:
    alike = SearchWord.objects.filter(word__trigram_similar=word)  # by the index, from 0.3 on
    alike = alike.annotate(likeness=TrigramSimilarity("word", word)).filter(likeness__gte=MIN_SIMILARITY)
    return alike.order_by("-likeness", "word").values_list("word", flat=True).first()
