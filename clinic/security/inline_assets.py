"""The public site's style sheet and script (css/site/ and js/site.js), inlined into every page.

This saves a round trip or two on the first page view, and error pages look right even if the rest of the site
is down. The Content-Security-Policy allows exactly these assets by their hashes.
"""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from clinic import colors

STATIC = Path(__file__).resolve().parents[2] / "static"


def csp_hash(text: str) -> str:
    """Return the text's hash source for a Content-Security-Policy."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


class InlineAsset:
    """Source files, concatenated and minified by removing all matches of `removed`."""

    def __init__(self, paths, removed):
        self.files = [STATIC / path for path in paths]
        self.text = "".join(re.sub(removed, "", file.read_text()) for file in self.files)
        self.hash = csp_hash(self.text)


SHEETS = ["tokens", "base", "frame", "article", "form", "lists"]
SHEETS += ["other-pages", "home", "preferences", "print"]
# Long articles only fit in one round trip without the rules of other pages.
NOT_IN_ARTICLES = {"other-pages", "home"}
# Comments, and whitespace around { } and after ; , : or a line end.
CSS_REMOVED = r"(?s)/\*.*?\*/|(?<=[{};,:\n])\s+|\s+(?=[{}])"
STYLE = InlineAsset([f"css/site/{name}.css" for name in SHEETS], CSS_REMOVED)
ARTICLE_SHEETS = [name for name in SHEETS if name not in NOT_IN_ARTICLES]
ARTICLE_STYLE = InlineAsset([f"css/site/{name}.css" for name in ARTICLE_SHEETS], CSS_REMOVED)
# For blocks that few pages have (education.blocks).
BLOCKS_STYLE = InlineAsset(["css/site/blocks.css"], CSS_REMOVED)
# In the same layer as the other colors, so that print styles and forced colors override it.
ACCENT = "@layer tokens{:root{--teal:%s}@media (prefers-color-scheme:dark){:root{--teal:%s}}}"
SCRIPT = InlineAsset(["js/site.js"], r"(?m)^\s*(//.*\n\s*)*")


@lru_cache(maxsize=32)
def style_for(accent: str, is_article: bool, with_blocks: bool = False) -> tuple[str, str]:
    """Return the style sheet with the clinic's accent color, lightened for dark mode, and its CSP hash."""
    text = (ARTICLE_STYLE if is_article else STYLE).text
    if with_blocks:
        text += BLOCKS_STYLE.text
    if accent:
        text += ACCENT % (accent, colors.nearest_readable(accent, colors.DARK_BACKGROUNDS, "#ffffff"))
    return text, csp_hash(text)


def watch_files(sender, **kwargs):
    """Restart the development server when an inlined file changes."""
    for file in STYLE.files + BLOCKS_STYLE.files + SCRIPT.files:
        sender.watch_dir(file.parent, file.name)
