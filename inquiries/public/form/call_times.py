"""Times to call a patient within the clinic's hours: "8–11 AM", "11 AM–1 PM", "1–5 PM"."""

from datetime import time

from django.utils.formats import time_format

from clinic.models import ClinicSettings
from inquiries.choices import BestTime

NOON = (time(11), time(13))  # the end of the morning, and the beginning of the afternoon

CallTimes = tuple[tuple[str, str], ...]


def call_times_of(clinic: ClinicSettings | None) -> CallTimes:
    """The choices of BestTime in the clinic's hours; empty for a clinic without hours."""
    spans = [span for day in clinic.hours.weekly.values() for span in day] if clinic else []
    if not spans:
        return ()
    opens, closes = min(span[0] for span in spans), max(span[1] for span in spans)
    borders = {
        BestTime.MORNING: (opens, min(NOON[0], closes)),
        BestTime.MIDDAY: (max(NOON[0], opens), min(NOON[1], closes)),
        BestTime.AFTERNOON: (max(NOON[1], opens), closes),
    }
    times = [(value, clock_span(*span)) for value, span in borders.items() if span[0] < span[1]]
    return ((BestTime.ANY.value, str(BestTime.ANY.label)), *((value.value, text) for value, text in times))


def clock_span(start: time, end: time) -> str:
    """As people write it: "8–11 AM", "8:30 AM–1 PM"."""
    first, last = clock(start), clock(end)
    if first[-2:] == last[-2:]:
        first = first[:-3]
    return f"{first}–{last}"


def clock(at: time) -> str:
    """A time as people write it: "8 AM", "8:30 AM"."""
    return time_format(at, "g:i A" if at.minute else "g A")
