"""What axe finds on a page."""

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# `make audit` looks at all four. Here what stands on both has each rule tried, in each scheme's colors.
LOOKS = {"light": 390, "dark": 1280}
# Colours that change slowly would be measured halfway.
SETTLE = """document.getAnimations().forEach((animation) => {
  if (animation.effect.getComputedTiming().iterations !== Infinity) animation.finish();
})"""


def findings(page, within="html", without=(), but=()):
    """On a phone in light colors, wide in dark ones; without some elements (by selector) and some rules."""
    page.wait_for_load_state()  # of a form sent just before, there may be no more than <html> yet
    page.evaluate(AXE)
    where = {"include": [[within]], "exclude": [[selector] for selector in without]}
    how = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = []
    for scheme, width in LOOKS.items():
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLE)
        violations = page.evaluate(
            "([where, how]) => axe.run(where, how).then((r) => r.violations)", [where, how]
        )
        found += [
            (width, scheme, violation["id"], node["html"], node["failureSummary"])
            for violation in violations
            if violation["id"] not in but
            for node in violation["nodes"]
        ]
    return found
