"""Train the weights of inquiries/triage/classifier.py: `make urgency-weights`.

L1-regularized logistic regression, which leaves most features without a weight; at most 5,000 weights are
written. Calibrated on messages of writers left out of training, weighted to 19 calm messages for one urgent.
It prints how each writer's messages are found by what the others' messages teach.
"""

from collections import Counter
from collections.abc import Iterator
from math import log
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench.urgency.messages import TRAINING, Message, read
from inquiries.triage import classifier, starter_phrases
from inquiries.triage.phrases import GROUP, LOOK_FIRST, Index

MOST_WEIGHTS = 5_000
SEEN_IN = 3  # stretches: rarer features teach nothing
STRENGTH = 4.0  # the C of scikit-learn
LEAST = 0.05  # what weighs less is left out
CALM_TO_URGENT = 19
FALSE_ALARMS = (0.005, 0.01, 0.03)


class Example(NamedTuple):
    label: str
    writer: str
    number: int  # of the message: long calm ones give several examples
    features: set[str]
    words: int


def groups() -> Index:
    """The groups of the starter phrases' lines: words that mean the same."""
    texts = "\n".join(patterns for *_, patterns in starter_phrases.PHRASES)
    lines = (line.lstrip(LOOK_FIRST) for line in texts.split("\n"))
    return Index(
        tuple(dict.fromkeys(g for line in lines for g in GROUP.findall(line) if "/" in g)), typos=False
    )


def examples(messages: list[Message], index: Index, *, in_stretches: bool) -> Iterator[Example]:
    for number, message in enumerate(messages):
        words = classifier.words_of(message.text)
        parts = [words]
        if in_stretches or message.label == "none":  # each stretch of a calm message is calm
            parts = list(classifier.stretches(words))
        for part in parts:
            yield Example(message.label, message.writer, number, classifier.features(part, index), len(part))


class Model:
    """Weights of one kind, by feature."""

    def __init__(self, kind: str, rows: list[Example]) -> None:
        # "Look first" teaches what is no crisis, but not what is no emergency: it's nearly one.
        rows = [row for row in rows if kind == "crisis" or row.label != "look-first"]
        seen = Counter(feature for row in rows for feature in row.features)
        self.columns = {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= SEEN_IN))}
        learner = LogisticRegression(l1_ratio=1, C=STRENGTH, solver="liblinear", tol=3e-3, random_state=1)
        learner.fit(self.matrix(rows), [row.label == kind for row in rows])
        self.start, self.coefficients = float(learner.intercept_[0]), learner.coef_[0]

    def matrix(self, rows: list[Example]) -> csr_matrix:
        known = [[f for f in row.features if f in self.columns] for row in rows]
        values = [classifier.value(f, row.words) for row, fs in zip(rows, known, strict=True) for f in fs]
        ends = np.cumsum([0, *(len(fs) for fs in known)])
        columns = [self.columns[f] for fs in known for f in fs]
        return csr_matrix((values, columns, ends), shape=(len(rows), len(self.columns)))

    def scores(self, rows: list[Example]) -> dict[int, float]:
        """The highest score of each message's stretches."""
        found: dict[int, float] = {}
        for row, score in zip(rows, self.matrix(rows) @ self.coefficients + self.start, strict=True):
            found[row.number] = max(score, found.get(row.number, score))
        return found


def calibration(scores: dict[int, float], messages: list[Message], kind: str) -> tuple[float, float]:
    """Platt's scaling: the factor and the addend that make a score the logarithm of the odds."""
    numbers = [n for n in scores if kind == "crisis" or messages[n].label != "look-first"]
    is_kind = np.array([messages[n].label == kind for n in numbers])
    weights = np.where(is_kind, 1.0, CALM_TO_URGENT * 2 * is_kind.sum() / (~is_kind).sum())
    learner = LogisticRegression(C=1e3).fit([[scores[n]] for n in numbers], is_kind, sample_weight=weights)
    return float(learner.coef_[0][0]), float(learner.intercept_[0])


def left_out(
    kind: str, messages: list[Message], learn: list[Example], judge: list[Example]
) -> dict[int, float]:
    """Each new writer's scores by a model that knows only the others."""
    scores: dict[int, float] = {}
    for writer in TRAINING:
        model = Model(kind, [row for row in learn if row.writer != writer])
        scores |= model.scores([row for row in judge if row.writer == writer])
    calm = sorted((scores[n] for n in scores if messages[n].label == "none"), reverse=True)
    real = [scores[n] for n in scores if messages[n].label == kind]
    for share in FALSE_ALARMS:
        limit = calm[int(share * len(calm))]
        print(
            f"{kind}: {np.mean([s > limit for s in real]):.1%} found at {share:.1%} false alarms", flush=True
        )
    return scores


def main() -> None:
    messages = read("training")
    index = groups()
    learn = list(examples(messages, index, in_stretches=False))
    judge = [e for e in examples(messages, index, in_stretches=True) if e.writer in TRAINING]
    columns: list[dict[str, float]] = []
    for kind in classifier.KINDS:
        factor, addend = calibration(left_out(kind, messages, learn, judge), messages, kind)
        model = Model(kind, learn)
        weights = dict(zip(model.columns, factor * model.coefficients, strict=True))
        heavy = {feature: weight for feature, weight in weights.items() if abs(weight) >= LEAST}
        columns.append(heavy | {"": factor * model.start + addend})
    write(columns, index)


def write(columns: list[dict[str, float]], index: Index) -> None:
    number = sum(len(column) for column in columns)
    if number > MOST_WEIGHTS:
        raise SystemExit(f"{number} weights are too many: lower STRENGTH")
    rows = (
        "\t".join([feature, *(f"{column.get(feature, 0):.3g}" for column in columns)])
        for feature in sorted(set().union(*columns))
    )
    classifier.WEIGHTS.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{number} weights, start odds {log(CALM_TO_URGENT):.1f} to 1 against")


if __name__ == "__main__":
    main()
