"""The public site's style sheet, static/css/site.css, as every page carries it.

Inside the page rather than beside it: the first view then costs one round trip and not two, and an error
page is whole even where nothing else of the site answers. The Content-Security-Policy allows exactly this
text, by its hash.
"""

import base64
import hashlib
import re
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "static" / "css" / "site.css"
# Without comments and indentation, which no reader needs.
TEXT = re.sub(r"/\*.*?\*/|(?<=\n)\s+", "", FILE.read_text(), flags=re.DOTALL)
HASH = "'sha256-" + base64.b64encode(hashlib.sha256(TEXT.encode()).digest()).decode() + "'"


def start_anew_when_it_changes(sender, **kwargs):
    """For `make dev`."""
    sender.watch_dir(FILE.parent, FILE.name)
