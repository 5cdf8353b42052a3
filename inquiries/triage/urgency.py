"""Finds warning phrases in what a patient wrote. It flags; it never blocks.

A phrase is written a line a way of saying it: `weak*/numb* leg/legs` means a word that begins with "weak" or
"numb" and "leg" or "legs", in any order and a few words apart, in one sentence. "in quotes" means these words
one after the other. Long words are also recognised with one typing mistake. What is denied ("no fever") or
long past ("a stroke in 2015") is passed over; where in doubt it is flagged: a missed emergency costs more.
A line `?emergency` or `?crisis` finds what reads like known ones (classifier.py) when no other phrase says
why.
"""

import re
from collections import Counter, defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from inquiries.choices import Advice
from inquiries.search import plain
from inquiries.triage import classifier
from inquiries.triage.judgement import Judgement
from inquiries.triage.negation import ACUTE, BREAKS, CHRONIC, DENIES, LONG_AGO, SAYS_LITTLE, SEGMENT
from inquiries.triage.overdose import is_overdose

GAP = 9  # words that may stand between those of a phrase
REACH = 6  # words before a phrase in which "no" denies it
CRISIS_REACH = 5  # …thoughts of suicide
TYPO_FROM = 6  # letters; shorter words differ by one letter and mean something else
LONGEST_WORD = 20

SENTENCE = re.compile(r"(?:\.(?!\d)|[!?;:\n\r()])+|\b(?:but|however|although|except|pero|sino|aunque)\b")
WORD = re.compile(r"[^\W_]+")
GROUP = re.compile(r'(?:"[^"]*"|[^\s"])+')

# Words of everyday use at a clinic that are one letter away from a phrase's word.
NO_TYPOS = {
    *["injection", "injections", "inject", "injecti", "infection", "infections"],
    *["inyeccion", "inyecciones", "inyec", "inyecc", "cuesta", "cuanto", "cuando"],
    *["reading", "waking", "leaving", "breaking", "forming"],
}


class Word(NamedTuple):
    text: str
    is_beginning: bool = False

    def fits(self, token):
        if self.is_beginning:
            return token.startswith(self.text) or is_typo(self.text, token[: len(self.text)])
        return token == self.text or is_typo(self.text, token)


class Hit(NamedTuple):
    first: int
    last: int
    group: int


def lines_of(text):
    """The lines of a phrase: each a list of groups, each a list of alternatives, each a list of Words."""
    lines = (line.strip() for line in text.splitlines())
    return [
        [alternatives(group) for group in GROUP.findall(line)] for line in lines if line and line[0] != "?"
    ]


def kinds_of(text):
    """What a message need only read like, says the text of a phrase."""
    return [line.strip()[1:] for line in text.splitlines() if line.strip().startswith("?")]


def alternatives(group):
    return [
        [Word(word.rstrip("*"), word.endswith("*")) for word in plain(way.replace("'", "")).split()]
        for way in group.replace('"', "").split("/")
        if way.strip()
    ]


def is_typo(word, token):
    """Whether `token` is `word` with one letter wrong, missing, doubled or swapped with its neighbour."""
    if token in NO_TYPOS or len(word) < TYPO_FROM or abs(len(word) - len(token)) > 1 or word[0] != token[:1]:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, token, strict=False)) if a != b), None)
    if start is None:
        return True
    a, b = word[start:], token[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])


def without_a_letter(word):
    """The word and all that is left of it without a letter; words one mistake apart share one of these."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


class Index:
    """The words of all phrases, found by the words of a message. Made once for each state of the phrases."""

    def __init__(self, patterns):
        self.lines = [(number, line) for number, text in enumerate(patterns) for line in lines_of(text)]
        self.kinds = {number: kinds for number, text in enumerate(patterns) if (kinds := kinds_of(text))}
        self.uses = defaultdict(list)  # of each Word: (line, group, way)
        self.words_in = {}  # (line, group, way): how many different words it needs
        for number, (_, line) in enumerate(self.lines):
            for group, ways in enumerate(line):
                for way, words in enumerate(ways):
                    self.words_in[number, group, way] = len(set(words))
                    for word in set(words):
                        self.uses[word].append((number, group, way))
        self.words = defaultdict(list)  # by their text
        self.nearly = defaultdict(list)  # by what is left of them without a letter
        for word in self.uses:
            self.words[word.text].append(word)
            if len(word.text) >= TYPO_FROM:
                for part in without_a_letter(word.text):
                    self.nearly[part].append(word)

    def fitting(self, token):
        """The phrases' words that a message's word is, begins with, or is with one mistake in it."""
        possible = {word for end in range(1, len(token) + 1) for word in self.words.get(token[:end], ())}
        if len(token) >= TYPO_FROM - 1:
            # A beginning may be followed by anything, so the mistake is looked for in every length.
            for end in range(TYPO_FROM - 1, min(len(token), LONGEST_WORD) + 1):
                for part in without_a_letter(token[:end]):
                    possible.update(self.nearly.get(part, ()))
        return [word for word in possible if word.fits(token)]


@lru_cache(maxsize=4)
def index_of(patterns):
    return Index(patterns)


class Vocabulary:
    """The different words of a message, and which of them a phrase's word fits."""

    def __init__(self, text, index):
        self.index = index
        self.tokens = defaultdict(set)
        for token in set(WORD.findall(text)):
            for word in index.fitting(token):
                self.tokens[word].add(token)

    def lines(self):
        """(phrase, line) of each line all of whose groups have an alternative whose words occur somewhere."""
        there = Counter(use for word in self.tokens for use in self.index.uses[word])
        groups = defaultdict(set)
        for (number, group, way), words in there.items():
            if words == self.index.words_in[number, group, way]:
                groups[number].add(group)
        lines = self.index.lines
        return [lines[number] for number, said in groups.items() if len(said) == len(lines[number][1])]


class Sentence:
    """One sentence, in words."""

    def __init__(self, text, vocabulary):
        self.text = text
        self.tokens = WORD.findall(text)
        self.segments = self._segments(text)
        self.vocabulary = vocabulary

    def _segments(self, text):
        """For each word, the part of the sentence (between commas and "and") that it stands in."""
        parts = []
        for part in SEGMENT.split(text):
            parts += [part] * len(WORD.findall(part))
        # "and" and "y" are words too; whichever part they are counted to does not matter.
        return parts + [text] * (len(self.tokens) - len(parts))

    def positions(self, word):
        fitting = self.vocabulary.tokens.get(word)
        return [i for i, token in enumerate(self.tokens) if token in fitting] if fitting else []

    def hits(self, line):
        for number, group in enumerate(line):
            for words in group:
                for first in self.positions(words[0]):
                    last = first + len(words) - 1
                    following = range(first + 1, last + 1)
                    if all(i in self.positions(w) for i, w in zip(following, words[1:], strict=True)):
                        yield Hit(first, last, number)

    def says(self, line, is_crisis):
        """Whether the line's groups stand close together, and neither denied nor long past.

        Thoughts of suicide are never past, and denied only by a word right before them.
        """
        hits = sorted(self.hits(line))
        for start, hit in enumerate(hits):
            chosen = self._window(hits[start:], hit.first, len(line))
            if (
                chosen
                and not self._is_denied(chosen, hits, is_crisis)
                and (is_crisis or not self._is_long_past(chosen))
            ):
                return True
        return False

    def _window(self, hits, first, groups):
        """One hit for each group, near `first`; None if they do not stand together."""
        chosen = {}
        for hit in hits:
            if hit.last - first < groups + GAP:
                chosen.setdefault(hit.group, hit)
        return chosen.values() if len(chosen) == groups else None

    def _is_denied(self, chosen, hits, is_crisis):
        reach = CRISIS_REACH if is_crisis else REACH
        used = {i for hit in hits for i in range(hit.first, hit.last + 1)}
        start, end = min(hit.first for hit in chosen), max(hit.last for hit in chosen)
        for i in range(end, max(start - reach, 0) - 1, -1):
            token = self.tokens[i]
            if i in used:
                continue
            if is_crisis and self.segments[i] != self.segments[start]:
                return False
            if token in BREAKS and i < start:
                return False
            if token in DENIES:
                return True
        return False

    def _is_long_past(self, chosen):
        where = {self.segments[i] for hit in chosen for i in (hit.first, hit.last)}
        if CHRONIC.search(self.text) and not ACUTE.search(self.text):
            return True
        return any(LONG_AGO.search(part) for part in where) and not any(ACUTE.search(part) for part in where)


def found_in(message, phrases):
    """Those of `phrases` (anything with `.patterns`) that the message says."""
    phrases = list(phrases)
    text = plain(message.replace("\n", ". ").replace("'", "").replace("’", ""))
    text = SAYS_LITTLE.sub(" ", text)
    index = index_of(tuple(phrase.patterns for phrase in phrases))
    vocabulary = Vocabulary(text, index)
    sentences = [Sentence(part, vocabulary) for part in SENTENCE.split(text) if part.strip()]
    said = {number for number, line in vocabulary.lines() if says(sentences, line, phrases[number])}
    found = [phrases[number] for number in sorted(said)]
    like = [
        phrases[number]
        for number, kinds in index.kinds.items()
        if is_like(phrases[number], kinds, message, found)
    ]
    return found + like


def judge(message: str, phrases) -> Judgement:
    judgement = Judgement.of(found_in(message, phrases))
    if judgement.advice and is_overdose(message):
        return replace(judgement, advice=Advice.POISON)
    return judgement


def says(sentences, line, phrase):
    is_crisis = phrase.advice == "crisis"
    return any(sentence.says(line, is_crisis) for sentence in sentences)


def is_like(phrase, kinds, message, found):
    """Whether the message reads like one of `kinds`. What is found already needs no such reason."""
    if any(other.advice in ("crisis", phrase.advice) for other in found):
        return False
    return any(classifier.reads_like(kind, message) for kind in kinds)
