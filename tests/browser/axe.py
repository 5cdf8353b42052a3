"""What axe finds on a page."""

from pathlib import Path

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def findings(page, without=()):
    """At both widths in both colour schemes, without the elements that some selectors find."""
    page.evaluate(AXE)
    where = {"exclude": [[selector] for selector in without]}
    found = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            result = page.evaluate("([where, rules]) => axe.run(where, rules)", [where, RULES])
            found += [
                (width, scheme, violation["id"], node["html"], node["failureSummary"])
                for violation in result["violations"]
                for node in violation["nodes"]
            ]
    return found
