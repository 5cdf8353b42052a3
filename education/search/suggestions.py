"""What somebody may have meant whose words are in no page: articles with words that are spelled nearly so."""

import re

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import TextField, Value
from django.db.models.functions import Concat, Greatest, NullIf

from education.models import ArticlePage

WORD = re.compile(r"[^\W\d_]{5,}")  # shorter ones are like too many others
MOST_WORDS = 2  # the longest: those are the ones that nobody can spell
MOST_SUGGESTED = 3
# A thousand titles and leads take 25 ms a word; a site with more articles looks at its newest.
MOST_LOOKED_AT = 1000
LIKE_ENOUGH = 0.4  # of a word's runs of three letters: "vertabrae" has as many of "vertebral"


def similar_articles(pages, query):
    """The articles among `pages` whose title or lead has a word like one of the query's."""
    words = sorted(set(WORD.findall(query.casefold())), key=len)[-MOST_WORDS:]
    if not words:
        return []
    newest = ArticlePage.objects.filter(page_ptr__in=pages).order_by("-published_on", "-pk")[:MOST_LOOKED_AT]
    text = Concat("title", Value(" "), "lead", output_field=TextField())
    # A search has found none of the words. One that is there all the same is "should", "about" and the like.
    likeness = [NullIf(TrigramWordSimilarity(word, text), Value(1.0)) for word in words]
    articles = ArticlePage.objects.filter(pk__in=newest.values("pk")).for_lists()
    articles = articles.annotate(likeness=Greatest(Value(0.0), *likeness)).filter(likeness__gte=LIKE_ENOUGH)
    return articles.order_by("-likeness", "-published_on", "-pk")[:MOST_SUGGESTED]
