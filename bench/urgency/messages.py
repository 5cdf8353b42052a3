"""Messages for training and evaluation: a TSV file per writer with label, language, kind and message.

Don't read the HELD messages before a measurement if you change the rules (docs/urgency.md).
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

SETS = Path(__file__).parent / "sets"
# Writers who hadn't seen the rules. held-a to held-p evaluated earlier rules, and are now used for training.
FRESH = (*(f"train-{n}" for n in range(1, 26)), *(f"held-{letter}" for letter in "abcdefghijklmnop"))
OTHERS = ("lessons", "short", "veiled")  # by writers who had seen the rules
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
    return [
        Message(label, language, kind, text.replace("\\n", "\n"), writer)
        for label, language, kind, text in rows
    ]


def read(writers: Iterable[str]) -> list[Message]:
    return [message for writer in writers for message in written_by(writer)]
