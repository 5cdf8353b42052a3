"""What somebody may have meant whose words are in no page: pages with words that are spelled nearly so."""

import re

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import TextField, Value
from django.db.models.functions import Concat, Greatest, NullIf
from wagtail.models import Page, PageQuerySet

from education.models import ArticlePage, TopicPage

WORD = re.compile(r"[^\W\d_]{5,}")  # shorter ones are like too many others
MOST_WORDS = 2  # the longest: those are the ones that nobody can spell
MOST_SUGGESTED = 3
# A thousand titles and leads take 25 ms a word; a site with more articles looks at its newest.
MOST_LOOKED_AT = 1000
LIKE_ENOUGH = 0.4  # of a word's runs of three letters: "vertabrae" has as many of "vertebral"


def similar_pages(pages: PageQuerySet, query: str) -> list[Page]:
    """The articles and topics among `pages` whose first words have one like one of the query's."""
    words = sorted(set(WORD.findall(query.casefold())), key=len)[-MOST_WORDS:]
    if not words:
        return []
    articles = ArticlePage.objects.order_by("-published_on", "-pk").for_lists()
    topics = TopicPage.objects.order_by("path")
    found = [*_alike(articles, "lead", pages, words), *_alike(topics, "introduction", pages, words)]
    return sorted(found, key=lambda page: -page.likeness)[:MOST_SUGGESTED]


def _alike(candidates, field, pages, words):
    looked_at = candidates.filter(page_ptr__in=pages)[:MOST_LOOKED_AT]
    text = Concat("title", Value(" "), field, output_field=TextField())
    # The search found none of the words. One that is in the index anyway is "should", "about" and the like.
    likeness = [NullIf(TrigramWordSimilarity(word, text), Value(1.0)) for word in words]
    alike = candidates.filter(pk__in=looked_at.values("pk"))
    alike = alike.annotate(likeness=Greatest(Value(0.0), *likeness)).filter(likeness__gte=LIKE_ENOUGH)
    return alike.order_by("-likeness", *candidates.query.order_by)[:MOST_SUGGESTED]
