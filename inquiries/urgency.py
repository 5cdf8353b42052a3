"""Finds warning phrases in what a patient wrote. It flags; it never blocks.

A phrase is written a line a way of saying it: `weak*/numb* leg/legs` means a word that begins with "weak" or
"numb" and "leg" or "legs", in any order and a few words apart, in one sentence. "in quotes" means these words
one after the other. Long words are also recognised with one typing mistake. What is denied ("no fever") or
long past ("a stroke in 2015") is passed over; where in doubt it is flagged: a missed emergency costs more.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from inquiries.search import plain

GAP = 7  # words that may stand between those of a phrase
REACH = 6  # words before a phrase in which "no" denies it
TYPO_FROM = 6  # letters; shorter words differ by one letter and mean something else

SENTENCE = re.compile(r"(?:\.(?!\d)|[!?;:\n\r()])+|\b(?:but|however|although|except|pero|sino|aunque)\b")
WORD = re.compile(r"[^\W_]+")
GROUP = re.compile(r'(?:"[^"]*"|[^\s"])+')
SAYS_LITTLE = re.compile(
    r"\b(?:not sure|dont know|not know|dont want to (?:bother|disturb)|(?:is )?not an emergency"
    r"|not only|no se si|no quiero molestar|no es (?:una )?emergencia)\b"
)

DENIES = set("no not without denies deny denied never none nor neither sin ni nunca niega tampoco".split())  # noqa: SIM905
DENIES |= {"dont", "doesnt", "isnt", "havent", "hasnt", "didnt", "wasnt"}
# After one of these something new is said, and what was denied before it no longer counts.
BREAKS = set("i im ive my mi his her we it now then since because when ahora desde".split())  # noqa: SIM905
SEGMENT = re.compile(r",|\band\b|\by\b")
LONG_AGO = re.compile(
    r"\b(?:19|20)\d\d\b|\byears? ago\b|\b(?:for|since) (?:\w+ )?years\b|\blast (?:month|year|winter|summer)\b"
    r"|\bside effects?\b|\brisks?\b|\bhow often\b|\bwarning signs?\b|\bstable\b|\bfamily history\b"
    r"|\bdesde hace (?:\w+ )?anos\b|\bhace (?:\w+ )?anos\b|\briesgos?\b|\befectos? secundarios?\b"
)
ACUTE = re.compile(
    r"\b(?:now|today|tonight|yesterday|sudden\w*|(?<!nothing )new|worse|this (?:morning|week)"
    r"|last night|hoy|ayer|ahora|repente)\b"
)


# Words of everyday use at a clinic that are one letter away from a phrase's word.
NO_TYPOS = {"injection", "injections", "infection", "infections", "reading", "waking", "leaving", "breaking"}


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


@lru_cache(maxsize=512)
def lines_of(text):
    """The lines of a phrase: each a list of groups, each a list of alternatives, each a list of Words."""
    return [
        [alternatives(group) for group in GROUP.findall(line)] for line in text.splitlines() if line.strip()
    ]


def alternatives(group):
    return [
        [Word(word.rstrip("*"), word.endswith("*")) for word in plain(way.replace("'", "")).split()]
        for way in group.replace('"', "").split("/")
        if way.strip()
    ]


@lru_cache(maxsize=100_000)
def is_typo(word, token):
    """Whether `token` is `word` with one letter wrong, missing, doubled or swapped with its neighbour."""
    if token in NO_TYPOS or len(word) < TYPO_FROM or abs(len(word) - len(token)) > 1 or word[0] != token[:1]:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, token, strict=False)) if a != b), None)
    if start is None:
        return True
    a, b = word[start:], token[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])


class Vocabulary:
    """The different words of a message, and which of them a phrase's word fits."""

    def __init__(self, text):
        self.by_letter = {}
        for token in set(WORD.findall(text)):
            self.by_letter.setdefault(token[0], []).append(token)
        self.memo = {}

    def fitting(self, word):
        if word not in self.memo:
            tokens = self.by_letter.get(word.text[:1], [])
            self.memo[word] = {token for token in tokens if word.fits(token)}
        return self.memo[word]

    def may_say(self, line):
        """Whether each group has an alternative whose words all occur somewhere."""
        return all(any(all(self.fitting(word) for word in words) for words in group) for group in line)


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
        fitting = self.vocabulary.fitting(word)
        return [i for i, token in enumerate(self.tokens) if token in fitting] if fitting else []

    def hits(self, line):
        for number, group in enumerate(line):
            for words in group:
                for first in self.positions(words[0]):
                    last = first + len(words) - 1
                    following = range(first + 1, last + 1)
                    if all(i in self.positions(w) for i, w in zip(following, words[1:], strict=True)):
                        yield Hit(first, last, number)

    def says(self, line):
        """Whether the line's groups stand close together, and neither denied nor long past."""
        hits = sorted(self.hits(line))
        for start, hit in enumerate(hits):
            chosen = self._window(hits[start:], hit.first, len(line))
            if chosen and not self._is_denied(chosen) and not self._is_long_past(chosen):
                return True
        return False

    def _window(self, hits, first, groups):
        """One hit for each group, near `first`; None if they do not stand together."""
        chosen = {}
        for hit in hits:
            if hit.last - first < groups + GAP:
                chosen.setdefault(hit.group, hit)
        return chosen.values() if len(chosen) == groups else None

    def _is_denied(self, chosen):
        used = {i for hit in chosen for i in range(hit.first, hit.last + 1)}
        start, end = min(used), max(used)
        for i in range(end, max(start - REACH, 0) - 1, -1):
            token = self.tokens[i]
            if i in used:
                continue
            if token in BREAKS and i < start:
                return False
            if token in DENIES:
                return True
        return False

    def _is_long_past(self, chosen):
        where = {self.segments[i] for hit in chosen for i in (hit.first, hit.last)}
        if "nothing new" in self.text:
            return True
        return any(LONG_AGO.search(part) for part in where) and not any(ACUTE.search(part) for part in where)


def found_in(message, phrases):
    """Those of `phrases` (anything with `.patterns`) that the message says."""
    text = plain(message.replace("\n", ". ").replace("'", "").replace("’", ""))
    text = SAYS_LITTLE.sub(" ", text)
    vocabulary = Vocabulary(text)
    sentences = [Sentence(part, vocabulary) for part in SENTENCE.split(text) if part.strip()]
    return [phrase for phrase in phrases if says(sentences, vocabulary, phrase)]


def says(sentences, vocabulary, phrase):
    lines = [line for line in lines_of(phrase.patterns) if vocabulary.may_say(line)]
    return any(sentence.says(line) for line in lines for sentence in sentences)
