"""Replace the words of a search by the words that our pages use."""

import re

from education.models import SearchSynonym


def in_our_words(query: str) -> str:
    """The query with each known phrase replaced, longest first; as it is where none is in it."""
    text = " ".join(query.casefold().split())
    pairs = sorted(SearchSynonym.objects.values_list("typed", "searched"), key=lambda pair: -len(pair[0]))
    for typed, searched in pairs:
        replacement = searched.replace("\\", r"\\")  # no group references
        text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", replacement, text)
    return text
