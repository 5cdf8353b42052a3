"""Opening hours, and deadlines counted in opening hours, in the clinic's time zone."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format

# Stop looking for opening hours after a year.
SEARCH_LIMIT = timedelta(days=366)
ALL_DAY = time.min, time.max
# From here on, a weekday without a date would be ambiguous.
WEEKDAY_AMBIGUOUS_AFTER = timedelta(days=6)


def merge_spans(spans):
    """Return (opens, closes) pairs, earliest first, with adjacent and overlapping ones merged."""
    merged = []
    for opens, closes in sorted(spans):
        if merged and opens <= merged[-1][1]:
            opens, earlier = merged.pop()
            closes = max(closes, earlier)
        merged.append((opens, closes))
    return merged


@dataclass(frozen=True)
class OpeningHours:
    """Weekly hours with closed days and special hours. All moments are aware datetimes.

    `weekly` maps weekdays (Monday is 0) and `special` maps dates to (opens, closes) pairs in clinic time.
    `closed` takes precedence over `special`.
    """

    time_zone: ZoneInfo
    weekly: dict[int, list[tuple[time, time]]] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()
    special: dict[date, list[tuple[time, time]]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return timezone.localdate(timezone=self.time_zone)

    def spans_on(self, day: date) -> list[tuple[time, time]]:
        """Return the day's (opens, closes) times, earliest first; empty on a closed day."""
        if day in self.closed:
            return []
        return sorted(self.special.get(day) or self.weekly.get(day.weekday(), []))

    def moments_on(self, day):
        """Return the day's (opens, closes) moments, earliest first."""
        return [(self._moment(day, opens), self._moment(day, closes)) for opens, closes in self.spans_on(day)]

    def spans_after(self, moment):
        """Yield the (opens, closes) moments of the year after `moment`."""
        day = moment.astimezone(self.time_zone).date()
        for offset in range(SEARCH_LIMIT.days):
            for opens, closes in self.moments_on(day + timedelta(days=offset)):
                if closes > moment:
                    yield max(opens, moment), closes

    @property
    def for_deadlines(self) -> "OpeningHours":
        """The hours that deadlines and escalations count: without weekly hours, all days but closed ones."""
        return self if self.weekly else replace(self, weekly={day: [ALL_DAY] for day in range(7)})

    def is_open(self, moment):
        opens = self.next_opening(moment)
        return opens is not None and opens <= moment

    def next_opening(self, moment):
        """Return `moment` if the clinic is open, otherwise when it next opens, or None if it never does."""
        return next((opens for opens, _ in self.spans_after(moment)), None)

    def next_closing(self, moment):
        return next((closes for _, closes in self.spans_after(moment)), None)

    def day_and_time(self, moment, now):
        """Format a future moment: {"day": "Monday", "time": "8:00 AM"}."""
        local = moment.astimezone(self.time_zone)
        day = date_format(local, "l" if moment - now < WEEKDAY_AMBIGUOUS_AFTER else "l, F j")
        return {"day": day, "time": time_format(local, "g:i A")}

    def after(self, moment, working_time):
        """Return when `working_time` of opening hours has passed since `moment`; None if it never does."""
        left = working_time
        for opens, closes in self.spans_after(moment):
            # Subtract in UTC, to count the actual hours when daylight saving time starts or ends.
            span = closes.astimezone(UTC) - opens.astimezone(UTC)
            if span >= left:
                return (opens.astimezone(UTC) + left).astimezone(self.time_zone)
            left -= span
        return None

    def deadline(self, moment: datetime, working_time: timedelta) -> datetime:
        """Return when a response is due; counts all hours if the opening hours of a year don't suffice."""
        return self.for_deadlines.after(moment, working_time) or moment + working_time

    def working_days_from(self, moment: datetime, number: int) -> datetime:
        """Return the same local time `number` open days later, or earlier if it's negative.

        Counts calendar days if the clinic never opens.
        """
        moment = moment.astimezone(self.time_zone)
        day, step, left = moment.date(), 1 if number > 0 else -1, abs(number)
        for offset in range(step, step * SEARCH_LIMIT.days, step):
            left -= bool(self.spans_on(day + timedelta(days=offset)))
            if not left:
                return moment + timedelta(days=offset)
        return moment + timedelta(days=number)

    def _moment(self, day, local_time):
        return datetime.combine(day, local_time, self.time_zone)
