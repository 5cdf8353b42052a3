"""Matching of messages against the lines of warning phrases, with bounded work.

Denied symptoms ("no fever") and past ones ("a stroke in 2015") don't count. The words are read in one pass;
each word, and each place in a phrase that it could fill, costs part of a budget. A message crafted to be slow
uses up the budget, and the rest isn't read.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from inquiries.triage.negation import (
    ACUTE,
    BREAKS,
    CHRONIC,
    DENIES,
    FILLERS,
    IN_GENERAL,
    LONG_AGO,
    OVER,
    SEGMENT,
)
from inquiries.triage.phrases import WORD, Index, plain_words

MAX_GAP = 9  # words allowed between the words of a phrase
DENIAL_REACH = 6  # words before a phrase in which "no" denies it
CRISIS_DENIAL_REACH = 5  # the same for thoughts of suicide
MAX_CHARACTERS = 6_000  # the form takes 5,000
MAX_WORDS = 1_500  # 5,000 characters of prose are about 1,000
MAX_WORK = 12_000  # prose of 5,000 characters takes about a third; see tests/inquiries/triage/test_cost.py
DENIAL_CHECK_COST = 20  # the work of checking for a denial, in words

SENTENCE = re.compile(r"(?:\.(?!\d)|[!?;:\n\r()])+|\b(?:but|however|although|except|pero|sino|aunque)\b")


class OverBudget(Exception):
    """The message takes more work than MAX_WORK."""


class Budget:
    """Counts the work that a message takes."""

    spent = 0

    def spend(self, work: int) -> None:
        self.spent += work
        if self.spent > MAX_WORK:
            raise OverBudget


class Matches(NamedTuple):
    """The numbers of the phrases found, and of those found by a specific line; see phrases.Line."""

    phrases: set[int]
    specific: set[int]
    is_complete: bool
    work: int


def sentences_of(message: str) -> list[str]:
    text = plain_words(message.replace("\n", ". "))
    return [part for part in SENTENCE.split(FILLERS.sub(" ", text)) if part.strip()]


def find(message: str, index: Index) -> Matches:
    """Find the phrases in a message of at most MAX_CHARACTERS."""
    budget, lines = Budget(), set[int]()
    is_complete = True
    sentences = [(text, WORD.findall(text)) for text in sentences_of(message)]
    words = 0
    possible = lines_with_all_groups({token for _, tokens in sentences for token in tokens}, index)
    try:
        for text, tokens in sentences:
            words += len(tokens)
            if words > MAX_WORDS:
                raise OverBudget
            sentence = Sentence(text, tokens)
            for line in sentence.lines(index, possible, budget):
                lines.add(line)
                possible.discard(line)
    except OverBudget:
        is_complete = False
    specific = {index.phrases[line] for line in lines if index.lines[line].is_specific}
    return Matches({index.phrases[line] for line in lines}, specific, is_complete, words + budget.spent)


def lines_with_all_groups(tokens: set[str], index: Index) -> set[int]:
    """Return the few lines with a word for each of their groups; only these need a closer check."""
    groups: dict[int, set[int]] = defaultdict(set)
    for token in tokens:
        for use in index.uses(token):
            for line, group in use.places:
                groups[line].add(group)
    return {line for line, found in groups.items() if len(found) == len(index.lines[line].groups)}


class Sentence:
    """A sentence of a message, split into words."""

    def __init__(self, text: str, tokens: list[str]) -> None:
        self.text, self.tokens = text, tokens
        self.segments = self._segments()
        self._searches: dict[tuple[re.Pattern[str], str], bool] = {}

    def _segments(self) -> list[str]:
        """Return for each word its part of the sentence, between commas and "and"."""
        parts: list[str] = []
        for part in SEGMENT.split(self.text):
            parts += [part] * len(WORD.findall(part))
        # "and" and "y" are words too; it doesn't matter which part they belong to.
        return parts + [self.text] * (len(self.tokens) - len(parts))

    def lines(self, index: Index, possible: set[int], budget: Budget) -> Iterator[int]:
        """Yield the lines of `possible` whose groups are close together, and neither denied nor past.

        Thoughts of suicide are past only with a year, and denied only by a word right before them.
        """
        latest: dict[int, dict[int, int]] = defaultdict(dict)  # line: {group: its latest position}
        used: dict[int, set[int]] = defaultdict(set)
        for last, token in enumerate(self.tokens):
            for use in index.uses(token):
                if use.lines.isdisjoint(possible) or not use.ends_at(last, self.tokens):
                    continue
                first = last - len(use.before)
                for line, group in use.places:
                    if line not in possible:
                        continue
                    budget.spend(1)
                    places = latest[line]
                    places[group] = first
                    used[line].update(range(first, last + 1))
                    groups = len(index.lines[line].groups)
                    if len(places) == groups and last - min(places.values()) < groups + MAX_GAP:
                        budget.spend(DENIAL_CHECK_COST)
                        if self._is_meant(places, last, used[line], line in index.crisis):
                            yield line

    def _is_meant(self, places: dict[int, int], last: int, used: set[int], is_crisis: bool) -> bool:
        return not self._is_denied(min(places.values()), last, used, is_crisis) and not self._is_over(
            places.values(), last, is_crisis
        )

    def _is_denied(self, start: int, end: int, used: set[int], is_crisis: bool) -> bool:
        for i in range(end, max(start - (CRISIS_DENIAL_REACH if is_crisis else DENIAL_REACH), 0) - 1, -1):
            if i in used:
                continue
            if is_crisis and self.segments[i] != self.segments[start]:
                return False
            if self.tokens[i] in BREAKS and i < start:
                return False
            if self.tokens[i] in DENIES:
                return True
        return False

    def _is_over(self, places, last: int, is_crisis: bool) -> bool:
        """Return whether it's long past, chronic, or a general question."""
        if is_crisis:
            return self._has(OVER, self.text)
        if not self._has(ACUTE, self.text) and (
            self._has(CHRONIC, self.text) or self._has(IN_GENERAL, self.text)
        ):
            return True
        parts = {self.segments[i] for i in (*places, last)}
        return any(self._has(LONG_AGO, part) for part in parts) and not any(
            self._has(ACUTE, part) for part in parts
        )

    def _has(self, pattern: re.Pattern[str], text: str) -> bool:
        """Return whether the pattern matches; the result is cached."""
        if (pattern, text) not in self._searches:
            self._searches[pattern, text] = bool(pattern.search(text))
        return self._searches[pattern, text]
