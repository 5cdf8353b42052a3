"""Find pages by a patient's query: as typed, with synonyms replaced, and with spelling corrected."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from wagtail.models import PageQuerySet
from wagtail.search.backends.base import BaseSearchResults

from clinic.text.lists import read_lists
from education.models import SearchSynonym
from education.search.spelling import correct

ABOUT_THE_CLINIC = read_lists(Path(__file__).with_name("about_the_clinic.txt"))
SHORT_QUERY_WORDS = 3


@dataclass(frozen=True)
class SearchResult:
    pages: BaseSearchResults
    words: str  # the query that matched
    has_all_words: bool = True
    correction: str = ""  # suggested query
    is_corrected: bool = False  # the pages match the correction

    def clinic_answer_language(self, query: str) -> str:
        """Return "en" or "es" if the query asks about the clinic (hours, directions …), otherwise "".

        Longer queries count only if no page has all of their words.
        """
        words = query.casefold().split()
        if self.has_all_words and len(words) > SHORT_QUERY_WORDS:
            return ""
        words += self.words.casefold().split()
        known = [*ABOUT_THE_CLINIC["English"], *ABOUT_THE_CLINIC["Spanish"]]
        found = [match for word in words for match in get_close_matches(word.strip("?.,!¿¡"), known, 1, 0.87)]
        is_spanish = not set(found).isdisjoint(ABOUT_THE_CLINIC["Spanish"])
        return ("es" if is_spanish else "en") if found else ""


def find(pages: PageQuerySet, query: str) -> SearchResult:
    if exact := search_all_words(pages, query):
        return SearchResult(exact, query)
    reworded = replace_synonyms(query)
    if reworded != query.casefold() and (exact := search_all_words(pages, reworded)):
        return SearchResult(exact, reworded)
    # Pages seldom have all the words of a whole question.
    some = pages.search(reworded, operator="or")
    correction = correct(query)
    corrected = correction and search_all_words(pages, replace_synonyms(correction))
    if not corrected:
        return SearchResult(some, reworded, has_all_words=False)
    if some.count():
        return SearchResult(some, reworded, has_all_words=False, correction=correction)
    return SearchResult(corrected, replace_synonyms(correction), correction=correction, is_corrected=True)


def search_all_words(pages: PageQuerySet, words: str) -> BaseSearchResults | None:
    found = pages.search(words, operator="and")
    return found if found.count() else None


def replace_synonyms(query: str) -> str:
    """Replace each phrase that has a synonym with the pages' wording, longest phrases first."""
    text = " ".join(query.casefold().split())
    pairs = sorted(SearchSynonym.objects.values_list("typed", "searched"), key=lambda pair: -len(pair[0]))
    for typed, searched in pairs:
        replacement = searched.replace("\\", r"\\")  # not group references
        text = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", replacement, text)
    return text
