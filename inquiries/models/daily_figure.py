"""Daily counts of inquiries, which remain when the inquiries are erased.

A row has a date, a measure and a number, and nothing about the patients. Dates and hours are in the clinic's
time zone. Reports read only these rows and their weekly sums, so they stay fast with a million inquiries.
"""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from clinic.database.sql import rows
from clinic.models import ClinicSettings
from clinic.models.fields import InternalModel
from inquiries.choices import OPEN, Outcome, Source, Status, Tier


class Measure(models.TextChoices):
    """The measures, with the contents of `key` in parentheses. Spam counts only in SPAM, FLAG and REASON."""

    RECEIVED = "received", _("received (urgent or other)")
    TOPIC = "topic", _("topic (code)")
    PAGE = "page", _("page it was sent from (title)")
    LANGUAGE = "language", _("language (code)")
    HOUR = "hour", _("arrival (hour)")
    READ = "read", _("first read (urgent or other:minutes)")
    ANSWERED = "answered", _("first answer (urgent or other:minutes)")
    PROMISE = "promise", _("promised time (kept or missed)")
    OUTCOME = "outcome", _("outcome (code)")
    CALLS = "calls", _("calls, of a closed one (number)")
    SPAM = "spam", _("spam (spam, labeled or put back)")
    FLAG = "flag", _("urgency (found, missed, false or not said)")
    REASON = "reason", _("reason of a flag (tier:code:right, wrong or not said)")


# Outcomes that aren't an answer: the patient wasn't reached, or there was nothing to answer.
UNANSWERED = ["", Outcome.NO_ANSWER, Outcome.WRONG_NUMBER, Outcome.NOT_FOR_US, Outcome.DUPLICATE]
SQL = {
    file.stem: file.read_text(encoding="utf-8")
    for file in Path(__file__).with_name("daily_figure_sql").glob("*.sql")
}
LOCK_SQL = "SELECT pg_advisory_xact_lock(hashtext('inquiries_dailyfigure'))"


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


class DailyFigureQuerySet(models.QuerySet["DailyFigure"]):
    def recount(self, since: date | None = None) -> None:
        """Recount the inquiries that arrived on or after `since`; by default, all."""
        zone = ZoneInfo(ClinicSettings.current().time_zone)
        first = since or date(1900, 1, 1)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(LOCK_SQL)
            self.filter(day__gte=first, is_erased=False).delete()
            start = datetime.combine(first, time.min, zone)
            self._count(cursor, "received_at >= %(start)s", "recount", start=start)
            cursor.execute(SQL["sum_weeks"], {"monday": monday_of(first)})

    def preserve(self, ids: list[int]) -> None:
        """Preserve the counts of inquiries that the caller is about to erase in the same transaction."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(LOCK_SQL)
            self._count(cursor, "id = ANY(%(ids)s)", "preserve", ids=ids)

    def _count(self, cursor: Any, condition: str, statement: str, **values: Any) -> None:
        values |= {
            "zone": ClinicSettings.current().time_zone,
            "unanswered": UNANSWERED,
            "open": OPEN,
            "form": Source.FORM,
            "closed": Status.CLOSED,
            "spam": Status.SPAM,
            "none": Tier.NONE,
        }
        cursor.execute(SQL["count"].format(condition=condition) + SQL[statement], values)

    def totals(self, first: date, last: date) -> dict[str, dict[str, int]]:
        """Return {measure: {key: number}} for the inquiries that arrived from `first` to `last`."""
        totals: dict[str, dict[str, int]] = {measure: {} for measure in Measure}
        six_days = timedelta(days=6)
        # Add up the sums of whole weeks, and the single days before and after them.
        values: dict[str, Any] = {"first": first, "last": last, "measures": Measure.values}
        values |= {"monday": monday_of(first + six_days), "last_monday": monday_of(last - six_days)}
        for measure, key, number in rows(SQL["totals"], values):
            totals[measure][key] = number
        return totals


class DailyFigure(InternalModel):
    """The number of inquiries that arrived on `day` and count under `key`; erased ones in separate rows."""

    day = models.DateField()
    measure = models.CharField(max_length=10, choices=Measure)
    key = models.CharField(max_length=255)
    number = models.PositiveIntegerField()
    is_erased = models.BooleanField()

    objects = DailyFigureQuerySet.as_manager()

    class Meta(InternalModel.Meta):
        verbose_name = _("daily figure")
        verbose_name_plural = _("daily figures")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["measure", "day", "key", "is_erased"], name="daily_figure_once"),
        ]


class WeeklyFigure(InternalModel):
    """A week's sum of daily figures, erased ones included: reports of a year read a fifth of the rows."""

    monday = models.DateField()
    measure = models.CharField(max_length=10, choices=Measure)
    key = models.CharField(max_length=255)
    number = models.PositiveIntegerField()

    class Meta(InternalModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["monday", "measure", "key"], name="weekly_figure_once"),
        ]
