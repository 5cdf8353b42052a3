"""Charts as SVG in the page, in the admin's colors, without script or inline style.

The table beside each says the same.
"""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

import leather
from django.utils.safestring import SafeString, mark_safe

BAR = "var(--w-color-text-link-default)"
WIDTH, HEIGHT = 560, 240
MAX_LABELS = 8
LONGEST_LABEL = 28  # characters

leather.theme.background_color = "none"
leather.theme.margin = 0.035  # of the width
leather.theme.label_color = "currentColor"
leather.theme.tick_color = leather.theme.zero_color = "var(--w-color-border-furniture)"
leather.theme.tick_font_family = "inherit"
leather.theme.tick_font_char_width = 7

HOURS = [f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}" for hour in range(24)]
Points = Sequence[tuple[str, int]]


def columns(title: str, points: Points) -> SafeString:
    """Return numbers over time, or "" if there's nothing to draw."""
    if not any(number for _label, number in points):
        return SafeString()
    chart = leather.Chart()
    chart.add_columns([list(point) for point in points], fill_color=BAR)
    every = -(-len(points) // MAX_LABELS)
    chart.add_x_axis(ticks=[label for label, _number in points[::every]])
    return draw(chart, title, most=max(number for _label, number in points), upright=True)


def bars(title: str, points: Points) -> SafeString:
    """Return numbers side by side, the first on top."""
    if not any(number for _label, number in points):
        return SafeString()
    chart = leather.Chart()
    labels = [shortened(label) for label, _number in points]  # two may be the same
    chart.add_bars([[number, str(place)] for place, (_label, number) in enumerate(points)], fill_color=BAR)
    chart.add_y_axis(tick_formatter=lambda place, *_rest: labels[int(place)])
    return draw(chart, title, most=max(number for _label, number in points), height=72 + 26 * len(points))


def bubbles(title: str, points: Sequence[tuple[int, int, int]], rows: Sequence[str]) -> SafeString:
    """Return hour → weekday → number as dots: the larger, the more. `rows` are the weekdays' names."""
    most = max((number for _x, _y, number in points), default=0)
    if not most:
        return SafeString()
    chart = leather.Chart()
    chart.add_x_scale(0, 100)
    chart.add_y_scale(0, 100)
    hours, days = (
        {4 * hour + 4: HOURS[hour] for hour in range(0, 24, 6)},
        dict(zip(range(95, 0, -15), rows, strict=True)),
    )
    chart.add_x_axis(ticks=list(hours), tick_formatter=lambda x, *_rest: hours[x])
    chart.add_y_axis(ticks=list(days), tick_formatter=lambda y, *_rest: days[y])
    dots = [[4 * hour + 4, 95 - 15 * day, number] for hour, day, number in points if number]
    chart.add_dots(dots, fill_color=BAR, radius=lambda dot: round(9 * (dot.row[2] / most) ** 0.5, 1))
    return svg(chart, title, HEIGHT)


def draw(chart, title: str, *, most: int, upright: bool = False, height: int = HEIGHT) -> SafeString:
    add_scale, add_axis = (
        (chart.add_y_scale, chart.add_y_axis) if upright else (chart.add_x_scale, chart.add_x_axis)
    )
    add_scale(0, max(most, 4))
    add_axis(tick_formatter=lambda number, *_rest: f"{number:g}" if number == int(number) else "")
    return svg(chart, title, height)


def svg(chart, title: str, height: int) -> SafeString:
    root = ET.Element("svg", {"viewBox": f"0 0 {WIDTH} {height}", "role": "img", "aria-label": title})
    root.append(chart.to_svg_group(WIDTH, height))
    return mark_safe(ET.tostring(root, encoding="unicode"))  # noqa: S308 ElementTree escapes


def shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
