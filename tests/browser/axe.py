"""What axe finds on a page."""

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},  # only colours are others
}
# Colours that change slowly would be measured halfway.
SETTLE = """document.getAnimations().forEach((animation) => {
  if (animation.effect.getComputedTiming().iterations !== Infinity) animation.finish();
})"""


def findings(page, without=(), but=()):
    """At both widths in both colour schemes, without the elements that some selectors find and some rules."""
    page.evaluate(AXE)
    where = {"exclude": [[selector] for selector in without]}
    found = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for scheme, rules in RULES.items():
            page.emulate_media(color_scheme=scheme)
            page.evaluate(SETTLE)
            how = {"runOnly": rules, "resultTypes": ["violations"]}
            result = page.evaluate("([where, how]) => axe.run(where, how)", [where, how])
            found += [
                (width, scheme, violation["id"], node["html"], node["failureSummary"])
                for violation in result["violations"]
                if violation["id"] not in but
                for node in violation["nodes"]
            ]
    return found
