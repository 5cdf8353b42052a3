"""A line that is nothing but a date, as English-language clinics write it."""

import re
from datetime import date, datetime

from dateutil import parser

PREFIX = re.compile(r"(?:published|posted|date)(?: on)?\s*:?\s+", re.IGNORECASE)
NOT_IN_A_DATE = re.compile(r"[^\w\s,./:+-]")
LONGEST = 40


def parse_date(text: str) -> date | None:
    """The date, or None if the line is anything else. 10/15/2025 is read the American way."""
    text = PREFIX.sub("", " ".join(text.split()), count=1).rstrip(".")
    if len(text) > LONGEST or NOT_IN_A_DATE.search(text) or not re.search(r"\d{4}", text):
        return None
    try:
        # What a line leaves open is taken from the default: only a whole date says the same with both.
        found = {
            parser.parse(text, default=default).date() for default in (datetime(1, 1, 1), datetime(2, 2, 2))
        }
    except (ValueError, OverflowError):
        return None
    return found.pop() if len(found) == 1 else None
