"""The public site's style sheet and script, css/site/ and js/site.js, as every page carries them.

Inside the page rather than beside it: the first view then costs one round trip and not two or three, and an
error page is whole even where nothing else of the site answers. The Content-Security-Policy allows exactly
these texts, by their hashes.
"""

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from clinic import colors

STATIC = Path(__file__).resolve().parents[2] / "static"


def hash_of(text: str) -> str:
    """As a Content-Security-Policy names a text."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


class InPage:
    def __init__(self, paths, left_out):
        self.files = [STATIC / path for path in paths]
        # Without comments and indentation.
        self.text = "".join(re.sub(left_out, "", file.read_text()) for file in self.files)
        self.hash = hash_of(self.text)


SHEETS = ["tokens", "base", "frame", "article", "form", "lists"]
SHEETS += ["other-pages", "home", "preferences", "print"]
# An article's words take the room that the rules of other pages would.
NOT_IN_ARTICLES = {"other-pages", "home"}
# Comments, line ends and the spaces that mean nothing around { } ; , and after :
LEFT_OUT = r"(?s)/\*.*?\*/|(?<=[{};,:\n])\s+|\s+(?=[{}])"
STYLE = InPage([f"css/site/{name}.css" for name in SHEETS], LEFT_OUT)
ARTICLE_STYLE = InPage([f"css/site/{name}.css" for name in SHEETS if name not in NOT_IN_ARTICLES], LEFT_OUT)
# For blocks that few pages have: see education.blocks.
BLOCKS_STYLE = InPage(["css/site/blocks.css"], LEFT_OUT)
# In the layer of the colors, so that print and forced colors still win.
ACCENT = "@layer tokens{:root{--teal:%s}@media (prefers-color-scheme:dark){:root{--teal:%s}}}"
SCRIPT = InPage(["js/site.js"], r"(?m)^\s*(//.*\n\s*)*")


@lru_cache(maxsize=32)
def style_for(accent: str, is_article: bool, with_blocks: bool = False) -> tuple[str, str]:
    """The style sheet with the clinic's accent color, a lighter one in dark mode, and its hash."""
    text = (ARTICLE_STYLE if is_article else STYLE).text
    if with_blocks:
        text += BLOCKS_STYLE.text
    if accent:
        text += ACCENT % (accent, colors.nearest_readable(accent, colors.DARK_BACKGROUNDS, "#ffffff"))
    return text, hash_of(text)


def watch_files(sender, **kwargs):
    """For `make dev`."""
    for file in STYLE.files + BLOCKS_STYLE.files + SCRIPT.files:
        sender.watch_dir(file.parent, file.name)
