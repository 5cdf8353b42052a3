"""The urgency rules. They never block or hide a message.

| Evidence | Tier |
|---|---|
| a specific line of a phrase | the phrase's: 911, 988 or poison |
| …but the score is "ordinary" (below `contradicts` or `contradicts_short`) | look first |
| …but both scores are "certainly ordinary" (below `ignores` or `ignores_short`) | none |
| …of a phrase that managers wrote, regardless of the score | the phrase's |
| a line marked "~", or a phrase without advice | look first |
| the learned score alone, from `first_tier` on | 911 or 988 |
| the learned score alone, from `look_first` on | look first |
| more work than the budget allows | look first |

In a very short message, the score only detects crises and never contradicts a phrase.
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
from inquiries.triage.phrases import Index, index_of


class Phrase(Protocol):
    """The fields of inquiries.models.WarningPhrase used here."""

    code: str
    label: str
    advice: str
    severity: int
    patterns: str


class Thresholds(NamedTuple):
    """Calibrated probabilities: about three in ten messages scored 0.3 are emergencies, or crises.

    Chosen by cross-validation: each writer's messages were scored by weights trained on the other writers'
    (docs/urgency.md).
    """

    look_first: float = 0.02  # a needless look takes a minute, a missed emergency is worse
    look_first_crisis: float = 0.05
    first_tier: float = 0.7
    first_tier_crisis: float = 0.1  # a missed crisis costs far more than a needless 988
    # A phrase gives advice only if the score is at least…
    contradicts: float = 0.6
    contradicts_crisis: float = 0.1
    ignores: float = 0.03  # …and is ignored if both scores are below this.
    # The score is less reliable for short messages, so their thresholds are stricter.
    very_short: int = 8  # words
    short: int = 14
    contradicts_short: float = 0.03
    ignores_short: float = 0.005


class Reason(NamedTuple):
    code: str
    label: str | Promise
    advice: str
    severity: int


TOO_LONG = Reason("too-long-to-judge", _("Too long or too unusual for the rules"), "", Severity.LOW)
SCORE_REASONS = {
    "emergency": Reason(
        "reads-like-an-emergency", _("Reads like an emergency"), Advice.EMERGENCY, Severity.LOW
    ),
    "crisis": Reason(
        "reads-like-thoughts-of-suicide", _("Reads like thoughts of suicide"), Advice.CRISIS, Severity.LOW
    ),
}
DEFAULT_THRESHOLDS = Thresholds()


def judge(
    message: str,
    phrases: Sequence[Phrase],
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    weights: classifier.Weights | None = None,
) -> Judgement:
    is_cut = len(message) > matching.MAX_CHARACTERS
    message = message[: matching.MAX_CHARACTERS]
    found = matching.find(message, index_for(phrases))
    weights = weights or classifier.learned_weights()
    score = weights.score(message, codes(found, phrases))
    evidence = list(phrase_reasons(phrases, found, score, thresholds, weights))
    if not any(reason.advice for reason in evidence):
        evidence += score_reasons(score, thresholds, has_reason=bool(evidence))
    if is_cut or not found.is_complete:
        evidence.append(TOO_LONG)
    judgement = Judgement.of(evidence)
    if judgement.advice and is_overdose(message):
        return replace(judgement, advice=Advice.POISON)
    return judgement


def index_for(phrases: Sequence[Phrase]) -> Index:
    return index_of(tuple((phrase.patterns, phrase.advice == Advice.CRISIS) for phrase in phrases))


def codes(found: matching.Matches, phrases: Sequence[Phrase]) -> set[str]:
    """Return the codes of the phrases found, and with a "!" those found by a specific line."""
    return {phrases[n].code for n in found.phrases} | {f"{phrases[n].code}!" for n in found.specific}


def codes_in(message: str, phrases: Sequence[Phrase]) -> set[str]:
    return codes(matching.find(message[: matching.MAX_CHARACTERS], index_for(phrases)), phrases)


def phrase_reasons(
    phrases: Sequence[Phrase],
    found: matching.Matches,
    score: classifier.Score,
    thresholds: Thresholds,
    weights: classifier.Weights,
) -> Iterator[Reason]:
    """Yield the phrases found, with their advice if they're certain enough.

    The score doesn't affect phrases that it wasn't trained with: those that managers wrote.
    """
    ignores = thresholds.ignores_short if score.words < thresholds.short else thresholds.ignores
    is_ordinary = score.words >= thresholds.very_short and max(score.emergency, score.crisis) < ignores
    for number in sorted(found.phrases):
        phrase = phrases[number]
        is_known = weights.knows(phrase.code)
        if is_known and is_ordinary:
            continue
        is_certain = number in found.specific and not (
            is_known and contradicts(score, phrase.advice, thresholds)
        )
        yield Reason(phrase.code, phrase.label, phrase.advice if is_certain else "", phrase.severity)


def contradicts(score: classifier.Score, advice: str, thresholds: Thresholds) -> bool:
    """Return whether the score is too low for the advice of a phrase that was found."""
    if score.words < thresholds.very_short:
        return False
    if advice == Advice.CRISIS:
        return score.crisis < thresholds.contradicts_crisis
    probability = max(score.emergency, score.crisis) if advice == Advice.POISON else score.emergency
    is_short = score.words < thresholds.short
    return probability < (thresholds.contradicts_short if is_short else thresholds.contradicts)


def score_reasons(score: classifier.Score, thresholds: Thresholds, *, has_reason: bool) -> Iterator[Reason]:
    """Yield the reasons of the score alone; "look first" only if there's no other reason."""
    for kind, reason in SCORE_REASONS.items():
        probability = getattr(score, kind)
        is_crisis = kind == "crisis"
        if score.words < thresholds.very_short and not is_crisis:
            continue
        if probability >= (thresholds.first_tier_crisis if is_crisis else thresholds.first_tier):
            yield reason
        elif not has_reason and probability >= (
            thresholds.look_first_crisis if is_crisis else thresholds.look_first
        ):
            yield reason._replace(advice="")
