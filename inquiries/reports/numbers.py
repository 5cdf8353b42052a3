"""Numbers as the reports show them: small ones hidden, times and shares in words."""

from collections.abc import Hashable, Sequence
from math import ceil

from django.utils.translation import gettext as _

SMALL = 5  # fewer than so many inquiries could point at a person
HIDDEN = "*"
NONE = "–"


def shown(numbers: Sequence[int]) -> list[str]:
    """Return the numbers as text, without the small ones; zeros stay.

    Where a single one is hidden, the next larger one is too: else it could be worked out from the sum.
    """
    hidden = {place for place, number in enumerate(numbers) if 0 < number < SMALL}
    others = [place for place, number in enumerate(numbers) if number >= SMALL]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda place: numbers[place]))
    return [HIDDEN if place in hidden else f"{number:,}" for place, number in enumerate(numbers)]


def shown_by(groups: Sequence[Hashable], numbers: Sequence[int]) -> list[str]:
    """Return `shown` for each group by itself, because another table has the groups' sums."""
    texts = [""] * len(numbers)
    for group in set(groups):
        places = [place for place, other in enumerate(groups) if other == group]
        for place, text in zip(places, shown([numbers[place] for place in places]), strict=True):
            texts[place] = text
    return texts


def shown_number(number: int) -> str:
    return shown([number])[0]


def share(part: int, whole: int) -> str:
    """Return a percentage; hidden for few inquiries."""
    if not whole:
        return NONE
    return HIDDEN if whole < SMALL else f"{100 * part / whole:.0f}%"


def share_of_hidden(part: int, whole: int) -> str:
    """Return a percentage of numbers that a table shows, too; a bound, if it'd reveal a hidden one."""
    if 0 < part < whole < 2 * SMALL:
        return HIDDEN
    if 0 < part < SMALL:
        return f"<{ceil(100 * SMALL / whole)}%"
    if 0 < whole - part < SMALL:
        return f">{100 * (whole - SMALL) // whole}%"
    return share(part, whole)


def average(total: int, number: int) -> str:
    if not number:
        return NONE
    return HIDDEN if number < SMALL else f"{total / number:.1f}"


def within(percent: int, minutes: dict[int, int]) -> str:
    """Return the time within which a share was done, by how many took how many minutes."""
    number = sum(minutes.values())
    if number < SMALL:
        return HIDDEN if number else NONE
    done = 0
    for each in sorted(minutes):
        done += minutes[each]
        if 100 * done >= percent * number:
            return duration(each)
    raise AssertionError("unreachable")


def duration(minutes: int) -> str:
    if minutes < 100:
        return _("%(number)s min") % {"number": minutes}
    if minutes < 48 * 60:
        return _("%(number)s h") % {"number": f"{minutes / 60:.1f}"}
    return _("%(number)s days") % {"number": f"{minutes / 1440:.1f}"}
