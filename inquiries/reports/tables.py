"""The tables and charts of the managers' report."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractIsoWeekDay
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from inquiries.choices import Language, Outcome, Tier
from inquiries.models import DailyFigure, Inquiry, Measure, Topic, WarningPhrase
from inquiries.models.daily_figure import monday_of
from inquiries.reports import charts
from inquiries.reports.figures import Report
from inquiries.reports.numbers import HIDDEN, shown, shown_by_group
from inquiries.triage import urgency

MAX_CHOICES = 15
MAX_DAYS = 91
MAX_CALLS = 4
AGE_LIMITS = [1, 3, 7, 30]  # days
REASON_LABELS = {reason.code: reason.label for reason in [*urgency.SCORE_REASONS.values(), urgency.TOO_LONG]}
VERDICTS = ["right", "wrong", "not said"]


class Table(NamedTuple):
    title: str
    columns: list[str]
    rows: list[list[str]]  # each starts with its heading
    chart: str = ""
    note: str = ""


def tables(report: Report) -> list[Table]:
    return [
        Table(_("At a glance"), ["", _("This period"), _("Previous period")], report.headlines()),
        *by_time(report),
        by_choice(report, Measure.TOPIC, _("By topic"), dict(Topic.objects.values_list("code", "label"))),
        by_choice(report, Measure.PAGE, _("By the page it was sent from"), {"": _("Not from an article")}),
        by_choice(report, Measure.LANGUAGE, _("By language"), dict(Language.choices)),
        by_hour(report),
        open_by_age(),
        by_choice(report, Measure.OUTCOME, _("How closed inquiries ended"), dict(Outcome.choices)),
        by_calls(report),
        by_reason(report),
    ]


def by_time(report: Report) -> Iterable[Table]:
    """Yield the tables by day, unless the period is too long, and by week."""
    received = DailyFigure.objects.filter(measure=Measure.RECEIVED, day__range=report.period)
    days, weeks = Counter(), Counter()
    for day, kind, number in received.values_list("day", "key").annotate(Sum("number")):
        for column in ["all", kind]:
            days[day, column] += number
            weeks[monday_of(day), column] += number
    mondays = list(dict.fromkeys(monday_of(day) for day in report.period.days))
    by_day, by_week = [], []
    for kind in ["all", "urgent"]:
        by_week.append(shown([weeks[start, kind] for start in mondays]))
        hidden = {start for start, text in zip(mondays, by_week[-1], strict=True) if text == HIDDEN}
        numbers = [days[day, kind] for day in report.period.days]
        by_day.append(shown_by_day(report.period.days, numbers, hidden))
    note = _("Weeks begin on Monday. The first and the last may be cut off by the period.")
    if len(report.period.days) <= MAX_DAYS:
        yield over_time(_("By day"), report.period.days, by_day)
    yield over_time(_("By week"), mondays, by_week, note)


def shown_by_day(days: list[date], numbers: list[int], hidden_weeks: set[date]) -> list[str]:
    """Return the numbers as text, so that neither hidden days nor hidden weeks can be calculated."""
    texts = shown_by_group([monday_of(day) for day in days], numbers)
    return [
        HIDDEN if number and monday_of(day) in hidden_weeks else text
        for day, number, text in zip(days, numbers, texts, strict=True)
    ]


def over_time(title: str, starts: list[date], columns: list[list[str]], note: str = "") -> Table:
    labels = [date_format(start, "M j") for start in starts]
    rows = [list(row) for row in zip(labels, *columns, strict=True)]
    return Table(
        title, ["", _("Received"), _("Urgent")], rows, charts.columns(title, chart_points(rows)), note
    )


def chart_points(rows: list[list[str]]) -> list[tuple[str, int]]:
    """Return (label, number) of each row, with 0 for hidden numbers."""
    return [(row[0], 0 if row[1] == HIDDEN else int(row[1].replace(",", ""))) for row in rows]


def by_choice(report: Report, measure: Measure, title: str, labels: dict) -> Table:
    """Return a measure's numbers in this period, the largest first, and in the previous one."""
    current, previous = report.current.counts[measure], report.previous.counts[measure]
    keys = sorted({*current, *previous}, key=lambda key: (-current.get(key, 0), key))
    keys, rest = keys[:MAX_CHOICES], keys[MAX_CHOICES:]
    names = [str(labels.get(key, key)) for key in keys] + [_("All others")] * bool(rest)
    columns = [
        [counts.get(key, 0) for key in keys] + [sum(counts.get(key, 0) for key in rest)] * bool(rest)
        for counts in (current, previous)
    ]
    return comparison(title, names, *columns)


def comparison(title: str, names: list[str], current: list[int], previous: list[int]) -> Table:
    rows = [list(row) for row in zip(names, shown(current), shown(previous), strict=True)]
    chart = charts.bars(title, chart_points(rows))
    return Table(title, ["", _("This period"), _("Previous period")], rows, chart)


def by_hour(report: Report) -> Table:
    hours = DailyFigure.objects.filter(measure=Measure.HOUR, day__range=report.period)
    sums = hours.values_list(ExtractIsoWeekDay("day"), "key").annotate(Sum("number"))
    numbers = {(int(hour), weekday - 1): number for weekday, hour, number in sums}
    cells = [(hour, weekday) for hour in range(24) for weekday in range(7)]
    formatted = shown_by_group(
        [weekday for _hour, weekday in cells], [numbers.get(cell, 0) for cell in cells]
    )
    texts = dict(zip(cells, formatted, strict=True))
    weekdays = [str(WEEKDAYS_ABBR[day]) for day in range(7)]
    rows = [[charts.HOUR_LABELS[hour], *(texts[hour, weekday] for weekday in range(7))] for hour in range(24)]
    dots = [(*cell, numbers[cell]) for cell in numbers if texts[cell] != HIDDEN]
    title = _("Arrivals by hour and weekday")
    return Table(title, ["", *weekdays], rows, charts.bubbles(title, dots, weekdays))


def open_by_age() -> Table:
    """Return the number of inquiries that are open now, regardless of the period."""
    now = timezone.now()
    filters = {}
    for i, (youngest, oldest) in enumerate(pairwise([None, *AGE_LIMITS, None])):
        arrived = Q() if youngest is None else Q(received_at__lte=now - timedelta(days=youngest))
        arrived &= Q() if oldest is None else Q(received_at__gt=now - timedelta(days=oldest))
        filters[f"age_{i}"] = Count("pk", filter=arrived)
    numbers = list(Inquiry.objects.open().aggregate(**filters).values())
    names = [
        _("Less than a day"),
        *[_("%(first)s to %(last)s days") % {"first": a, "last": b} for a, b in pairwise(AGE_LIMITS)],
        _("More than %(number)s days") % {"number": AGE_LIMITS[-1]},
    ]
    title = _("Open now, by age")
    rows = [list(row) for row in zip(names, shown(numbers), strict=True)]
    return Table(title, ["", _("Inquiries")], rows, charts.bars(title, chart_points(rows)))


def by_calls(report: Report) -> Table:
    """Return closed inquiries by the number of calls to the patient."""
    columns = []
    for numbers in [report.current, report.previous]:
        counts = [0] * (MAX_CALLS + 1)
        for calls, number in numbers.counts[Measure.CALLS].items():
            counts[min(int(calls), MAX_CALLS)] += number
        columns.append(counts)
    names = [*map(str, range(MAX_CALLS)), _("%(number)s or more") % {"number": MAX_CALLS}]
    return comparison(_("Calls per closed inquiry"), names, *columns)


def by_reason(report: Report) -> Table:
    """Return the reasons for urgency flags, and how often colleagues found them right or wrong."""
    labels = REASON_LABELS | dict(WarningPhrase.objects.values_list("code", "label"))
    verdicts = verdicts_by_reason(report.current.counts[Measure.REASON])
    columns = [shown([numbers[verdict] for numbers in verdicts.values()]) for verdict in VERDICTS]
    names = [f"{labels.get(reason, reason)} ({Tier(tier).label})" for tier, reason in verdicts]
    rows = [list(row) for row in zip(names, *columns, strict=True)]
    note = _("Staff say whether a flagged inquiry was urgent when they close it.")
    headings = ["", _("Was urgent"), _("Wasn't urgent"), _("Not recorded")]
    return Table(_("Urgency flags, right and wrong"), headings, rows, note=note)


def verdicts_by_reason(numbers: dict[str, int]) -> dict[tuple[str, str], Counter]:
    """Return {(tier, reason): {verdict: number}} of "tier:reason:verdict" keys."""
    verdicts: dict[tuple[str, str], Counter] = {}
    for key, number in sorted(numbers.items()):
        tier, reason, verdict = key.split(":")
        verdicts.setdefault((tier, reason), Counter())[verdict] += number
    return verdicts
