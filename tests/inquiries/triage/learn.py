"""Learns the weights of inquiries/triage/classifier.py from the labelled messages.

Logistic regression by stochastic gradient descent, with a step of its own for each feature (AdaGrad). Before
it writes, it says how much of one writer's messages is found by what the others' messages teach. The sets
that docs/front-desk.md calls kept apart are never learned from.
"""

import random
from collections import Counter, defaultdict
from math import exp, sqrt
from pathlib import Path

from inquiries.triage import classifier

HERE = Path(__file__).parent
WRITERS = [
    ["", "_fresh", "_last"],
    ["_hard", "_veiled"],
    ["_triage", "_oblique"],
    ["_walkin", "_lessons", "_slots", "_fractures"],
]
ROUNDS, STEP, PULL = 20, 0.3, 3e-5
LEAST = 0.4  # weights nearer to nothing are left out


def labelled(name):
    lines = (HERE / f"warning_messages{name}.txt").read_text().splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def is_of(kind, label):
    return label == "crisis" if kind == "crisis" else label != "calm"


def learn(messages, kind):
    """The weight of each feature."""
    weights, steepness = defaultdict(float), defaultdict(lambda: 1e-6)
    examples = [
        (sorted(classifier.features(classifier.words_of(m))), is_of(kind, label)) for label, m in messages
    ]
    chance = random.Random(1)  # noqa: S311 the same weights each time
    for _ in range(ROUNDS):
        chance.shuffle(examples)
        for found, is_one in examples:
            size = 1 / sqrt(len(found) + classifier.FEW)
            error = 1 / (1 + exp(-classifier.score(found, weights))) - is_one
            for feature in found:
                slope = error * size + PULL * weights[feature]
                steepness[feature] += slope * slope
                weights[feature] -= STEP * slope / sqrt(steepness[feature])
    return {f: round(weight, 1) for f, weight in weights.items() if abs(weight) >= LEAST}


def report(sets):
    for names in WRITERS:
        others = [row for name, rows in sets.items() if name not in names for row in rows]
        weights = learn(others, "emergency")
        found = Counter(
            (label != "calm", classifier.most(message, weights) > classifier.LIMITS["emergency"])
            for name in names
            for label, message in sets[name]
        )
        real, flagged = found[True, True] + found[True, False], found[True, True] + found[False, True]
        print(
            f"{names}: {found[True, True]} of {real} found, {found[True, True] / flagged:.0%} of flags right"
        )


def write(columns):
    features = sorted(set().union(*columns))
    lines = ["\t".join([f, *(f"{column.get(f, 0):g}" for column in columns)]) for f in features]
    classifier.WEIGHTS.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    sets = {name: labelled(name) for names in WRITERS for name in names}
    offers = [(HERE / name).read_text().splitlines() for name in ("offers.txt", "not_offers.txt")]
    sets["offers"] = [("calm", message) for messages in offers for message in messages]
    report(sets)
    write([learn([row for rows in sets.values() for row in rows], kind) for kind in classifier.KINDS])
