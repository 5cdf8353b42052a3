"""Daily figures: how many inquiries of each kind arrived on a day. They stay when the inquiries are erased.

A row holds a day, what was counted, and a number, but not whose inquiries they were. Days and hours are the
clinic's. Reports read only these rows, and their sums by week: they take no longer with a million inquiries.
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
    """What was counted; in brackets, what the key holds. Spam counts only in SPAM, FLAG and REASON."""

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


# Not an answer: nobody was reached, or there was nothing to answer.
UNANSWERED = ["", Outcome.NO_ANSWER, Outcome.WRONG_NUMBER, Outcome.NOT_FOR_US, Outcome.DUPLICATE]
SQL = {
    file.stem: file.read_text(encoding="utf-8")
    for file in Path(__file__).with_name("daily_figure_sql").glob("*.sql")
}
LOCK = "SELECT pg_advisory_xact_lock(hashtext('inquiries_dailyfigure'))"


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


class DailyFigureQuerySet(models.QuerySet["DailyFigure"]):
    def recount(self, since: date | None = None) -> None:
        """Count the inquiries again that arrived from `since` on; by default, all."""
        zone = ZoneInfo(ClinicSettings.current().time_zone)
        first = since or date(1900, 1, 1)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(LOCK)
            self.filter(day__gte=first, is_erased=False).delete()
            from_then_on = "received_at >= %(start)s"
            self._count(cursor, from_then_on, "recount", start=datetime.combine(first, time.min, zone))
            cursor.execute(SQL["add_up_weeks"], {"monday": monday_of(first)})

    def preserve(self, ids: list[int]) -> None:
        """Keep the numbers of these inquiries, which the caller is about to erase in the same transaction."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(LOCK)
            self._count(cursor, "id = ANY(%(ids)s)", "keep", ids=ids)

    def _count(self, cursor: Any, which: str, then: str, **values: Any) -> None:
        values |= {
            "zone": ClinicSettings.current().time_zone,
            "unanswered": UNANSWERED,
            "open": OPEN,
            "form": Source.FORM,
            "closed": Status.CLOSED,
            "spam": Status.SPAM,
            "none": Tier.NONE,
        }
        cursor.execute(SQL["count"].format(which=which) + SQL[then], values)

    def totals(self, first: date, last: date) -> dict[str, dict[str, int]]:
        """Return measure → key → number, of the inquiries that arrived from `first` to `last`."""
        found: dict[str, dict[str, int]] = {measure: {} for measure in Measure}
        six_days = timedelta(days=6)
        # Sums of the whole weeks, and the days before and after them one by one.
        values: dict[str, Any] = {"first": first, "last": last, "measures": Measure.values}
        values |= {"monday": monday_of(first + six_days), "last_monday": monday_of(last - six_days)}
        for measure, key, number in rows(SQL["totals"], values):
            found[measure][key] = number
        return found


class DailyFigure(InternalModel):
    """How many inquiries that arrived on `day` are counted under `key`; `is_erased` if they are gone now."""

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
    """The sum of a week's daily figures, erased ones too, so that a year is read in a fifth of the rows."""

    monday = models.DateField()
    measure = models.CharField(max_length=10, choices=Measure)
    key = models.CharField(max_length=255)
    number = models.PositiveIntegerField()

    class Meta(InternalModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["monday", "measure", "key"], name="weekly_figure_once"),
        ]
