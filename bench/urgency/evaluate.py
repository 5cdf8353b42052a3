"""How many emergencies are found and how many calm messages are flagged: `make urgency`.

By the starter phrases and the learned score, on the messages of the held-out writers, which nothing was
learned from. Each figure with its 95 % interval (Wilson).
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from math import sqrt

from bench.urgency.messages import HELD, Message, read
from inquiries.choices import FIRST_TIER, Tier
from inquiries.triage import starter_phrases, urgency
from inquiries.triage.classifier import Weights
from inquiries.triage.judgement import Judgement

Judged = list[tuple[Message, Judgement]]


PHRASES = starter_phrases.PHRASES
# What is counted, of which label, and the goal.
FIGURES: dict[str, tuple[str, Callable[[Judgement], bool], str]] = {
    "emergencies found, either tier": ("emergency", lambda j: j.tier != Tier.NONE, "≥ 98 %"),
    "emergencies told 911 or 988": ("emergency", lambda j: bool(j.advice), ""),
    "crises told 988": ("crisis", lambda j: j.advice in {"crisis", "poison"}, "≥ 95 %"),
    "crises found, either tier": ("crisis", lambda j: j.tier != Tier.NONE, ""),
    "calm told 911 or 988": ("none", lambda j: j.tier in FIRST_TIER, "≤ 1 %"),
    "calm in look-first": ("none", lambda j: j.tier == Tier.LOOK_FIRST, "≤ 3 %"),
    "look-first found, either tier": ("look-first", lambda j: j.tier != Tier.NONE, ""),
    "look-first told 911 or 988": ("look-first", lambda j: j.tier in FIRST_TIER, ""),
}


def wilson(found: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share."""
    share, spread = found / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / total + spread / total / 4) / (1 + spread)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def shown(flags: Iterable[bool]) -> str:
    flags = list(flags)
    if not flags:
        return "–"
    low, high = wilson(sum(flags), len(flags))
    return f"{sum(flags)} of {len(flags)} = {sum(flags) / len(flags):.1%} ({low:.1%}–{high:.1%})"


def tiers(judged: Judged) -> None:
    for name, (label, counts, goal) in FIGURES.items():
        print(f"| {name} | {shown(counts(j) for m, j in judged if m.label == label)} | {goal} |")


def by(field: str, judged: Judged) -> None:
    """Found among the urgent, flagged among the calm, for each language or kind."""
    groups: dict[str, Judged] = defaultdict(list)
    for message, judgement in judged:
        groups[getattr(message, field)].append((message, judgement))
    print(f"\n| {field} | urgent found, either tier | calm told 911 or 988 | calm in look-first |")
    print("|---|---|---|---|")
    for name, rows in sorted(groups.items(), key=lambda group: -len(group[1])):
        urgent = [bool(j) for m, j in rows if m.label in {"emergency", "crisis"}]
        calm = [j.tier for m, j in rows if m.label == "none"]
        told, looked = [tier in FIRST_TIER for tier in calm], [tier == Tier.LOOK_FIRST for tier in calm]
        print(f"| {name} | {shown(urgent)} | {shown(told)} | {shown(looked)} |")


def judge_all(messages: Iterable[Message], weights: Weights | None = None) -> Judged:
    return [(message, urgency.judge(message.text, PHRASES, weights=weights)) for message in messages]


def show(judged: Judged) -> None:
    print(f"{len(judged)} messages\n\n| | of all | goal |\n|---|---|---|")
    tiers(judged)
    for field in ("writer", "language", "kind"):
        by(field, judged)


def main(writers: list[str]) -> None:
    show(judge_all(read(writers or HELD)))


if __name__ == "__main__":
    main(sys.argv[1:])
