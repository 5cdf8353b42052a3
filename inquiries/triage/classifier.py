"""The learned score: how likely a message is an emergency or a crisis.

A logistic regression over words, pairs of words, beginnings of words, meanings (groups of words that mean
the same, in meanings.txt), pairs of meanings that stand close together, and the warning phrases that the
message says. The weights are trained by `make urgency-weights` (bench/urgency/train.py) and calibrated to
what a front desk gets: 19 calm messages to one urgent. Denied words have weights of their own; numbers have
none. Pure Python, and linear in the message.
"""

from collections import deque
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, log, sqrt
from pathlib import Path
from typing import NamedTuple

from inquiries.triage.negation import DENIES
from inquiries.triage.phrases import MAX_WORD_LENGTH, WORD, Index, plain_words

WEIGHTS = Path(__file__).parent / "learned_weights.tsv"
MEANINGS = Path(__file__).parent / "meanings.txt"
KINDS = ("emergency", "crisis")  # the columns of the weights
MIN_WORDS = 3  # a shorter message is too little to judge by
MIN_KNOWN_FEATURES = 4  # …and so are fewer known features
MAX_WORDS = 1_500
STRETCH_LENGTH = 40  # words that are judged together, so that a long message drowns nothing urgent
PREFIX_LENGTHS = (3, 4)  # letters
MAX_DISTANCE = 14  # words between two meanings that are seen together
SMOOTHING = 20  # added to the number of known features, so that each of very few weighs less
DENIAL_REACH = 2  # words after a denial
ENDS_DENIAL = {"and", "but", "i", "y", "pero"}
NUMBER = "#"
SUICIDE_SIGN_PREFIX = "crisis."  # begins the names of meanings that are counted as signs of suicide
MAX_SIGNS = 6


class Score(NamedTuple):
    """The probability of each kind, and of how many words it was judged by."""

    emergency: float = 0.0
    crisis: float = 0.0
    words: int = 0


def words_of(message: str) -> list[str]:
    """Its words, with ! before those denied and # for a number."""
    text = plain_words(message)
    words, denied = [], 0
    for word in WORD.findall(text)[:MAX_WORDS]:
        is_denial = word in DENIES
        denied = DENIAL_REACH if is_denial else 0 if word in ENDS_DENIAL else denied
        mark = "!" if denied and not is_denial else ""
        words.append(mark + (word[:MAX_WORD_LENGTH] if word.isalpha() else NUMBER))
        denied -= bool(mark)
    return words


def stretches(words: list[str]) -> Iterable[list[str]]:
    step = STRETCH_LENGTH // 2
    starts = range(0, max(len(words) - step, 1), step)
    return map(list, dict.fromkeys(tuple(words[start : start + STRETCH_LENGTH]) for start in starts))


@lru_cache(maxsize=4096)
def word_features(word: str) -> tuple[str, ...]:
    """The word itself and its beginnings."""
    if NUMBER in word:
        return ()
    mark, bare = ("!", word[1:]) if word[0] == "!" else ("", word)
    return (word, *(f"{mark}{bare[:length]}~" for length in PREFIX_LENGTHS if len(bare) >= length))


def features(words: list[str]) -> set[str]:
    """The features of a stretch; {…} is a meaning, {… …} two close together, {signs 3} three signs."""
    found = {feature for word in words for feature in word_features(word)}
    found.update(f"{a} {b}" for a, b in pairwise(words) if NUMBER not in a + b)
    found.update(f"{a} _ {b}" for a, b in zip(words, words[2:], strict=False) if NUMBER not in a + b)
    recent: deque[set[str]] = deque(maxlen=MAX_DISTANCE)
    for here in meanings(words):
        found.update(f"{{{name}}}" for name in here)
        near = set().union(*recent) if here else ()
        found.update(f"{{{min(a, b)} {max(a, b)}}}" for a in here for b in near if a != b)
        recent.append(here)
    signs = sum(name.startswith(f"{{{SUICIDE_SIGN_PREFIX}") and " " not in name for name in found)
    found.update(f"{{signs {number}}}" for number in range(2, min(signs, MAX_SIGNS) + 1))
    return found


def meanings(words: list[str]) -> Iterable[set[str]]:
    """For each word the meanings that end with it, with ! before those denied."""
    names, index = known_meanings()
    bare = [word.removeprefix("!") for word in words]
    for last, word in enumerate(bare):
        uses = (use for use in index.uses(word) if use.ends_at(last, bare))
        marked = ((words[last - len(use.before)][0], use.lines) for use in uses)
        yield {names[n] if mark != "!" else f"!{names[n]}" for mark, lines in marked for n in lines}


@cache
def known_meanings() -> tuple[list[str], Index]:
    """Their names, and an index of their words: a line each, `name: word/word*/"two words"`."""
    lines = MEANINGS.read_text(encoding="utf-8").splitlines()
    names, words = zip(*(line.split(": ") for line in lines), strict=True)
    return list(names), Index(words)


def feature_value(known: int) -> float:
    """The value of each feature, if so many are known."""
    return 1 / sqrt(known + SMOOTHING)


class Weights:
    """For each kind, a start value and a weight for each known feature."""

    def __init__(self, rows: Iterable[list[str]]) -> None:
        numbers = {feature: tuple(map(float, weights)) for feature, *weights in rows}
        self.start = numbers.pop("")
        self.weights = numbers

    def score(self, message: str, said: Iterable[str] = ()) -> Score:
        """The odds of its most urgent stretch, less in a long message; 0 if it's too little to judge by.

        Each of many stretches may read urgent by chance: the odds are divided by their number.
        `said` are the codes of the warning phrases in the message.
        """
        words = words_of(message)
        if len(words) < MIN_WORDS:
            return Score()
        phrases = {f"={code}" for code in said}
        parts = list(stretches(words))
        scores = [score for part in parts if (score := self._score(features(part) | phrases))]
        if not scores:
            return Score()
        odds = [max(kind) - log(len(parts)) for kind in zip(*scores, strict=True)]
        emergency, crisis = (1 / (1 + exp(-odd)) for odd in odds)
        return Score(emergency, crisis, len(words))

    def knows(self, code: str) -> bool:
        """Whether it learned what a warning phrase means."""
        return f"={code}" in self.weights

    def _score(self, found: set[str]) -> list[float] | None:
        """The logarithm of the odds of each kind."""
        known = [self.weights[feature] for feature in found if feature in self.weights]
        if len(known) < MIN_KNOWN_FEATURES:
            return None
        return [
            start + sum(weights) * feature_value(len(weights) - weights.count(0))
            for start, weights in zip(self.start, zip(*known, strict=True), strict=True)
        ]


@cache
def learned_weights() -> Weights:
    return Weights(line.split("\t") for line in WEIGHTS.read_text(encoding="utf-8").splitlines())
