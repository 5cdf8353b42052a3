"""The warning phrases of a new site, read from these text files. Managers maintain them from then on."""

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from django.utils.text import slugify

from clinic.text.lists import read_lists

FOLDER = Path(__file__).parent
PATTERN_FILES = ["suicide.txt", "suicide_hints.txt", "english.txt", "spanish.txt", "other_languages.txt"]


def _words() -> dict[str, str]:
    """Return the word lists that many lines share, by name."""
    words: dict[str, str] = {}
    for name, lines in read_lists(FOLDER / "words.txt").items():
        words[name] = "/".join(lines).format_map(words)
    return words


def _patterns() -> dict[str, list[str]]:
    """Return the lines of each phrase, by label."""
    words, patterns = _words(), defaultdict(list)
    for file in PATTERN_FILES:
        for label, lines in read_lists(FOLDER / file).items():
            patterns[label] += [line.format_map(words) for line in lines]
    return patterns


class StarterPhrase(NamedTuple):
    """The field values of an inquiries.models.WarningPhrase."""

    code: str
    label: str
    advice: str
    severity: int
    patterns: str


def _phrases() -> list[StarterPhrase]:
    patterns, phrases = _patterns(), []
    for row in read_lists(FOLDER / "phrases.txt")["Warning phrases"]:
        label, advice, severity = row.split(" | ")
        advice = "" if advice == "none" else advice
        lines = "\n".join(patterns[label])
        phrases.append(StarterPhrase(slugify(label), label, advice, int(severity), lines))
    return phrases


PHRASES = _phrases()
