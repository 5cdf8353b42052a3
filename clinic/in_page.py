"""The public site's style sheet and script, css/site.css and js/site.js, as every page carries them.

Inside the page rather than beside it: the first view then costs one round trip and not two or three, and an
error page is whole even where nothing else of the site answers. The Content-Security-Policy allows exactly
these texts, by their hashes.
"""

import base64
import hashlib
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"


class InPage:
    def __init__(self, path, left_out):
        self.file = STATIC / path
        # Without comments and indentation, which no reader needs.
        self.text = re.sub(left_out, "", self.file.read_text())
        self.hash = "'sha256-" + base64.b64encode(hashlib.sha256(self.text.encode()).digest()).decode() + "'"


STYLE = InPage("css/site.css", r"(?s)/\*.*?\*/|(?<=\n)\s+")
SCRIPT = InPage("js/site.js", r"(?m)^\s*(//.*\n\s*)*")


def start_anew_when_one_changes(sender, **kwargs):
    """For `make dev`."""
    for part in (STYLE, SCRIPT):
        sender.watch_dir(part.file.parent, part.file.name)
