"""The tables of the managers' report, each with its chart."""

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
from inquiries.reports.numbers import HIDDEN, shown, shown_by
from inquiries.triage import urgency

MAX_PAGES = 15
MAX_DAYS = 91
MAX_CALLS = 4
AGES = [1, 3, 7, 30]  # days
BUILT_IN = {reason.code: reason.label for reason in [*urgency.SCORE_REASONS.values(), urgency.TOO_LONG]}
VERDICTS = ["right", "wrong", "not said"]


class Table(NamedTuple):
    title: str
    columns: list[str]
    rows: list[list[str]]  # the first cell of each is its heading
    chart: str = ""
    note: str = ""


def tables(report: Report) -> list[Table]:
    return [
        Table(_("At a glance"), ["", _("This period"), _("Period before")], report.headlines()),
        *by_time(report),
        of_choices(report, Measure.TOPIC, _("By topic"), dict(Topic.objects.values_list("code", "label"))),
        of_choices(report, Measure.PAGE, _("By the page it was sent from"), {"": _("Not from an article")}),
        of_choices(report, Measure.LANGUAGE, _("By language"), dict(Language.choices)),
        by_hour(report),
        open_by_age(),
        of_choices(report, Measure.OUTCOME, _("How closed inquiries ended"), dict(Outcome.choices)),
        by_calls(report),
        by_reason(report),
    ]


def by_time(report: Report) -> Iterable[Table]:
    """Volume by day and by week; by week alone of a period that's too long to read day by day."""
    received = DailyFigure.objects.filter(measure=Measure.RECEIVED, day__range=report.period)
    days, weeks = Counter(), Counter()
    for day, kind, number in received.values_list("day", "key").annotate(Sum("number")):
        for counted in ["all", kind]:
            days[day, counted] += number
            weeks[monday_of(day), counted] += number
    mondays = list(dict.fromkeys(monday_of(day) for day in report.period.days))
    by_day, by_week = [], []
    for kind in ["all", "urgent"]:
        by_week.append(shown([weeks[start, kind] for start in mondays]))
        hidden = {start for start, text in zip(mondays, by_week[-1], strict=True) if text == HIDDEN}
        by_day.append(
            texts_of_days(report.period.days, [days[day, kind] for day in report.period.days], hidden)
        )
    note = _("Weeks begin on Monday. The first and the last may be cut off by the period.")
    if len(report.period.days) <= MAX_DAYS:
        yield over_time(_("By day"), report.period.days, by_day)
    yield over_time(_("By week"), mondays, by_week, note)


def texts_of_days(days: list[date], numbers: list[int], hidden_weeks: set[date]) -> list[str]:
    """Return the numbers as text, so that neither small days nor hidden weeks can be worked out."""
    texts = shown_by([monday_of(day) for day in days], numbers)
    return [
        HIDDEN if number and monday_of(day) in hidden_weeks else text
        for day, number, text in zip(days, numbers, texts, strict=True)
    ]


def over_time(title: str, starts: list[date], columns: list[list[str]], note: str = "") -> Table:
    labels = [date_format(start, "M j") for start in starts]
    rows = [list(row) for row in zip(labels, *columns, strict=True)]
    return Table(title, ["", _("Received"), _("Urgent")], rows, charts.columns(title, drawn(rows)), note)


def drawn(rows: list[list[str]]) -> list[tuple[str, int]]:
    """Return (label, number) of rows for a chart; hidden numbers are 0."""
    return [(row[0], 0 if row[1] == HIDDEN else int(row[1].replace(",", ""))) for row in rows]


def of_choices(report: Report, measure: Measure, title: str, labels: dict) -> Table:
    """Return the numbers of one measure, the largest first, with those of the period before."""
    now, before = report.now.by[measure], report.before.by[measure]
    keys = sorted({*now, *before}, key=lambda key: (-now.get(key, 0), key))
    keys, rest = keys[:MAX_PAGES], keys[MAX_PAGES:]
    names = [str(labels.get(key, key)) for key in keys] + [_("All others")] * bool(rest)
    columns = [
        [found.get(key, 0) for key in keys] + [sum(found.get(key, 0) for key in rest)] * bool(rest)
        for found in (now, before)
    ]
    return compared(title, names, *columns)


def compared(title: str, names: list[str], now: list[int], before: list[int]) -> Table:
    rows = [list(row) for row in zip(names, shown(now), shown(before), strict=True)]
    return Table(title, ["", _("This period"), _("Period before")], rows, charts.bars(title, drawn(rows)))


def by_hour(report: Report) -> Table:
    """Arrivals by hour and weekday."""
    hours = DailyFigure.objects.filter(measure=Measure.HOUR, day__range=report.period)
    sums = hours.values_list(ExtractIsoWeekDay("day"), "key").annotate(Sum("number"))
    numbers = {(int(hour), weekday - 1): number for weekday, hour, number in sums}
    places = [(hour, weekday) for hour in range(24) for weekday in range(7)]
    each = shown_by([weekday for _hour, weekday in places], [numbers.get(place, 0) for place in places])
    texts = dict(zip(places, each, strict=True))
    weekdays = [str(WEEKDAYS_ABBR[day]) for day in range(7)]
    rows = [[charts.HOURS[hour], *(texts[hour, weekday] for weekday in range(7))] for hour in range(24)]
    dots = [(*place, numbers[place]) for place in numbers if texts[place] != HIDDEN]
    title = _("Arrivals by hour and weekday")
    return Table(title, ["", *weekdays], rows, charts.bubbles(title, dots, weekdays))


def open_by_age() -> Table:
    """What's open at this moment, whatever the period."""
    now = timezone.now()
    ages = [None, *AGES, None]
    between = {}
    for place, (youngest, oldest) in enumerate(pairwise(ages)):
        arrived = Q() if youngest is None else Q(received_at__lte=now - timedelta(days=youngest))
        arrived &= Q() if oldest is None else Q(received_at__gt=now - timedelta(days=oldest))
        between[f"age_{place}"] = Count("pk", filter=arrived)
    numbers = list(Inquiry.objects.open().aggregate(**between).values())
    names = [
        _("Less than a day"),
        *[_("%(first)s to %(last)s days") % {"first": a, "last": b} for a, b in pairwise(AGES)],
        _("More than %(number)s days") % {"number": AGES[-1]},
    ]
    title = _("Open now, by age")
    rows = [list(row) for row in zip(names, shown(numbers), strict=True)]
    return Table(title, ["", _("Inquiries")], rows, charts.bars(title, drawn(rows)))


def by_calls(report: Report) -> Table:
    """Closed inquiries by how often the patient was called."""
    numbers = [Counter(), Counter()]
    for counted, found in zip(numbers, [report.now, report.before], strict=True):
        for calls, number in found.by[Measure.CALLS].items():
            counted[min(int(calls), MAX_CALLS)] += number
    names = [*map(str, range(MAX_CALLS)), _("%(number)s or more") % {"number": MAX_CALLS}]
    columns = [[counted[calls] for calls in range(MAX_CALLS + 1)] for counted in numbers]
    return compared(_("Calls per closed inquiry"), names, *columns)


def by_reason(report: Report) -> Table:
    """Why inquiries were flagged as urgent, and whether colleagues found that right."""
    labels = BUILT_IN | dict(WarningPhrase.objects.values_list("code", "label"))
    found = reasons(report.now.by[Measure.REASON])
    columns = [shown([numbers[verdict] for numbers in found.values()]) for verdict in VERDICTS]
    names = [f"{labels.get(reason, reason)} ({Tier(tier).label})" for tier, reason in found]
    rows = [list(row) for row in zip(names, *columns, strict=True)]
    note = _("Staff say whether a flagged inquiry was urgent when they close it.")
    headings = ["", _("Was urgent"), _("Was not"), _("Nobody said")]
    return Table(_("Urgency flags, right and wrong"), headings, rows, note=note)


def reasons(numbers: dict[str, int]) -> dict[tuple[str, str], Counter]:
    """Return (tier, reason) → verdict → number."""
    found: dict[tuple[str, str], Counter] = {}
    for key, number in sorted(numbers.items()):
        tier, reason, verdict = key.split(":")
        found.setdefault((tier, reason), Counter())[verdict] += number
    return found
