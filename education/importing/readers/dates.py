"""Parse lines that are nothing but a date, as written in the US."""

import re
from datetime import date, datetime

from dateutil import parser

PREFIX = re.compile(r"(?:published|posted|date)(?: on)?\s*:?\s+", re.IGNORECASE)
NOT_IN_A_DATE = re.compile(r"[^\w\s,./:+-]")
MAX_DATE_LENGTH = 40


def parse_date(text: str) -> date | None:
    """Return the date, or None if the line is anything else. 10/15/2025 is October 15."""
    text = PREFIX.sub("", " ".join(text.split()), count=1).rstrip(".")
    if len(text) > MAX_DATE_LENGTH or NOT_IN_A_DATE.search(text) or not re.search(r"\d{4}", text):
        return None
    try:
        # Missing parts come from the default, so only complete dates are equal for both defaults.
        found = {
            parser.parse(text, default=default).date() for default in (datetime(1, 1, 1), datetime(2, 2, 2))
        }
    except (ValueError, OverflowError):
        return None
    return found.pop() if len(found) == 1 else None
