"""The learned score: the probabilities that a message is an emergency or a crisis.

A logistic regression over words, word pairs, prefixes, meanings (groups of synonyms in meanings.txt), pairs
of meanings close to each other, and the warning phrases found. The weights are trained by `make
urgency-weights` (bench/urgency/train.py) and calibrated for a front desk's mail: 19 calm messages to one
urgent. Negated words have separate weights; numbers have none. Pure Python, linear in the message's length.
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
MIN_WORDS = 3  # messages with fewer aren't scored
MIN_KNOWN_FEATURES = 4  # stretches with fewer aren't scored
MAX_WORDS = 1_500
STRETCH_LENGTH = 40  # words scored together, so that a long message doesn't hide a few urgent words
PREFIX_LENGTHS = (3, 4)  # letters
MAX_DISTANCE = 14  # words between two meanings that form a pair
SMOOTHING = 20  # added to the number of known features, so that few features weigh less each
DENIAL_REACH = 2  # words after a denial
ENDS_DENIAL = {"and", "but", "i", "y", "pero"}
NUMBER = "#"
SUICIDE_SIGN_PREFIX = "crisis."  # of the names of meanings that count as signs of suicide
MAX_SIGNS = 6


class Score(NamedTuple):
    """The probability of each kind, and the number of words scored."""

    emergency: float = 0.0
    crisis: float = 0.0
    words: int = 0


def words_of(message: str) -> list[str]:
    """Return the message's words: negated ones start with "!", numbers are "#"."""
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
    """Return the distinct windows of STRETCH_LENGTH words, each overlapping the next by half."""
    step = STRETCH_LENGTH // 2
    starts = range(0, max(len(words) - step, 1), step)
    return map(list, dict.fromkeys(tuple(words[start : start + STRETCH_LENGTH]) for start in starts))


@lru_cache(maxsize=4096)
def word_features(word: str) -> tuple[str, ...]:
    """Return the word and its prefixes."""
    if NUMBER in word:
        return ()
    mark, bare = ("!", word[1:]) if word[0] == "!" else ("", word)
    return (word, *(f"{mark}{bare[:length]}~" for length in PREFIX_LENGTHS if len(bare) >= length))


def features(words: list[str]) -> set[str]:
    """Return a stretch's features: {…} is a meaning, {… …} a pair of meanings, {signs 3} three signs."""
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
    """Yield for each word the meanings that end with it; negated ones start with "!"."""
    names, index = known_meanings()
    bare = [word.removeprefix("!") for word in words]
    for last, word in enumerate(bare):
        uses = (use for use in index.uses(word) if use.ends_at(last, bare))
        marked = ((words[last - len(use.before)][0], use.lines) for use in uses)
        yield {names[n] if mark != "!" else f"!{names[n]}" for mark, lines in marked for n in lines}


@cache
def known_meanings() -> tuple[list[str], Index]:
    """Read names and words of the meanings: lines of `name: word/prefix*/"two words"`."""
    lines = MEANINGS.read_text(encoding="utf-8").splitlines()
    names, words = zip(*(line.split(": ") for line in lines), strict=True)
    return list(names), Index(words)


def feature_value(known: int) -> float:
    """Return the value of each feature in a stretch with that many known features."""
    return 1 / sqrt(known + SMOOTHING)


class Weights:
    """An intercept and the feature weights for each kind."""

    def __init__(self, rows: Iterable[list[str]]) -> None:
        numbers = {feature: tuple(map(float, weights)) for feature, *weights in rows}
        self.start = numbers.pop("")
        self.weights = numbers

    def score(self, message: str, phrase_codes: Iterable[str] = ()) -> Score:
        """Return the score of the most urgent stretch; zeros if there's too little text to judge.

        Any stretch can read urgent by chance, so the odds are divided by the number of stretches.
        `phrase_codes` are the codes of the warning phrases in the message.
        """
        words = words_of(message)
        if len(words) < MIN_WORDS:
            return Score()
        phrases = {f"={code}" for code in phrase_codes}
        parts = list(stretches(words))
        scores = [score for part in parts if (score := self._log_odds(features(part) | phrases))]
        if not scores:
            return Score()
        log_odds = [max(kind) - log(len(parts)) for kind in zip(*scores, strict=True)]
        emergency, crisis = (1 / (1 + exp(-each)) for each in log_odds)
        return Score(emergency, crisis, len(words))

    def knows(self, code: str) -> bool:
        """Return whether the weights were trained with this warning phrase."""
        return f"={code}" in self.weights

    def _log_odds(self, found: set[str]) -> list[float] | None:
        """Return the log odds of each kind, or None if too few features are known."""
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
