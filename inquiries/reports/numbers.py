"""Formatting of the reports' numbers, which hides small ones."""

from collections.abc import Hashable, Sequence
from math import ceil

from django.utils.translation import gettext as _

MIN_SHOWN = 5  # fewer inquiries could identify a person
HIDDEN = "*"
NO_VALUE = "–"


def shown(numbers: Sequence[int]) -> list[str]:
    """Return the numbers as text, with small ones but not zeros hidden.

    If only one is hidden, the next larger one is too, or the sum would reveal it.
    """
    hidden = {i for i, number in enumerate(numbers) if 0 < number < MIN_SHOWN}
    others = [i for i, number in enumerate(numbers) if number >= MIN_SHOWN]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda i: numbers[i]))
    return [HIDDEN if i in hidden else f"{number:,}" for i, number in enumerate(numbers)]


def shown_by_group(groups: Sequence[Hashable], numbers: Sequence[int]) -> list[str]:
    """Return `shown` of each group separately, because another table has the groups' sums."""
    texts = [""] * len(numbers)
    for group in set(groups):
        members = [i for i, other in enumerate(groups) if other == group]
        for i, text in zip(members, shown([numbers[i] for i in members]), strict=True):
            texts[i] = text
    return texts


def shown_number(number: int) -> str:
    return shown([number])[0]


def share(part: int, whole: int) -> str:
    """Return a percentage, hidden if there are too few inquiries."""
    if not whole:
        return NO_VALUE
    return HIDDEN if whole < MIN_SHOWN else f"{100 * part / whole:.0f}%"


def share_or_bound(part: int, whole: int) -> str:
    """Return a percentage, or a bound where the exact value would reveal a number that a table hides."""
    if 0 < part < whole < 2 * MIN_SHOWN:
        return HIDDEN
    if 0 < part < MIN_SHOWN:
        return f"<{ceil(100 * MIN_SHOWN / whole)}%"
    if 0 < whole - part < MIN_SHOWN:
        return f">{100 * (whole - MIN_SHOWN) // whole}%"
    return share(part, whole)


def average(total: int, number: int) -> str:
    if not number:
        return NO_VALUE
    return HIDDEN if number < MIN_SHOWN else f"{total / number:.1f}"


def percentile_time(percent: int, counts: dict[int, int]) -> str:
    """Return the time within which `percent` were done; `counts` maps minutes to numbers."""
    total = sum(counts.values())
    if total < MIN_SHOWN:
        return HIDDEN if total else NO_VALUE
    done = 0
    for minutes in sorted(counts):
        done += counts[minutes]
        if 100 * done >= percent * total:
            return duration(minutes)
    raise AssertionError("unreachable")


def duration(minutes: int) -> str:
    if minutes < 100:
        return _("%(number)s min") % {"number": minutes}
    if minutes < 48 * 60:
        return _("%(number)s h") % {"number": f"{minutes / 60:.1f}"}
    return _("%(number)s days") % {"number": f"{minutes / 1440:.1f}"}
