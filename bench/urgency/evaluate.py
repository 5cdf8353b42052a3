"""Measure how many emergencies are found and how many calm messages are flagged (`make urgency`).

Applies the starter phrases and the learned score to the messages of held-out writers, which weren't used for
training. Each figure has a 95 % Wilson interval.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable

from scipy.stats import binomtest

from bench.urgency.messages import HELD, Message, read
from inquiries.choices import FIRST_TIER, Tier
from inquiries.triage import urgency
from inquiries.triage.classifier import Weights
from inquiries.triage.judgement import Judgement
from inquiries.triage.starter_phrases import PHRASES

Judged = list[tuple[Message, Judgement]]

# Name: (label of the messages, whether a judgement counts, goal).
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


def format_share(flags: Iterable[bool]) -> str:
    flags = list(flags)
    if not flags:
        return "–"
    low, high = binomtest(sum(flags), len(flags)).proportion_ci(method="wilson")
    return f"{sum(flags)} of {len(flags)} = {sum(flags) / len(flags):.1%} ({low:.1%}–{high:.1%})"


def print_figures(judged: Judged) -> None:
    for name, (label, is_counted, goal) in FIGURES.items():
        print(f"| {name} | {format_share(is_counted(j) for m, j in judged if m.label == label)} | {goal} |")


def print_groups(field: str, judged: Judged) -> None:
    """Print the shares of urgent messages found and calm messages flagged for each value of `field`."""
    groups: dict[str, Judged] = defaultdict(list)
    for message, judgement in judged:
        groups[getattr(message, field)].append((message, judgement))
    print(f"\n| {field} | urgent found, either tier | calm told 911 or 988 | calm in look-first |")
    print("|---|---|---|---|")
    for name, rows in sorted(groups.items(), key=lambda group: -len(group[1])):
        urgent = [bool(j) for m, j in rows if m.label in {"emergency", "crisis"}]
        calm = [j.tier for m, j in rows if m.label == "none"]
        called_911, look_first = (
            [tier in FIRST_TIER for tier in calm],
            [tier == Tier.LOOK_FIRST for tier in calm],
        )
        print(
            f"| {name} | {format_share(urgent)} | {format_share(called_911)} | {format_share(look_first)} |"
        )


def judge_all(messages: Iterable[Message], weights: Weights | None = None) -> Judged:
    return [(message, urgency.judge(message.text, PHRASES, weights=weights)) for message in messages]


def print_report(judged: Judged) -> None:
    print(f"{len(judged)} messages\n\n| | of all | goal |\n|---|---|---|")
    print_figures(judged)
    for field in ("writer", "language", "kind"):
        print_groups(field, judged)


def main(writers: list[str]) -> None:
    print_report(judge_all(read(writers or HELD)))


if __name__ == "__main__":
    main(sys.argv[1:])
