"""The figures of a period and of the period before it, without names."""

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
from inquiries.reports.numbers import average, share, share_of_hidden, shown_number, within

NEVER_REACHED = [Outcome.NO_ANSWER, Outcome.WRONG_NUMBER]


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
    def before(self) -> "Period":
        return self.ending(self.first - timedelta(days=1), len(self.days))

    def __str__(self) -> str:
        return f"{date_format(self.first, 'M j, Y')} – {date_format(self.last, 'M j, Y')}"


class Numbers:
    """The sums of one period."""

    def __init__(self, period: Period):
        self.by = DailyFigure.objects.totals(*period)

    def of(self, measure: Measure, *keys: str) -> int:
        return sum(self.by[measure].get(key, 0) for key in keys)

    def all(self, measure: Measure) -> int:
        return sum(self.by[measure].values())

    def within(self, percent: int, measure: Measure, kind: str) -> str:
        """Return the time within which a share was read or answered; `kind` is urgent or other."""
        split = ((key.split(":"), number) for key, number in self.by[measure].items())
        return within(percent, {int(minutes): number for (found, minutes), number in split if found == kind})

    def headlines(self) -> list[tuple[str, str]]:
        """Return (what, how many) of what a manager wants to know first."""
        calls = sum(int(calls) * number for calls, number in self.by[Measure.CALLS].items())
        called = self.all(Measure.CALLS) - self.of(Measure.CALLS, "0")
        closed = self.all(Measure.OUTCOME)
        unreached = self.of(Measure.OUTCOME, *NEVER_REACHED)
        found, missed, false = (self.of(Measure.FLAG, key) for key in ["found", "missed", "false"])
        return [
            (_("Inquiries received"), shown_number(self.all(Measure.RECEIVED))),
            (_("Of these, urgent"), shown_number(self.of(Measure.RECEIVED, "urgent"))),
            *self._times(),
            (_("Answered on time"), share(self.of(Measure.PROMISE, "kept"), self.all(Measure.PROMISE))),
            (_("Calls per closed inquiry that was called"), average(calls, called)),
            (_("Closed without reaching the patient"), share_of_hidden(unreached, closed)),
            (_("Spam"), shown_number(self.of(Measure.SPAM, "spam"))),
            (_("Marked spam by mistake"), shown_number(self.of(Measure.SPAM, "put back"))),
            (_("Urgent inquiries that the rules flagged"), share(found, found + missed)),
            (_("Flagged inquiries that weren't urgent"), share_of_hidden(false, found + false)),
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
            (label, self.within(percent, measure, kind))
            for measure, kind, half, most in rows
            for percent, label in [(50, half), (90, most)]
        ]


class Report:
    """PermissionDenied unless the user may see the figures."""

    def __init__(self, user: User | AnonymousUser, period: Period):
        if not user.has_perm(FIGURES):
            raise PermissionDenied
        self.period = period

    @cached_property
    def now(self) -> Numbers:
        return Numbers(self.period)

    @cached_property
    def before(self) -> Numbers:
        return Numbers(self.period.before)

    def headlines(self) -> list[list[str]]:
        """Return [what, this period, the one before]."""
        pairs = zip(self.now.headlines(), self.before.headlines(), strict=True)
        return [[label, number, before] for (label, number), (_label, before) in pairs]
