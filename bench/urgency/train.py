"""Train the weights of inquiries/triage/classifier.py: `make urgency-weights`.

L2-regularized logistic regression that repeatedly drops the least important features, down to 5,000 weights.
The score is calibrated on writers left out of training, weighted to 19 calm messages for each urgent one.
Prints the results of leave-one-writer-out cross-validation, and writes the weights trained on all messages.
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
from inquiries.triage.starter_phrases import PHRASES

# At most 5,000 in total. Suicidal thoughts are expressed in more ways than emergencies.
MAX_FEATURES = {"emergency": 1_250, "crisis": 3_750}
INITIAL_FEATURES = 20_000
KEPT_SHARE = 0.6  # of the features in each round
MIN_STRETCHES = 3  # ignore features in fewer stretches of text…
MIN_WRITERS = 2  # …or by fewer writers
INVERSE_REGULARIZATION = {"emergency": 2.0, "crisis": 1.0}  # scikit-learn's C
RARITY_EXPONENT = 1.5  # rare features weigh more
CALM_PER_URGENT = 19

Rows = list[list[str]]  # a feature and its weight for each kind


class Example(NamedTuple):
    label: str
    writer: str
    number: int  # of the message, because a long one is split into several examples
    features: set[str]
    is_trained: bool  # used for training: whole urgent messages, stretches of calm ones
    is_judged: bool  # used for scores: stretches


def split_messages(messages: list[Message]) -> Iterator[Example]:
    for number, message in enumerate(messages):
        words = classifier.words_of(message.text)
        phrases = {f"={code}" for code in urgency.codes_in(message.text, PHRASES)}
        stretches = list(classifier.stretches(words))
        parts = stretches if words in stretches else [words, *stretches]
        for part in parts:
            is_stretch = part in stretches
            is_trained = is_stretch if message.label == "none" else part == words
            features = classifier.features(part) | phrases
            yield Example(message.label, message.writer, number, features, is_trained, is_stretch)


class Examples:
    """All examples, as a matrix of examples and features."""

    def __init__(self, messages: list[Message]) -> None:
        self.messages = messages
        rows = list(split_messages(messages))
        self.label = np.array([row.label for row in rows])
        self.writer = np.array([row.writer for row in rows])
        self.number = np.array([row.number for row in rows])
        self.is_trained = np.array([row.is_trained for row in rows])
        self.is_judged = np.array([row.is_judged for row in rows])
        seen = Counter(feature for row in rows for feature in row.features)
        self.names = sorted(feature for feature, times in seen.items() if times >= MIN_STRETCHES)
        column = {feature: i for i, feature in enumerate(self.names)}
        known = [[column[f] for f in row.features if f in column] for row in rows]
        ends = np.cumsum([0, *map(len, known)])
        columns = [i for row in known for i in row]
        self.matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(self.names)))
        self.used_by = {name: self.matrix[self.writer == name].getnnz(0) > 0 for name in set(self.writer)}

    def count_writers(self, without: Sequence[str]) -> np.ndarray:
        """Return how many writers use each feature."""
        return sum(uses for writer, uses in self.used_by.items() if writer not in without)


class Model:
    """The weights and the intercept for one kind."""

    def __init__(self, kind: str, examples: Examples, without: Sequence[str] = ()) -> None:
        # "Look first" messages are nearly emergencies, so they're negative examples only for crises.
        used = examples.is_trained & ~np.isin(examples.writer, without)
        used &= (examples.label != "look-first") | (kind == "crisis")
        matrix, is_kind = examples.matrix[used], examples.label[used] == kind
        seen = np.asarray(matrix.sum(0)).ravel()
        writers = examples.count_writers(without)
        # Words of many writers generalize best, but emergencies are described in much the same words.
        frequency = writers if kind == "crisis" else seen
        scale = np.log(matrix.shape[0] / np.maximum(seen, 1)) ** RARITY_EXPONENT
        scale *= (seen >= MIN_STRETCHES) & (writers >= MIN_WRITERS)
        self._fit(matrix, scale, is_kind, INVERSE_REGULARIZATION[kind])
        limit = INITIAL_FEATURES
        while limit > MAX_FEATURES[kind]:
            limit = max(int(limit * KEPT_SHARE), MAX_FEATURES[kind])
            importance = np.abs(self.weights) * np.sqrt(frequency)
            scale[np.argsort(-importance)[limit:]] = 0
            self._fit(matrix, scale, is_kind, INVERSE_REGULARIZATION[kind])

    def _fit(self, matrix: csr_matrix, scale: np.ndarray, is_kind: np.ndarray, strength: float) -> None:
        used = np.flatnonzero(scale)
        learner = LogisticRegression(C=strength, solver="liblinear", tol=1e-2, random_state=1)
        learner.fit(normalize(matrix[:, used] @ diags(scale[used])), is_kind)
        self.weights, self.intercept = np.zeros(len(scale)), float(learner.intercept_[0])
        self.weights[used] = learner.coef_[0] * scale[used]

    def scores(self, examples: Examples, writer: str) -> dict[int, float]:
        """Return each message's highest score of a stretch, corrected for the number of stretches."""
        rows = np.flatnonzero(examples.is_judged & (examples.writer == writer))
        known = diags((self.weights != 0).astype(float))
        values = normalize(examples.matrix[rows] @ known) @ self.weights + self.intercept
        highest: dict[int, float] = {}
        for number, score in zip(examples.number[rows], values, strict=True):
            highest[number] = max(score, highest.get(number, score))
        stretches = Counter(examples.number[rows])
        return {number: score - np.log(stretches[number]) for number, score in highest.items()}

    def column(self, names: list[str], factor: float, addend: float) -> dict[str, float]:
        numbers = {names[i]: factor * self.weights[i] for i in np.flatnonzero(self.weights)}
        return numbers | {"": factor * self.intercept + addend}


def normalize(matrix: csr_matrix) -> csr_matrix:
    """Scale each example by its number of features."""
    known = np.diff((matrix != 0).tocsr().indptr)
    return diags([classifier.feature_value(number) for number in known]) @ matrix


def calibration(scores: dict[int, float], messages: list[Message], kind: str) -> tuple[float, float]:
    """Return the factor and addend that turn a score into log odds (Platt scaling)."""
    numbers = [n for n in scores if kind == "crisis" or messages[n].label != "look-first"]
    is_kind = np.array([messages[n].label == kind for n in numbers])
    weights = np.where(is_kind, 1.0, CALM_PER_URGENT * 2 * is_kind.sum() / (~is_kind).sum())
    learner = LogisticRegression(C=1e3).fit([[scores[n]] for n in numbers], is_kind, sample_weight=weights)
    return float(learner.coef_[0][0]), float(learner.intercept_[0])


def build_rows(columns: list[dict[str, float]]) -> Rows:
    """Return each feature's weights. Starter phrases always get a row, unlike phrases of managers."""
    phrases = {f"={phrase.code}" for phrase in PHRASES}
    return [
        [feature, *(f"{column.get(feature, 0):.3g}" for column in columns)]
        for feature in sorted(phrases.union(*columns))
    ]


def main() -> None:
    messages = read((*FRESH, *OTHERS))
    examples = Examples(messages)
    scaling, folds = {}, {}
    for kind in classifier.KINDS:
        folds[kind] = {writer: Model(kind, examples, [writer]) for writer in FRESH}
        scores: dict[int, float] = {}
        for writer, model in folds[kind].items():
            scores |= model.scores(examples, writer)
        scaling[kind] = calibration(scores, messages, kind)
    judged: evaluate.Judged = []
    for writer in FRESH:
        columns = [folds[kind][writer].column(examples.names, *scaling[kind]) for kind in classifier.KINDS]
        weights = classifier.Weights(build_rows(columns))
        judged += evaluate.judge_all((m for m in messages if m.writer == writer), weights)
    evaluate.print_report(judged)
    columns = [Model(k, examples).column(examples.names, *scaling[k]) for k in classifier.KINDS]
    lines = ("\t".join(row) for row in build_rows(columns))
    classifier.WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"\n{sum(map(len, columns)) - len(columns)} weights")


if __name__ == "__main__":
    main()
