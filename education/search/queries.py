"""Find pages by a patient's words: as typed, as our pages say it, and with typing mistakes corrected."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from wagtail.models import PageQuerySet
from wagtail.search.backends.base import BaseSearchResults

from clinic.text.lists import read_lists
from education.models import SearchSynonym
from education.search.words import corrected

ABOUT_THE_CLINIC = read_lists(Path(__file__).with_name("about_the_clinic.txt"))
FEW_WORDS = 3


@dataclass(frozen=True)
class Found:
    pages: BaseSearchResults
    words: str  # what the pages were found by
    has_all_words: bool = True
    correction: str = ""  # what was probably meant
    is_corrected: bool = False  # the pages are those with the correction

    def language_about_clinic(self, query: str) -> str:
        """ "en" or "es" if it asks for an appointment, hours, the way …; "" if it doesn't.

        That's asked in a few words, or where no page has all of them.
        """
        words = query.casefold().split()
        if self.has_all_words and len(words) > FEW_WORDS:
            return ""
        words += self.words.casefold().split()
        known = [*ABOUT_THE_CLINIC["English"], *ABOUT_THE_CLINIC["Spanish"]]
        found = [match for word in words for match in get_close_matches(word.strip("?.,!¿¡"), known, 1, 0.87)]
        is_spanish = not set(found).isdisjoint(ABOUT_THE_CLINIC["Spanish"])
        return ("es" if is_spanish else "en") if found else ""


def find(pages: PageQuerySet, query: str) -> Found:
    if exact := with_all(pages, query):
        return Found(exact, query)
    meant = in_our_words(query)
    if meant != query.casefold() and (exact := with_all(pages, meant)):
        return Found(exact, meant)
    # People ask whole questions; pages seldom have all of their words.
    some = pages.search(meant, operator="or")
    correction = corrected(query)
    better = correction and with_all(pages, in_our_words(correction))
    if not better:
        return Found(some, meant, has_all_words=False)
    if some.count():
        return Found(some, meant, has_all_words=False, correction=correction)
    return Found(better, in_our_words(correction), correction=correction, is_corrected=True)


def with_all(pages: PageQuerySet, words: str) -> BaseSearchResults | None:
    found = pages.search(words, operator="and")
    return found if found.count() else None


def in_our_words(query: str) -> str:
    """The query with each known phrase replaced by what our pages say, longest first."""
    text = " ".join(query.casefold().split())
    pairs = sorted(SearchSynonym.objects.values_list("typed", "searched"), key=lambda pair: -len(pair[0]))
    for typed, searched in pairs:
        replacement = searched.replace("\\", r"\\")  # no group references
        text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", replacement, text)
    return text
