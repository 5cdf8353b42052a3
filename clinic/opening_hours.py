"""When the clinic is open, and how its promises count time: in opening hours, on the clinic's own clock."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format

# A clinic that does not open within a year has no hours to count in.
HORIZON = timedelta(days=366)
ALL_DAY = time.min, time.max
# From here on, a weekday alone could be taken for an earlier one.
NEEDS_A_DATE = timedelta(days=6)


def merge_spans(spans):
    """(opens, closes) pairs, earliest first, where those that touch or overlap have become one."""
    whole = []
    for opens, closes in sorted(spans):
        if whole and opens <= whole[-1][1]:
            opens, earlier = whole.pop()
            closes = max(closes, earlier)
        whole.append((opens, closes))
    return whole


@dataclass(frozen=True)
class OpeningHours:
    """Weekly hours, less closed days, with other hours on special days. All moments are aware datetimes.

    `weekly` maps a weekday (Monday is 0), `special` a date, to (opens, closes) pairs in clinic time. A day
    that is both closed and special is closed.
    """

    time_zone: ZoneInfo
    weekly: dict[int, list[tuple[time, time]]] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()
    special: dict[date, list[tuple[time, time]]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return timezone.localdate(timezone=self.time_zone)

    def spans_on(self, day: date) -> list[tuple[time, time]]:
        """The day's (opens, closes) clock times, earliest first; none on a closed day."""
        if day in self.closed:
            return []
        return sorted(self.special.get(day) or self.weekly.get(day.weekday(), []))

    def moments_on(self, day):
        """The day's (opens, closes) moments, earliest first."""
        return [(self._moment(day, opens), self._moment(day, closes)) for opens, closes in self.spans_on(day)]

    def spans_after(self, moment):
        """The opening hours after `moment`: (opens, closes) pairs for a year to come."""
        day = moment.astimezone(self.time_zone).date()
        for offset in range(HORIZON.days):
            for opens, closes in self.moments_on(day + timedelta(days=offset)):
                if closes > moment:
                    yield max(opens, moment), closes

    @property
    def for_deadlines(self) -> "OpeningHours":
        """The hours for promises and escalations: without weekly hours, each day but the closed ones."""
        return self if self.weekly else replace(self, weekly={day: [ALL_DAY] for day in range(7)})

    def is_open(self, moment):
        opens = self.next_opening(moment)
        return opens is not None and opens <= moment

    def next_opening(self, moment):
        """`moment` itself while open, else when the clinic next opens; None if it never does."""
        return next((opens for opens, _ in self.spans_after(moment)), None)

    def next_closing(self, moment):
        return next((closes for _, closes in self.spans_after(moment)), None)

    def day_and_time(self, moment, now):
        """Words for a coming moment: {"day": "Monday", "time": "8:00 AM"}."""
        here = moment.astimezone(self.time_zone)
        day = date_format(here, "l" if moment - now < NEEDS_A_DATE else "l, F j")
        return {"day": day, "time": time_format(here, "g:i A")}

    def after(self, moment, working_time):
        """When `working_time` (a timedelta) of opening hours has passed; None if it never has."""
        left = working_time
        for opens, closes in self.spans_after(moment):
            # Through UTC, so that the hour a clock change adds or takes is counted as it passes.
            span = closes.astimezone(UTC) - opens.astimezone(UTC)
            if span >= left:
                return (opens.astimezone(UTC) + left).astimezone(self.time_zone)
            left -= span
        return None

    def deadline(self, moment: datetime, working_time: timedelta) -> datetime:
        """When an answer is due: by the clock where opening hours take over a year for `working_time`."""
        return self.for_deadlines.after(moment, working_time) or moment + working_time

    def working_days_from(self, moment: datetime, number: int) -> datetime:
        """The same clock time `number` open days later, or earlier if it's negative.

        Calendar days if the clinic never opens.
        """
        moment = moment.astimezone(self.time_zone)  # whose clock keeps its time over a change to summer time
        day, step, left = moment.date(), 1 if number > 0 else -1, abs(number)
        for offset in range(step, step * HORIZON.days, step):
            left -= bool(self.spans_on(day + timedelta(days=offset)))
            if not left:
                return moment + timedelta(days=offset)
        return moment + timedelta(days=number)

    def _moment(self, day, clock):
        return datetime.combine(day, clock, self.time_zone)
