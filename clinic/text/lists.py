"""Text files with lists of words, phrases and samples, which people review without reading Python."""

import re
from pathlib import Path


def read_lists(file: Path) -> dict[str, list[str]]:
    """The lines below each [heading]; lines that begin with # are comments."""
    lists: dict[str, list[str]] = {}
    for line in filter(None, map(str.strip, file.read_text(encoding="utf-8").splitlines())):
        if line.startswith("[") and line.endswith("]"):
            entries = lists.setdefault(line[1:-1], [])
        elif not line.startswith("#"):
            if not lists:
                raise ValueError(f"{file} names no list before “{line}”.")
            entries.append(line)
    return lists


def any_of(expressions: list[str]) -> re.Pattern[str]:
    """A pattern that finds any of a list's regular expressions as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(expressions)})(?!\w)")


def words_in(lines: list[str]) -> list[str]:
    """The words of a list that has several on a line."""
    return " ".join(lines).split()
