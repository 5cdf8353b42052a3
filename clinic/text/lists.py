"""Text files with lists of words, phrases and samples, for reviewers who don't read Python."""

import re
from pathlib import Path


def read_lists(file: Path) -> dict[str, list[str]]:
    """Return the lines below each [heading], without # comments."""
    lists: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, file.read_text(encoding="utf-8").splitlines())):
        if line.startswith("[") and line.endswith("]"):
            entries = lists.setdefault(line[1:-1], [])
        elif not line.startswith("#"):
            entries.append(line)
    return lists


def words_pattern(expressions: list[str]) -> re.Pattern[str]:
    """Return a pattern that matches any of these regular expressions as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(expressions)})(?!\w)")


def split_words(lines: list[str]) -> list[str]:
    """Return the words of a list that has several words per line."""
    return " ".join(lines).split()
