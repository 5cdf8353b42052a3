"""Anonymous figures of a period and of the previous one."""

from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from inquiries.choices import Outcome
from inquiries.models import DailyFigure, Measure
from inquiries.permissions import FIGURES
from inquiries.reports.numbers import average, percentile_time, share, share_or_bound, shown_number

UNREACHED_OUTCOMES = [Outcome.NO_ANSWER, Outcome.WRONG_NUMBER]


class Period(NamedTuple):
    first: date
    last: date

    @classmethod
    def ending(cls, last: date, days: int) -> "Period":
        return cls(last - timedelta(days=days - 1), last)

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=day) for day in range((self.last - self.first).days + 1)]

    @property
    def previous(self) -> "Period":
        return self.ending(self.first - timedelta(days=1), len(self.days))

    def __str__(self) -> str:
        return f"{date_format(self.first, 'M j, Y')} – {date_format(self.last, 'M j, Y')}"


class Numbers:
    """The totals of a period: counts[measure][key]."""

    def __init__(self, period: Period):
        self.counts = DailyFigure.objects.totals(*period)

    def count(self, measure: Measure, *keys: str) -> int:
        return sum(self.counts[measure].get(key, 0) for key in keys)

    def total(self, measure: Measure) -> int:
        return sum(self.counts[measure].values())

    def percentile_time(self, percent: int, measure: Measure, kind: str) -> str:
        """Return the time within which `percent` were read or answered; `kind` is urgent or other."""
        split = ((key.split(":"), number) for key, number in self.counts[measure].items())
        minutes = {int(minutes): number for (found, minutes), number in split if found == kind}
        return percentile_time(percent, minutes)

    def headlines(self) -> list[tuple[str, str]]:
        """Return (label, number) of the most important figures."""
        calls = sum(int(calls) * number for calls, number in self.counts[Measure.CALLS].items())
        called = self.total(Measure.CALLS) - self.count(Measure.CALLS, "0")
        closed = self.total(Measure.OUTCOME)
        unreached = self.count(Measure.OUTCOME, *UNREACHED_OUTCOMES)
        found, missed, false = (self.count(Measure.FLAG, key) for key in ["found", "missed", "false"])
        return [
            (_("Inquiries received"), shown_number(self.total(Measure.RECEIVED))),
            (_("Of these, urgent"), shown_number(self.count(Measure.RECEIVED, "urgent"))),
            *self._times(),
            (_("Answered on time"), share(self.count(Measure.PROMISE, "kept"), self.total(Measure.PROMISE))),
            (_("Calls per closed inquiry that was called"), average(calls, called)),
            (_("Closed without reaching the patient"), share_or_bound(unreached, closed)),
            (_("Spam"), shown_number(self.count(Measure.SPAM, "spam"))),
            (_("Marked spam by mistake"), shown_number(self.count(Measure.SPAM, "put back"))),
            (_("Urgent inquiries that the rules flagged"), share(found, found + missed)),
            (_("Flagged inquiries that weren't urgent"), share_or_bound(false, found + false)),
        ]

    def _times(self) -> list[tuple[str, str]]:
        read, answered = Measure.READ, Measure.ANSWERED
        rows = [
            (read, "urgent", _("Urgent: typical time to open"), _("Urgent: 90% opened within")),
            (read, "other", _("Others: typical time to open"), _("Others: 90% opened within")),
            (answered, "urgent", _("Urgent: typical time to answer"), _("Urgent: 90% answered within")),
            (answered, "other", _("Others: typical time to answer"), _("Others: 90% answered within")),
        ]
        return [
            (label, self.percentile_time(percent, measure, kind))
            for measure, kind, median_label, p90_label in rows
            for percent, label in [(50, median_label), (90, p90_label)]
        ]


class Report:
    """The figures of a period; raises PermissionDenied unless the user may see them."""

    def __init__(self, user: User | AnonymousUser, period: Period):
        if not user.has_perm(FIGURES):
            raise PermissionDenied
        self.period = period

    @cached_property
    def current(self) -> Numbers:
        return Numbers(self.period)

    @cached_property
    def previous(self) -> Numbers:
        return Numbers(self.period.previous)

    def headlines(self) -> list[list[str]]:
        """Return [label, this period, previous period]."""
        pairs = zip(self.current.headlines(), self.previous.headlines(), strict=True)
        return [[label, current, previous] for (label, current), (_label, previous) in pairs]
