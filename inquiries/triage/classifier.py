"""Whether a message reads like known emergencies, though no warning phrase says it in so many words.

Words, beginnings of words and pairs of neighbours weigh for or against, and otherwise right after a "no". The
weights are learned from the labelled messages of tests/inquiries, by `python -m tests.inquiries.learn`. No
sentence says why a message is found this way; so this adds to the phrases, and takes none of them back.
"""

import re
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

from inquiries.search import plain
from inquiries.triage.negation import DENIES

KINDS = ("emergency", "crisis")  # as Advice, and as the columns of the weights
LIMITS = {"emergency": -0.75, "crisis": -0.8}  # lower finds more, and more wrongly
START = -2  # of every message, before its words are weighed
WEIGHTS = Path(__file__).parent / "learned_weights.tsv"
FEW = 10  # features: what weighs little by itself weighs less still in so short a message
STRETCH = 40  # words
BEGINNINGS = (4, 5, 6)  # letters
DENIED = 2  # words after a denial
ENDS_DENIAL = {"and", "but", "i", "y", "pero", "?"}
WORD = re.compile(r"[^\W_]+|\?")


def words_of(message):
    """Its words, with ! before those denied and # for a number."""
    text = plain(message.replace("'", "").replace("’", ""))
    words, denied = [], 0
    for word in WORD.findall(text):
        is_denial = word in DENIES
        denied = DENIED if is_denial else 0 if word in ENDS_DENIAL else denied
        mark = "!" if denied and not is_denial else ""
        words.append(mark + ("#" if word.isdigit() else word))
        denied -= bool(mark)
    return words


def features(words):
    found = {*words, *map(" ".join, pairwise(words))}
    found.update(f"{word[:length]}*" for word in words for length in BEGINNINGS if len(word) > length)
    return found


def score(found, weights):
    """Above 0 if more likely one than not."""
    return START + sum(weights.get(feature, 0) for feature in found) / sqrt(len(found) + FEW)


def most(message, weights):
    """The highest score of a stretch: what is urgent in a long message must not drown in the rest."""
    words, step = words_of(message), STRETCH // 2
    starts = range(0, max(len(words) - step, 1), step)
    return max(score(features(words[start : start + STRETCH]), weights) for start in starts)


@cache
def learned():
    rows = [line.split("\t") for line in WEIGHTS.read_text().splitlines()]
    return {kind: {row[0]: float(row[number]) for row in rows} for number, kind in enumerate(KINDS, 1)}


def reads_like(kind, message):
    return most(message, learned()[kind]) > LIMITS[kind]
