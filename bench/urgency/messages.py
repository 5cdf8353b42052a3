"""The messages to train and to measure by, one file a writer, as TSV: label, language, kind, message.

Nobody who changes the rules reads those in HELD before they're measured: docs/urgency.md.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

SETS = Path(__file__).parent / "sets"
# Writers who had not seen the rules. held-a to held-p measured earlier rules, and teach since then.
FRESH = (*(f"train-{n}" for n in range(1, 26)), *(f"held-{letter}" for letter in "abcdefghijklmnop"))
OTHERS = ("lessons", "short", "veiled")  # written by people who had
HELD = ("held-q", "held-r", "held-s")


class Message(NamedTuple):
    label: str  # emergency, crisis, look-first or none
    language: str
    kind: str
    text: str
    writer: str


def written_by(writer: str) -> list[Message]:
    lines = (SETS / f"{writer}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line)
    return [Message(a, b, c, text.replace("\\n", "\n"), writer) for a, b, c, text in rows]


def read(writers: Iterable[str]) -> list[Message]:
    return [message for writer in writers for message in written_by(writer)]
