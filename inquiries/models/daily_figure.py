"""Daily figures: how many inquiries of each kind arrived on a day. They stay when the inquiries are erased.

A row holds a day, what was counted, and a number, but not whose inquiries they were. Days and hours are the
clinic's. Reports read only these rows, and their sums by week: they take no longer with a million inquiries.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from clinic.models import ClinicSettings
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


def minutes(interval: str) -> str:
    whole = f"trunc(abs(extract(epoch FROM {interval})) / 60)"
    return f"round({whole}, 2 - greatest(length({whole}::text), 2))::bigint"


READ, ANSWER = minutes("(opened_at - received_at)"), minutes("(answered_at - received_at)")
# {which} chooses inquiries. First the facts of each, then one row for each thing that is counted. Minutes
# have two digits and no more, so that a year of them stays few rows: exact below 100, then within 5 %.
COUNT = """
WITH fact AS (
    SELECT inquiry.*, done.*,
        inquiry.received_at AT TIME ZONE %(zone)s AS arrived,
        CASE WHEN coalesce(was_urgent, urgent) THEN 'urgent' ELSE 'other' END AS kind,
        coalesce(first_due_at, inquiry.due_at) AS promised_at,
        least(spoken_at, CASE WHEN NOT outcome = ANY(%(unanswered)s) THEN closed_at END) AS answered_at
    FROM inquiries_inquiry inquiry CROSS JOIN LATERAL (
        SELECT
            min(at) FILTER (
                WHERE kind = 'replied' OR kind = 'call' AND detail IN ('spoke', 'left_message')
            ) AS spoken_at,
            min(at) FILTER (WHERE kind = 'call') AS called_at,
            max(at) FILTER (WHERE changes->'status'->>1 = 'closed') AS closed_at,
            (array_agg(changes->'due_at'->>0 ORDER BY id) FILTER (WHERE changes->'due_at' IS NOT NULL))[1]
                ::timestamptz AS first_due_at,
            bool_or(kind = 'not_spam' OR changes->'probably_spam' = '[true, false]') AS was_put_back
        FROM inquiries_inquiryevent event
        WHERE inquiry_id = inquiry.id AND NOT (kind = 'call' AND EXISTS (
            SELECT FROM inquiries_inquiryevent WHERE corrects_id = event.id
        ))
    ) done
    WHERE {which}
), timed AS (
    SELECT *, least(answered_at, called_at) AS tried_at,
        {read_minutes} AS read_minutes, {answer_minutes} AS answer_minutes
    FROM fact
), counted AS (
    SELECT arrived::date AS day, measure, key FROM timed CROSS JOIN LATERAL (
        SELECT * FROM (VALUES
            ('received', kind),
            ('topic', topic),
            ('page', page_title),
            ('language', language),
            ('hour', extract(hour FROM arrived)::text),
            ('read', CASE WHEN source = %(form)s THEN kind || ':' || read_minutes END),
            ('answered', CASE WHEN outcome <> 'duplicate' THEN kind || ':' || answer_minutes END),
            ('promise', CASE WHEN outcome = 'duplicate' THEN NULL
                WHEN tried_at <= promised_at THEN 'kept'
                WHEN tried_at > promised_at OR (status = ANY(%(open)s) AND promised_at < now()) THEN 'missed'
            END),
            ('outcome', nullif(outcome, '')),
            ('calls', CASE WHEN status = %(closed)s THEN call_attempts::text END)
        ) AS genuine WHERE status <> %(spam)s
        UNION ALL VALUES
            ('spam', CASE WHEN status = %(spam)s THEN 'spam' WHEN probably_spam THEN 'labeled'
                WHEN was_put_back THEN 'put back' END),
            ('flag', CASE WHEN tier = %(none)s THEN CASE WHEN was_urgent THEN 'missed' END
                WHEN was_urgent THEN 'found' WHEN NOT was_urgent THEN 'false' ELSE 'not said' END)
        UNION ALL SELECT 'reason', concat_ws(':', tier, reason,
                CASE WHEN was_urgent THEN 'right' WHEN NOT was_urgent THEN 'wrong' ELSE 'not said' END)
            FROM unnest(urgency_reasons) AS reason WHERE tier <> %(none)s
    ) AS found (measure, key) WHERE key IS NOT NULL
)
"""
RECOUNT = """
INSERT INTO inquiries_dailyfigure (day, measure, key, number, is_erased)
SELECT day, measure, key, count(*), false FROM counted GROUP BY day, measure, key
ORDER BY day  -- so that a period's rows lie together
"""
ADD_UP_WEEKS = """
DELETE FROM inquiries_weeklyfigure WHERE monday >= %(monday)s;
INSERT INTO inquiries_weeklyfigure (monday, measure, key, number)
SELECT date_trunc('week', day)::date AS monday, measure, key, sum(number) FROM inquiries_dailyfigure
WHERE day >= %(monday)s GROUP BY 1, 2, 3 ORDER BY 1
"""
TOTALS = """
SELECT measure, key, sum(number) FROM (
    SELECT measure, key, number FROM inquiries_weeklyfigure
        WHERE monday BETWEEN %(monday)s AND %(last_monday)s
    UNION ALL SELECT measure, key, number FROM inquiries_dailyfigure
        WHERE measure = ANY(%(measures)s) AND day BETWEEN %(first)s AND least(%(monday)s - 1, %(last)s)
    UNION ALL SELECT measure, key, number FROM inquiries_dailyfigure
        WHERE measure = ANY(%(measures)s)
            AND day BETWEEN greatest(%(monday)s, %(last_monday)s + 7) AND %(last)s
) AS found GROUP BY measure, key
"""
# Move the counts of inquiries about to be erased from the live rows to the erased rows.
KEEP = """
, going AS (
    SELECT day, measure, key, count(*) AS number FROM counted GROUP BY day, measure, key
), taken AS (
    UPDATE inquiries_dailyfigure figure SET number = greatest(figure.number - going.number, 0) FROM going
    WHERE (figure.day, figure.measure, figure.key) = (going.day, going.measure, going.key) AND NOT is_erased
)
INSERT INTO inquiries_dailyfigure AS figure (day, measure, key, number, is_erased)
SELECT day, measure, key, number, true FROM going
ON CONFLICT (day, measure, key, is_erased) DO UPDATE SET number = figure.number + excluded.number
"""
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
            self._count(cursor, from_then_on, RECOUNT, start=datetime.combine(first, time.min, zone))
            cursor.execute(ADD_UP_WEEKS, {"monday": monday_of(first)})

    def keep(self, ids: list[int]) -> None:
        """Keep the numbers of these inquiries, which the caller is about to erase in the same transaction."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(LOCK)
            self._count(cursor, "id = ANY(%(ids)s)", KEEP, ids=ids)

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
        cursor.execute(COUNT.format(which=which, read_minutes=READ, answer_minutes=ANSWER) + then, values)

    def totals(self, first: date, last: date) -> dict[str, dict[str, int]]:
        """Return measure → key → number, of the inquiries that arrived from `first` to `last`."""
        found: dict[str, dict[str, int]] = {measure: {} for measure in Measure}
        six_days = timedelta(days=6)
        # Sums of the whole weeks, and the days before and after them one by one.
        values: dict[str, Any] = {"first": first, "last": last, "measures": Measure.values}
        values |= {"monday": monday_of(first + six_days), "last_monday": monday_of(last - six_days)}
        with connection.cursor() as cursor:
            cursor.execute(TOTALS, values)
            for measure, key, number in cursor.fetchall():
                found[measure][key] = number
        return found


class DailyFigure(models.Model):
    """How many inquiries that arrived on `day` are counted under `key`; `is_erased` if they are gone now."""

    wagtail_reference_index_ignore = True

    day = models.DateField()
    measure = models.CharField(max_length=10, choices=Measure)
    key = models.CharField(max_length=255)
    number = models.PositiveIntegerField()
    is_erased = models.BooleanField()

    objects = DailyFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily figure")
        verbose_name_plural = _("daily figures")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["measure", "day", "key", "is_erased"], name="daily_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.measure} {self.key}: {self.number}"


class WeeklyFigure(models.Model):
    """The sum of a week's daily figures, erased ones too, so that a year is read in a fifth of the rows."""

    wagtail_reference_index_ignore = True

    monday = models.DateField()
    measure = models.CharField(max_length=10, choices=Measure)
    key = models.CharField(max_length=255)
    number = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["monday", "measure", "key"], name="weekly_figure_once"),
        ]

    def __str__(self) -> str:
        return f"week of {self.monday}, {self.measure} {self.key}: {self.number}"
