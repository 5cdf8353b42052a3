"""The pattern language of warning phrases, and an index of their words.

Each line is one way of saying it. `weak*/numb* leg/legs` means a word that begins with "weak" or "numb" and
"leg" or "legs", in any order and a few words apart, in one sentence. Words "in quotes" follow each other. A
line that begins with `~` isn't specific enough to send anyone to 911 or 988: it only moves the message to the
top. Long words are also recognized with one typo.
"""

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from clinic.text.lists import read_lists, split_words
from inquiries.lookup.search import is_one_typo, normalized

LOOK_FIRST = "~"
MIN_TYPO_LENGTH = 6  # letters; a typo in a shorter word is often another word
MAX_WORD_LENGTH = 20  # letters; the rest of a word is ignored
MAX_PLAIN_LENGTH = 12_000  # characters

WORD = re.compile(r"[^\W_]+")
GROUP = re.compile(r'(?:"[^"]*"|[^\s"])+')
EVERYDAY = read_lists(Path(__file__).with_name("everyday_words.txt"))
COMMON = set(split_words(EVERYDAY["Too common alone"]))
NO_TYPOS = set(split_words(EVERYDAY["No typing mistakes"]))


class Word(NamedTuple):
    text: str
    is_beginning: bool = False

    def fits(self, token: str) -> bool:
        if self.is_beginning:
            token = token[: len(self.text)]
        return token == self.text or (len(self.text) >= MIN_TYPO_LENGTH and is_typo(self.text, token))

    def is_too_common(self) -> bool:
        """Return whether it's a single letter, a number, or matches an everyday word."""
        if len(self.text) < 2 or self.text.isdigit():
            return True
        return self.text in COMMON or (self.is_beginning and any(w.startswith(self.text) for w in COMMON))


Group = list[list[Word]]  # alternatives, each of one or more consecutive words


class Line(NamedTuple):
    """One way of saying a phrase: groups that all have to match, close to each other."""

    groups: list[Group]
    is_specific: bool = True

    def has_words(self) -> bool:
        return bool(self.groups) and all(group and all(group) for group in self.groups)

    def too_common(self) -> str:
        """Return an everyday word that alone would match this line, or ""."""
        if len(self.groups) > 1:
            return ""
        single_words = (words[0] for words in self.groups[0] if len(words) == 1)
        return next((word.text for word in single_words if word.is_too_common()), "")


class Use(NamedTuple):
    """An alternative that ends with a given word, and its places in the lines."""

    before: tuple[Word, ...]  # the alternative's other words, right before that word
    places: tuple[tuple[int, int], ...]  # (line, group) of each place
    lines: frozenset[int]

    def ends_at(self, last: int, tokens: list[str]) -> bool:
        """Return whether `before` matches the words right before tokens[last]."""
        if not self.before:
            return True
        first = last - len(self.before)
        if first < 0:
            return False
        for word, token in zip(self.before, tokens[first:last], strict=True):  # noqa: SIM110 any() is slower
            if not word.fits(token):
                return False
        return True


def lines_of(text: str) -> list[Line]:
    lines = (line.strip() for line in text.splitlines())
    return [
        Line([alternatives(g) for g in GROUP.findall(line.lstrip(LOOK_FIRST))], line[0] != LOOK_FIRST)
        for line in lines
        if line
    ]


def alternatives(group: str) -> Group:
    return [
        [Word(word.rstrip("*"), word.endswith("*")) for word in normalized(way.replace("'", "")).split()]
        for way in group.replace('"', "").split("/")
        if way.strip()
    ]


def is_typo(word: str, token: str) -> bool:
    """Return whether `token` is `word` with one typo after the first letter."""
    return word[0] == token[:1] and token not in NO_TYPOS and is_one_typo(token, word)


def deletions(word: str) -> set[str]:
    """Return the word, and the word without each of its letters. Words one typo apart share one of these."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


class Index:
    """An index of the words of all phrases, built once for each version of the phrases."""

    def __init__(self, patterns: tuple[str, ...], crisis: frozenset[int] = frozenset()) -> None:
        """Index the patterns; `crisis` are the numbers of those about suicide."""
        self.lines: list[Line] = []
        self.phrases: list[int] = []  # the phrase number of each line
        for number, text in enumerate(patterns):
            lines = lines_of(text)
            self.lines += lines
            self.phrases += [number] * len(lines)
        self.crisis = {line for line, number in enumerate(self.phrases) if number in crisis}
        places: dict[tuple[Word, ...], list[tuple[int, int]]] = defaultdict(list)
        for number, line in enumerate(self.lines):
            for group, ways in enumerate(line.groups):
                for way in ways:
                    places[tuple(way)].append((number, group))
        self._uses: dict[Word, list[Use]] = defaultdict(list)
        for (*before, last), found in places.items():
            use = Use(tuple(before), tuple(found), frozenset(number for number, _ in found))
            self._uses[last].append(use)
        self._words: dict[str, list[Word]] = defaultdict(list)
        self._by_deletion: dict[str, list[Word]] = defaultdict(list)  # see deletions()
        for word in self._uses:
            self._words[word.text].append(word)
            if len(word.text) >= MIN_TYPO_LENGTH:
                for part in deletions(word.text):
                    self._by_deletion[part].append(word)
        self.uses = lru_cache(maxsize=4096)(self._find_uses)

    def _find_uses(self, token: str) -> list[Use]:
        """Return the uses that match a word of a message. The cost is the same for words of any length."""
        possible = {w for end in range(1, MAX_WORD_LENGTH + 1) for w in self._words.get(token[:end], ())}
        if token not in self._words:
            # A phrase's word can be a prefix, so check prefixes of every length for a typo.
            for end in range(MIN_TYPO_LENGTH - 1, min(len(token), MAX_WORD_LENGTH) + 1):
                for part in deletions(token[:end]):
                    possible.update(self._by_deletion.get(part, ()))
        return [use for word in possible if word.fits(token) for use in self._uses[word]]


def plain_words(message: str) -> str:
    """Convert to lower case, without accents and apostrophes. Normalization can lengthen it, so cut it."""
    return normalized(message.replace("'", "").replace("’", ""))[:MAX_PLAIN_LENGTH]


@lru_cache(maxsize=4)
def index_of(phrases: tuple[tuple[str, bool], ...]) -> Index:
    """Return the index of phrases, given as (patterns, is_crisis) pairs."""
    crisis = frozenset(number for number, (_, is_crisis) in enumerate(phrases) if is_crisis)
    return Index(tuple(patterns for patterns, _ in phrases), crisis)
