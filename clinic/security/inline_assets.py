"""The public site's style sheet and script, css/site/ and js/site.js, as every page carries them.

Inside the page rather than beside it: the first view then costs one round trip and not two or three, and an
error page is whole even where nothing else of the site answers. The Content-Security-Policy allows exactly
these texts, by their hashes.
"""

import base64
import hashlib
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"


class InPage:
    def __init__(self, paths, left_out):
        self.files = [STATIC / path for path in paths]
        # Without comments and indentation, which no reader needs.
        self.text = "".join(re.sub(left_out, "", file.read_text()) for file in self.files)
        self.hash = "'sha256-" + base64.b64encode(hashlib.sha256(self.text.encode()).digest()).decode() + "'"


SHEETS = ["tokens", "base", "frame", "article", "form", "home", "preferences", "print"]
STYLE = InPage([f"css/site/{name}.css" for name in SHEETS], r"(?s)/\*.*?\*/|(?<=\n)\s+")
SCRIPT = InPage(["js/site.js"], r"(?m)^\s*(//.*\n\s*)*")


def start_anew_when_one_changes(sender, **kwargs):
    """For `make dev`."""
    for file in STYLE.files + SCRIPT.files:
        sender.watch_dir(file.parent, file.name)
