"""What axe finds on a page, and what runs off its screen."""

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# `make audit` has each of its pages in four looks. Here each has the one that most often differs, and each
# template with colors of its own the other, too.
PHONE = {390: "dark"}
DESKTOP = {1280: "light"}
BOTH = {**PHONE, **DESKTOP}
TWICE = "html { font-size: 200% !important }"  # WCAG 1.4.4, and on a phone at that
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# WCAG 1.4.12: nothing may be lost when readers set these. The size is doubled as well.
SPACING = """
    html { font-size: 200% !important }
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }
"""
STYLE = "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }"
# Wagtail's own (7.4): the number of matches is a heading with the role of an alert; on a phone the sidebar's
# switch lies over the breadcrumbs.
WAGTAIL = ["h2[role=alert]", "[aria-label='Toggle sidebar']"]
# What Wagtail puts around each page of the admin, with two thirds of what axe would look at.
REMOVE_FRAME = """document.querySelectorAll(
  "#wagtail [data-sprite], #wagtail .sidebar, .w-keyboard-shortcuts"
).forEach((element) => element.remove())"""
# Colours that change slowly would be measured halfway.
SETTLE = """document.getAnimations().forEach((animation) => {
  if (animation.effect.getComputedTiming().iterations !== Infinity) animation.finish();
})"""


def findings(page, looks=PHONE, within="html", without=(), but=(), frame=False):
    """In each look (width: colors); without some elements (by selector), rules and the frame."""
    page.wait_for_load_state()  # of a form sent just before, there may be no more than <html> yet
    if not frame:
        page.evaluate(REMOVE_FRAME)
    page.evaluate(AXE)
    where = {"include": [[within]], "exclude": [[selector] for selector in without]}
    how = {
        "runOnly": RULES,
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in but},
    }
    found = []
    for width, scheme in looks.items():
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLE)
        violations = page.evaluate(
            "([where, how]) => axe.run(where, how).then((r) => r.violations)", [where, how]
        )
        found += [
            (width, scheme, violation["id"], node["html"], node["failureSummary"])
            for violation in violations
            for node in violation["nodes"]
        ]
    return found


def too_wide(page):
    """How the page doesn't fit: on a small phone, at twice the size, with wide spacing."""
    found = []
    for width, style in [(320, ""), (320, TWICE), (640, SPACING)]:
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate(STYLE, style)
        if page.evaluate(OVERFLOW) > 0:
            found.append((width, style))
    page.evaluate(STYLE, "")
    return found
