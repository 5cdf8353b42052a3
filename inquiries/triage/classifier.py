"""The learned score: how likely a message is an emergency or a crisis, though no phrase says so.

A logistic regression over words, pairs of words, pieces of words and groups of words that mean the same.
The weights are trained by `make urgency-weights` (bench/urgency/train.py) and calibrated to what a front
desk gets: 19 calm messages to one urgent. What is denied weighs apart from what is said; numbers weigh
nothing by themselves. Pure Python, and linear in the message.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, sqrt
from pathlib import Path
from typing import NamedTuple

from inquiries.triage.negation import DENIES
from inquiries.triage.phrases import LONGEST_WORD, WORD, Index, plain_words

WEIGHTS = Path(__file__).parent / "learned_weights.tsv"
KINDS = ("emergency", "crisis")  # the columns of the weights
LEAST_WORDS = 8  # a shorter message is too little to judge by
LEAST_KNOWN = 4  # …and so are fewer known words and pieces
MOST_WORDS = 1_500
STRETCH = 40  # words: what is urgent in a long message must not drown in the rest
PIECES = (4, 5)  # letters, a space before and after the word counted
FEW = 4  # words: in a very short stretch each weighs less
GROUP_WEIGHT = 2.0
DENIED = 2  # words after a denial
ENDS_DENIAL = {"and", "but", "i", "y", "pero"}
NUMBER = "#"


class Score(NamedTuple):
    """The probability of each kind, and of how many words it was judged by."""

    emergency: float = 0.0
    crisis: float = 0.0
    words: int = 0


def words_of(message: str) -> list[str]:
    """Its words, with ! before those denied and # for a number."""
    text = plain_words(message)
    words, denied = [], 0
    for word in WORD.findall(text)[:MOST_WORDS]:
        is_denial = word in DENIES
        denied = DENIED if is_denial else 0 if word in ENDS_DENIAL else denied
        mark = "!" if denied and not is_denial else ""
        words.append(mark + (NUMBER if word.isdigit() else word[:LONGEST_WORD]))
        denied -= bool(mark)
    return words


def stretches(words: list[str]) -> Iterable[list[str]]:
    step = STRETCH // 2
    starts = range(0, max(len(words) - step, 1), step)
    return map(list, dict.fromkeys(tuple(words[start : start + STRETCH]) for start in starts))


@lru_cache(maxsize=4096)
def word_features(word: str) -> tuple[str, ...]:
    """The word itself and its pieces."""
    mark = "!" if word[0] == "!" else ""
    bare = f" {word.removeprefix('!')} "
    if NUMBER in bare:
        return ()
    pieces = (bare[i : i + length] for length in PIECES for i in range(len(bare) - length + 1))
    return (word, *(f"{mark}~{piece}" for piece in pieces))


def features(words: list[str], groups: Index) -> set[str]:
    """What a stretch of words has; {…} is a group of words with the same meaning."""
    found = {feature for word in words for feature in word_features(word)}
    found.update(f"{a} {b}" for a, b in pairwise(words) if NUMBER not in a + b)
    found.update(f"{a} _ {b}" for a, b in zip(words, words[2:], strict=False) if NUMBER not in a + b)
    bare = [word.removeprefix("!") for word in words]
    for last, word in enumerate(bare):
        mark = "!" if words[last][0] == "!" else ""
        for use in groups.uses(word):
            if use.ends_at(last, bare):
                found.update(f"{mark}{{{groups.patterns[line]}}}" for line in use.lines)
    return found


def value(feature: str, words: int) -> float:
    return (GROUP_WEIGHT if "{" in feature[:2] else 1.0) / sqrt(words + FEW)


class Weights:
    """Of each kind a start, and a weight for each known feature; of the groups an index of their words."""

    def __init__(self, rows: list[list[str]]) -> None:
        numbers = {feature: tuple(map(float, weights)) for feature, *weights in rows}
        self.start = numbers.pop("")
        self.weights = numbers
        groups = (feature.lstrip("!")[1:-1] for feature in numbers if "{" in feature[:2])
        self.groups = Index(tuple(dict.fromkeys(groups)), typos=False)

    def score(self, message: str) -> Score:
        """The highest probability of any stretch; 0 if there is too little to judge by."""
        words = words_of(message)
        if len(words) < LEAST_WORDS:
            return Score()
        scores = [score for stretch in stretches(words) if (score := self._score(stretch))]
        if not scores:
            return Score()
        emergency, crisis = map(max, zip(*scores, strict=True))
        return Score(emergency, crisis, len(words))

    def _score(self, words: list[str]) -> list[float] | None:
        known = [feature for feature in features(words, self.groups) if feature in self.weights]
        if len(known) < LEAST_KNOWN:
            return None
        sums = list(self.start)
        for feature in known:
            for kind, weight in enumerate(self.weights[feature]):
                sums[kind] += weight * value(feature, len(words))
        return [1 / (1 + exp(-total)) for total in sums]


@cache
def learned() -> Weights:
    return Weights([line.split("\t") for line in WEIGHTS.read_text(encoding="utf-8").splitlines()])
