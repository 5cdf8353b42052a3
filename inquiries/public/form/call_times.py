"""Times to call a patient within the clinic's hours: "8–11 AM", "11 AM–1 PM", "1–5 PM"."""

from datetime import time

from django.utils.formats import time_format

from clinic.models import ClinicSettings
from inquiries.choices import BestTime

MORNING_END, AFTERNOON_START = time(11), time(13)

CallTimes = tuple[tuple[str, str], ...]


def call_times_of(clinic: ClinicSettings | None) -> CallTimes:
    """Return the choices of BestTime within the clinic's hours; empty for a clinic without hours."""
    spans = [span for day in clinic.hours.weekly.values() for span in day] if clinic else []
    if not spans:
        return ()
    opens, closes = min(span[0] for span in spans), max(span[1] for span in spans)
    periods = {
        BestTime.MORNING: (opens, min(MORNING_END, closes)),
        BestTime.MIDDAY: (max(MORNING_END, opens), min(AFTERNOON_START, closes)),
        BestTime.AFTERNOON: (max(AFTERNOON_START, opens), closes),
    }
    times = [(choice.value, time_range(*span)) for choice, span in periods.items() if span[0] < span[1]]
    return ((BestTime.ANY.value, str(BestTime.ANY.label)), *times)


def time_range(start: time, end: time) -> str:
    """Format a range of times: "8–11 AM", "8:30 AM–1 PM"."""
    first, last = short_time(start), short_time(end)
    if first[-2:] == last[-2:]:
        first = first[:-3]
    return f"{first}–{last}"


def short_time(at: time) -> str:
    """Format a time: "8 AM", "8:30 AM"."""
    return time_format(at, "g:i A" if at.minute else "g A")
