"""Judge how urgent a message reads. It never blocks a message, and never hides one.

Which evidence leads to which tier:

| evidence | tier |
|---|---|
| a specific line of a phrase | the phrase's: 911, 988 or poison |
| …though the score says "ordinary" (below `contradicts`) | look first |
| …though both scores say "certainly ordinary" (below `ignores`) | none |
| a line marked "~", or a phrase without advice | look first |
| the learned score alone, from `first_tier` on | 911 or 988 |
| the learned score alone, from `look_first` on | look first |
| more work than the budget allows | look first |
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inquiries.choices import Advice, Severity
from inquiries.triage import classifier, matching
from inquiries.triage.judgement import Judgement
from inquiries.triage.overdose import is_overdose
from inquiries.triage.phrases import index_of


class Phrase(Protocol):
    """What a warning phrase has to have: see inquiries.models.WarningPhrase."""

    code: str
    label: str
    advice: str
    severity: int
    patterns: str


class Thresholds(NamedTuple):
    """Calibrated probabilities: of messages scored 0.3, about three in ten are what the score says."""

    look_first: float = 0.1  # one in ten: looking costs a minute, a missed emergency more
    first_tier: float = 0.7
    first_tier_crisis: float = 0.3  # a missed crisis costs far more than a needless 988
    # A score below contradicts a phrase. Thoughts of suicide are said in unusual words: it knows them less.
    contradicts: float = 0.03
    contradicts_crisis: float = 0.003
    # A long story says many words of phrases by chance: from so many words on the score has to agree more.
    long_from: int = 60
    contradicts_long: float = 0.15
    contradicts_long_crisis: float = 0.05
    ignores: float = 0.002  # below, in both scores, the phrase isn't meant at all
    contradicts_from: int = 12  # words: of a shorter message it knows too little


class Reason(NamedTuple):
    code: str
    label: str | Promise
    advice: str
    severity: int


TOO_MUCH = Reason("too-long-to-judge", _("Too long or too unusual for the rules"), "", Severity.LOW)
READS_LIKE = {
    "emergency": Reason(
        "reads-like-an-emergency", _("Reads like an emergency"), Advice.EMERGENCY, Severity.LOW
    ),
    "crisis": Reason(
        "reads-like-thoughts-of-suicide", _("Reads like thoughts of suicide"), Advice.CRISIS, Severity.LOW
    ),
}
DEFAULT = Thresholds()


def judge(message: str, phrases: Sequence[Phrase], thresholds: Thresholds = DEFAULT) -> Judgement:
    is_cut = len(message) > matching.MOST_CHARACTERS
    message = message[: matching.MOST_CHARACTERS]
    score = classifier.learned().score(message)
    found = matching.find(message, index_of(tuple((p.patterns, p.advice == Advice.CRISIS) for p in phrases)))
    evidence = list(said(phrases, found, score, thresholds))
    if not any(reason.advice for reason in evidence):
        evidence += likely(score, thresholds, has_reason=bool(evidence))
    if is_cut or not found.is_complete:
        evidence.append(TOO_MUCH)
    judgement = Judgement.of(evidence)
    if judgement.advice and is_overdose(message):
        return replace(judgement, advice=Advice.POISON)
    return judgement


def said(
    phrases: Sequence[Phrase], found: matching.Found, score: classifier.Score, thresholds: Thresholds
) -> Iterator[Reason]:
    """The phrases that the message says, each with the advice that it's certain enough for."""
    if score.words >= thresholds.contradicts_from and max(score.emergency, score.crisis) < thresholds.ignores:
        return
    for number in sorted(found.phrases):
        phrase = phrases[number]
        is_certain = number in found.specific and not contradicts(score, phrase.advice, thresholds)
        yield Reason(phrase.code, phrase.label, phrase.advice if is_certain else "", phrase.severity)


def contradicts(score: classifier.Score, advice: str, thresholds: Thresholds) -> bool:
    """Whether the score says that a message is ordinary, though a phrase says otherwise."""
    if score.words < thresholds.contradicts_from:
        return False
    is_long = score.words >= thresholds.long_from
    if advice == Advice.CRISIS:
        return score.crisis < (
            thresholds.contradicts_long_crisis if is_long else thresholds.contradicts_crisis
        )
    likely = max(score.emergency, score.crisis) if advice == Advice.POISON else score.emergency
    return likely < (thresholds.contradicts_long if is_long else thresholds.contradicts)


def likely(score: classifier.Score, thresholds: Thresholds, *, has_reason: bool) -> Iterator[Reason]:
    """What the score alone says; "look first" needs no second reason."""
    for kind, reason in READS_LIKE.items():
        probability = getattr(score, kind)
        limit = thresholds.first_tier_crisis if kind == "crisis" else thresholds.first_tier
        if probability >= limit:
            yield reason
        elif probability >= thresholds.look_first and not has_reason:
            yield reason._replace(advice="")
