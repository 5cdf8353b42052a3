"""Train the weights of inquiries/triage/classifier.py: `make urgency-weights`.

L2-regularized logistic regression on the features that count most, found by dropping those that count least
again and again; at most 5,000 weights are written.
Calibrated on messages of writers left out of training, weighted to 19 calm messages for one urgent.
It prints how each fresh writer's messages are judged by what the others' messages teach, and writes the
weights that all of them teach.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression

from bench.urgency import evaluate
from bench.urgency.messages import FRESH, OTHERS, Message, read
from inquiries.triage import classifier, urgency

# Of each kind; in all at most 5,000. Thoughts of suicide are said in more ways.
MOST_FEATURES = {"emergency": 1_250, "crisis": 3_750}
BEGIN_WITH = 20_000
KEEP = 0.6  # of the features in each round
SEEN_IN = 3  # stretches, and…
SEEN_BY = 2  # …writers: rarer features teach nothing
STRENGTH = {"emergency": 2.0, "crisis": 1.0}  # the C of scikit-learn
RARITY = 1.5  # the exponent: what is said rarely tells more
CALM_TO_URGENT = 19

Rows = list[list[str]]  # a feature, and its weight in each column


class Example(NamedTuple):
    label: str
    writer: str
    number: int  # of the message: long ones give several examples
    features: set[str]
    teaches: bool  # the whole of an urgent message, each stretch of a calm one
    is_judged: bool  # each stretch


def examples(messages: list[Message]) -> Iterator[Example]:
    for number, message in enumerate(messages):
        words = classifier.words_of(message.text)
        said = {f"={code}" for code in urgency.codes_in(message.text, evaluate.PHRASES)}
        stretches = list(classifier.stretches(words))
        parts = stretches if words in stretches else [words, *stretches]
        for part in parts:
            is_stretch = part in stretches
            teaches = is_stretch if message.label == "none" else part == words
            found = classifier.features(part) | said
            yield Example(message.label, message.writer, number, found, teaches, is_stretch)


class Lessons:
    """All examples, as a matrix of which has which feature."""

    def __init__(self, messages: list[Message]) -> None:
        self.messages = messages
        rows = list(examples(messages))
        self.label = np.array([row.label for row in rows])
        self.writer = np.array([row.writer for row in rows])
        self.number = np.array([row.number for row in rows])
        self.teaches = np.array([row.teaches for row in rows])
        self.is_judged = np.array([row.is_judged for row in rows])
        seen = Counter(feature for row in rows for feature in row.features)
        self.names = sorted(feature for feature, times in seen.items() if times >= SEEN_IN)
        column = {feature: i for i, feature in enumerate(self.names)}
        known = [[column[f] for f in row.features if f in column] for row in rows]
        ends = np.cumsum([0, *map(len, known)])
        columns = [i for row in known for i in row]
        self.matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(self.names)))
        self.said_by = {name: self.matrix[self.writer == name].getnnz(0) > 0 for name in set(self.writer)}

    def seen_by(self, without: Sequence[str]) -> np.ndarray:
        """How many writers use each feature."""
        return sum(said for writer, said in self.said_by.items() if writer not in without)


class Model:
    """The weights of one kind, and where they start."""

    def __init__(self, kind: str, lessons: Lessons, without: Sequence[str] = ()) -> None:
        # "Look first" teaches what is no crisis, but not what is no emergency: it's nearly one.
        used = lessons.teaches & ~np.isin(lessons.writer, without)
        used &= (lessons.label != "look-first") | (kind == "crisis")
        matrix, is_kind = lessons.matrix[used], lessons.label[used] == kind
        seen = np.asarray(matrix.sum(0)).ravel()
        writers = lessons.seen_by(without)
        # What many writers say teaches most about new ones, but emergencies are said in much the same words.
        spread = writers if kind == "crisis" else seen
        scale = np.log(matrix.shape[0] / np.maximum(seen, 1)) ** RARITY
        scale *= (seen >= SEEN_IN) & (writers >= SEEN_BY)
        self._fit(matrix, scale, is_kind, STRENGTH[kind])
        most = BEGIN_WITH
        while most > MOST_FEATURES[kind]:
            most = max(int(most * KEEP), MOST_FEATURES[kind])
            matters = np.abs(self.weights) * np.sqrt(spread)
            scale[np.argsort(-matters)[most:]] = 0
            self._fit(matrix, scale, is_kind, STRENGTH[kind])

    def _fit(self, matrix: csr_matrix, scale: np.ndarray, is_kind: np.ndarray, strength: float) -> None:
        used = np.flatnonzero(scale)
        learner = LogisticRegression(C=strength, solver="liblinear", tol=1e-2, random_state=1)
        learner.fit(valued(matrix[:, used] @ diags(scale[used])), is_kind)
        self.weights, self.start = np.zeros(len(scale)), float(learner.intercept_[0])
        self.weights[used] = learner.coef_[0] * scale[used]

    def scores(self, lessons: Lessons, writer: str) -> dict[int, float]:
        """The highest score of any stretch, less the more there are, by the number of the message."""
        rows = np.flatnonzero(lessons.is_judged & (lessons.writer == writer))
        known = diags((self.weights != 0).astype(float))
        values = valued(lessons.matrix[rows] @ known) @ self.weights + self.start
        found: dict[int, float] = {}
        for number, score in zip(lessons.number[rows], values, strict=True):
            found[number] = max(score, found.get(number, score))
        stretches = Counter(lessons.number[rows])
        return {number: score - np.log(stretches[number]) for number, score in found.items()}

    def column(self, names: list[str], factor: float, addend: float) -> dict[str, float]:
        numbers = {names[i]: factor * self.weights[i] for i in np.flatnonzero(self.weights)}
        return numbers | {"": factor * self.start + addend}


def valued(matrix: csr_matrix) -> csr_matrix:
    """Each feature counts the less, the more there are in the example."""
    known = np.diff((matrix != 0).tocsr().indptr)
    return diags([classifier.value(number) for number in known]) @ matrix


def calibration(scores: dict[int, float], messages: list[Message], kind: str) -> tuple[float, float]:
    """Platt's scaling: the factor and the addend that make a score the logarithm of the odds."""
    numbers = [n for n in scores if kind == "crisis" or messages[n].label != "look-first"]
    is_kind = np.array([messages[n].label == kind for n in numbers])
    weights = np.where(is_kind, 1.0, CALM_TO_URGENT * 2 * is_kind.sum() / (~is_kind).sum())
    learner = LogisticRegression(C=1e3).fit([[scores[n]] for n in numbers], is_kind, sample_weight=weights)
    return float(learner.coef_[0][0]), float(learner.intercept_[0])


def rows_of(columns: list[dict[str, float]]) -> Rows:
    """Every starter phrase has a row, so that the score knows it from one that managers wrote."""
    phrases = {f"={phrase.code}" for phrase in evaluate.PHRASES}
    return [
        [feature, *(f"{column.get(feature, 0):.3g}" for column in columns)]
        for feature in sorted(phrases.union(*columns))
    ]


def main() -> None:
    messages = read((*FRESH, *OTHERS))
    lessons = Lessons(messages)
    scaling, folds = {}, {}
    for kind in classifier.KINDS:
        folds[kind] = {writer: Model(kind, lessons, [writer]) for writer in FRESH}
        scores: dict[int, float] = {}
        for writer, model in folds[kind].items():
            scores |= model.scores(lessons, writer)
        scaling[kind] = calibration(scores, messages, kind)
    judged: evaluate.Judged = []
    for writer in FRESH:
        columns = [folds[kind][writer].column(lessons.names, *scaling[kind]) for kind in classifier.KINDS]
        weights = classifier.Weights(rows_of(columns))
        judged += evaluate.judge_all((m for m in messages if m.writer == writer), weights)
    evaluate.show(judged)
    columns = [Model(k, lessons).column(lessons.names, *scaling[k]) for k in classifier.KINDS]
    lines = ("\t".join(row) for row in rows_of(columns))
    classifier.WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"\n{sum(map(len, columns)) - len(columns)} weights")


if __name__ == "__main__":
    main()
