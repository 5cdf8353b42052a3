"""Contrast of #rrggbb colors (WCAG 2), and the nearest color with enough of it."""

import re

HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
# Background colors from static/css/site/tokens.css.
LIGHT_BACKGROUNDS = ("#fbf9f5", "#f2ede3")
DARK_BACKGROUNDS = ("#10201f", "#182d2b")
MIN_CONTRAST = 7.0  # WCAG AAA for text
STEPS = 100


def _channels(color: str) -> list[int]:
    return [int(color[start : start + 2], 16) for start in (1, 3, 5)]


def luminance(color: str) -> float:
    parts = [value / 255 for value in _channels(color)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    darker, lighter = sorted([luminance(first), luminance(second)])
    return (lighter + 0.05) / (darker + 0.05)


def lowest_contrast(color: str, backgrounds: tuple[str, ...]) -> float:
    return min(contrast(color, background) for background in backgrounds)


def mix(color: str, other: str, share: float) -> str:
    """Return `color` mixed with a `share` (0 to 1) of `other`."""
    pairs = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def nearest_readable(color: str, backgrounds: tuple[str, ...], towards: str) -> str:
    """Return the color from `color` to `towards` nearest to `color` that's readable on `backgrounds`."""
    mixes = (mix(color, towards, step / STEPS) for step in range(STEPS + 1))
    return next((found for found in mixes if lowest_contrast(found, backgrounds) >= MIN_CONTRAST), towards)
