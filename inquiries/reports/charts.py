"""Inline SVG charts in the admin's colors, without scripts or inline styles.

A table next to each chart has the same numbers.
"""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

import leather
from django.utils.safestring import SafeString, mark_safe

BAR_COLOR = "var(--w-color-text-link-default)"
WIDTH, HEIGHT = 560, 240
MAX_LABELS = 8
MAX_LABEL_LENGTH = 28

leather.theme.background_color = "none"
leather.theme.margin = 0.035  # of the width
leather.theme.label_color = "currentColor"
leather.theme.tick_color = leather.theme.zero_color = "var(--w-color-border-furniture)"
leather.theme.tick_font_family = "inherit"
leather.theme.tick_font_char_width = 7

HOUR_LABELS = [f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}" for hour in range(24)]
Points = Sequence[tuple[str, int]]


def columns(title: str, points: Points) -> SafeString:
    """Return a column chart of numbers over time, or "" if all are 0."""
    if not any(number for _label, number in points):
        return SafeString()
    chart = leather.Chart()
    chart.add_columns([list(point) for point in points], fill_color=BAR_COLOR)
    step = -(-len(points) // MAX_LABELS)
    chart.add_x_axis(ticks=[label for label, _number in points[::step]])
    return render(chart, title, maximum=max(number for _label, number in points), vertical=True)


def bars(title: str, points: Points) -> SafeString:
    """Return a bar chart with the first point on top, or "" if all are 0."""
    if not any(number for _label, number in points):
        return SafeString()
    chart = leather.Chart()
    # Positions are the keys, because two labels may be the same.
    labels = [shortened(label) for label, _number in points]
    bars = [[number, str(position)] for position, (_label, number) in enumerate(points)]
    chart.add_bars(bars, fill_color=BAR_COLOR)
    chart.add_y_axis(tick_formatter=lambda position, *_rest: labels[int(position)])
    maximum = max(number for _label, number in points)
    return render(chart, title, maximum=maximum, height=72 + 26 * len(points))


def bubbles(title: str, points: Sequence[tuple[int, int, int]], weekdays: Sequence[str]) -> SafeString:
    """Return a bubble chart of (hour, weekday, number), or "" if all are 0."""
    maximum = max((number for _hour, _weekday, number in points), default=0)
    if not maximum:
        return SafeString()
    chart = leather.Chart()
    chart.add_x_scale(0, 100)
    chart.add_y_scale(0, 100)
    hours = {4 * hour + 4: HOUR_LABELS[hour] for hour in range(0, 24, 6)}
    days = dict(zip(range(95, 0, -15), weekdays, strict=True))
    chart.add_x_axis(ticks=list(hours), tick_formatter=lambda x, *_rest: hours[x])
    chart.add_y_axis(ticks=list(days), tick_formatter=lambda y, *_rest: days[y])
    dots = [[4 * hour + 4, 95 - 15 * day, number] for hour, day, number in points if number]
    chart.add_dots(dots, fill_color=BAR_COLOR, radius=lambda dot: round(9 * (dot.row[2] / maximum) ** 0.5, 1))
    return svg(chart, title, HEIGHT)


def render(chart, title: str, *, maximum: int, vertical: bool = False, height: int = HEIGHT) -> SafeString:
    add_scale, add_axis = (
        (chart.add_y_scale, chart.add_y_axis) if vertical else (chart.add_x_scale, chart.add_x_axis)
    )
    add_scale(0, max(maximum, 4))
    add_axis(tick_formatter=lambda number, *_rest: f"{number:g}" if number == int(number) else "")
    return svg(chart, title, height)


def svg(chart, title: str, height: int) -> SafeString:
    root = ET.Element("svg", {"viewBox": f"0 0 {WIDTH} {height}", "role": "img", "aria-label": title})
    root.append(chart.to_svg_group(WIDTH, height))
    return mark_safe(ET.tostring(root, encoding="unicode"))  # noqa: S308 ElementTree escapes


def shortened(label: str) -> str:
    return label if len(label) <= MAX_LABEL_LENGTH else f"{label[: MAX_LABEL_LENGTH - 1]}…"
