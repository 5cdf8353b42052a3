"""Detection of overdoses in urgent messages, whose advice includes Poison Help."""

import re
from pathlib import Path

from clinic.text.lists import read_lists
from inquiries.lookup.search import normalized

NEAR = r"(?:\W+\w+){0,6}?\W+"
LISTS = read_lists(Path(__file__).with_name("overdose.txt"))
TAKEN, TOO_MUCH, MEDICINE = ("|".join(LISTS[name]) for name in ("Taken", "Too much", "Medicine"))
OVERDOSE = re.compile(
    r"\b(?:overdos\w*|over dosed?|od ?ed|od on|sobredosis|poison(?:ed|ing)|envenen\w*)\b"
    r"|\b(?:doubled?|tripled?) (?:(?:my|his|her|the) )?dose\b"
    rf"|\b(?:{TAKEN}){NEAR}(?:{TOO_MUCH})\b{NEAR}(?:{MEDICINE})\b"
    rf"|\b(?:{TAKEN}){NEAR}(?:{MEDICINE})\b{NEAR}(?:by mistake|by accident|accidentally|at once)\b"
    r"|\b(?:swallowed|took|taken) (?:all of (?:them|it)|the (?:whole|entire) (?:bottle|month|thing))\b"
)


def is_overdose(message: str) -> bool:
    """Return whether the message describes an overdose. It's coarse, so only use it for urgent messages."""
    return bool(OVERDOSE.search(normalized(message)))
