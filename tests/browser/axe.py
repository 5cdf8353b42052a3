"""Accessibility checks of a page: axe violations and horizontal overflow."""

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Width: color scheme. `make audit` checks four combinations. Here most pages get only the one that fails most
# often, and pages with their own colors get both.
PHONE = {390: "dark"}
DESKTOP = {1280: "light"}
BOTH = {**PHONE, **DESKTOP}
DOUBLE_FONT_SIZE = "html { font-size: 200% !important }"  # WCAG 1.4.4, but on a phone
OVERFLOW_WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# WCAG 1.4.12: readers can set these without losing content. The font size is doubled as well.
TEXT_SPACING = """
    html { font-size: 200% !important }
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }
"""
SET_STYLE = "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }"
# Faults of Wagtail 7.4: the number of matches is a heading with role=alert, and on a phone the sidebar toggle
# covers the breadcrumbs.
WAGTAIL_FAULTS = ["h2[role=alert]", "[aria-label='Toggle sidebar']"]
# Wagtail's frame around each admin page is two thirds of what axe would check.
REMOVE_ADMIN_FRAME = """document.querySelectorAll(
  "#wagtail [data-sprite], #wagtail .sidebar, .w-keyboard-shortcuts"
).forEach((element) => element.remove())"""
# Otherwise axe would measure colors in the middle of a transition.
FINISH_ANIMATIONS = """document.getAnimations().forEach((animation) => {
  if (animation.effect.getComputedTiming().iterations !== Infinity) animation.finish();
})"""


def axe_violations(page, views=PHONE, include="html", exclude=(), disabled_rules=(), with_frame=False):
    """Return axe's violations in each of `views` (width: color scheme). The selectors limit the elements."""
    page.wait_for_load_state()  # after submitting a form, the document may still be empty
    if not with_frame:
        page.evaluate(REMOVE_ADMIN_FRAME)
    page.evaluate(AXE)
    context = {"include": [[include]], "exclude": [[selector] for selector in exclude]}
    options = {
        "runOnly": RULES,
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in disabled_rules},
    }
    found = []
    for width, scheme in views.items():
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(FINISH_ANIMATIONS)
        violations = page.evaluate(
            "([context, options]) => axe.run(context, options).then((r) => r.violations)", [context, options]
        )
        found += [
            (width, scheme, violation["id"], node["html"], node["failureSummary"])
            for violation in violations
            for node in violation["nodes"]
        ]
    return found


def overflowing_views(page):
    """Return the (width, style) in which the page overflows: small phone, double font size, wide spacing."""
    found = []
    for width, style in [(320, ""), (320, DOUBLE_FONT_SIZE), (640, TEXT_SPACING)]:
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate(SET_STYLE, style)
        if page.evaluate(OVERFLOW_WIDTH) > 0:
            found.append((width, style))
    page.evaluate(SET_STYLE, "")
    return found
