"""A line that is nothing but a date, as English-language clinics write it."""

import re
from datetime import date

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
PREFIX = r"(?:(?:published|posted|date)(?: on)?\s*:?\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
MONTH = r"(?P<month>[a-z]{3,9})\.?"
FORMS = [
    re.compile(PREFIX + form + r"\.?$")
    for form in (
        MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+" + MONTH + r",?\s+(?P<year>\d{4})",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:t[\d:.]+(?:z|[+-][\d:]+)?)?",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
    )
]


def parse_date(text):
    """The date, or None where the line is anything else. 10/15/2025 is read the American way."""
    text = " ".join(text.lower().split())
    for form in FORMS:
        if match := form.match(text):
            return _date(match["year"], match["month"], match["day"])
    return None


def _date(year, month, day):
    if not month.isdigit():
        if month[:3] not in MONTHS:
            return None
        month = MONTHS.index(month[:3]) + 1
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
