"""Opening hours, holidays and daylight saving time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.opening_hours import OpeningHours

NEW_YORK = ZoneInfo("America/New_York")
DAY = [(time(8), time(17))]
WEEKDAYS = OpeningHours(NEW_YORK, dict.fromkeys(range(5), DAY), frozenset({date(2026, 11, 26)}))


def at(month, day, hour, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=NEW_YORK)


def test_the_clinic_is_open_from_the_first_to_the_last_minute():
    assert not WEEKDAYS.is_open(at(11, 23, 7, 59))
    assert WEEKDAYS.is_open(at(11, 23, 8))
    assert WEEKDAYS.is_open(at(11, 23, 16, 59))
    assert not WEEKDAYS.is_open(at(11, 23, 17))


def test_after_hours_and_on_holidays_the_next_opening_is_the_next_working_day():
    assert WEEKDAYS.next_opening(at(11, 20, 18)) == at(11, 23, 8)
    assert not WEEKDAYS.is_open(at(11, 26, 10))
    assert WEEKDAYS.next_opening(at(11, 25, 17)) == at(11, 27, 8)


def test_the_clinic_is_closed_during_a_lunch_break():
    hours = OpeningHours(NEW_YORK, {0: [(time(13), time(17)), (time(8), time(12))]})
    assert hours.next_opening(at(11, 23, 12, 30)) == at(11, 23, 13)
    assert hours.after(at(11, 23, 11), timedelta(hours=2)) == at(11, 23, 14)


def test_only_opening_hours_count_as_working_time():
    assert WEEKDAYS.after(at(11, 23, 10), timedelta(hours=9)) == at(11, 24, 10)
    assert WEEKDAYS.after(at(11, 20, 16), timedelta(hours=2)) == at(11, 23, 9)
    assert WEEKDAYS.after(at(11, 25, 16), timedelta(hours=2)) == at(11, 27, 9)


def test_working_time_is_the_same_over_a_weekend_with_a_clock_change():
    # Daylight saving time ends on Sunday, November 1.
    assert WEEKDAYS.after(at(10, 30, 16), timedelta(hours=2)) == at(11, 2, 9)


def test_working_days_keep_the_local_time_over_a_clock_change():
    friday = at(10, 30, 10).astimezone(UTC)
    assert WEEKDAYS.working_days_from(friday, 2) == at(11, 3, 10)
    assert WEEKDAYS.working_days_from(at(11, 3, 10).astimezone(UTC), -2) == at(10, 30, 10)


def test_opening_hours_during_a_clock_change_count_actual_hours():
    nights = OpeningHours(NEW_YORK, {6: [(time(0), time(6))]})
    assert nights.after(at(11, 1, 0), timedelta(hours=7)) == at(11, 1, 6)
    assert nights.after(at(3, 8, 0), timedelta(hours=5)) == at(3, 8, 6)


def test_a_clinic_that_never_opens_has_no_opening_closing_or_deadline():
    never, now = OpeningHours(NEW_YORK), at(11, 23, 10)
    assert never.next_opening(now) is never.next_closing(now) is None
    assert never.after(now, timedelta(hours=1)) is None


def test_without_weekly_hours_deadlines_count_all_hours_except_on_closed_days():
    hours = OpeningHours(NEW_YORK, closed=frozenset({date(2026, 11, 26)})).for_deadlines
    for moment, due in [(at(11, 28, 22), at(11, 29, 7)), (at(11, 25, 22), at(11, 27, 7))]:
        assert hours.after(moment, timedelta(hours=9)).replace(microsecond=0) == due
    assert WEEKDAYS.for_deadlines is WEEKDAYS


def test_a_deadline_counts_all_hours_if_a_year_of_opening_hours_is_too_short():
    an_hour_a_week = OpeningHours(NEW_YORK, {0: [(time(8), time(9))]})
    now = at(11, 23, 10)
    assert an_hour_a_week.deadline(now, timedelta(hours=2)) == at(12, 7, 9)
    assert an_hour_a_week.deadline(now, timedelta(hours=200)) == now + timedelta(hours=200)
