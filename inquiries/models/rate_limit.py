"""Rate limits: how many messages came from each network, without storing its address."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clinic.database.sql import row
from clinic.models.fields import InternalModel

# A hospital ward or a clinic shares one address; more than this is labeled, never refused.
MAX_PER_HOUR = 30
MAX_PER_DAY = 100
# An IPv6 household or office has a whole /64 to write from, and a customer often a /48 of those.
WIDE_NETWORK_FACTOR = 4  # times as many may come from a /48
RETENTION = timedelta(days=2)
REFUSED_KEY = "refused"  # in place of a network, to count refused messages

# One statement, so that simultaneous messages from one place all count; in order, to prevent deadlocks.
COUNT_SQL = """
    INSERT INTO inquiries_sending AS sending (place, hour, number)
    SELECT place, %(hour)s, 1 FROM unnest(%(places)s::text[]) AS place ORDER BY place
    ON CONFLICT (place, hour) DO UPDATE SET number = sending.number + 1
    RETURNING number
"""
# Only accepted messages count, so trying again doesn't keep anyone over the limit.
LIMITS_SQL = """
    SELECT EXISTS (
        SELECT FROM unnest(%(places)s::text[], %(factors)s::int[]) AS network (place, factor) WHERE (
            SELECT coalesce(sum(number), 0) FROM inquiries_sending
            WHERE inquiries_sending.place = network.place AND hour = %(hour)s
        ) >= factor * %(an_hour)s OR (
            SELECT coalesce(sum(number), 0) FROM inquiries_sending
            WHERE inquiries_sending.place = network.place AND hour > %(day_ago)s
        ) >= factor * %(a_day)s
    ), %(ceiling)s <= (
        SELECT count(*) FROM (
            SELECT FROM inquiries_inquiry WHERE received_at > %(hour_ago)s LIMIT %(ceiling)s
        ) AS lately
    )
"""


class TooManyInquiries(Exception):
    """The site has received too many messages within an hour, so this one isn't stored."""


class Origin(NamedTuple):
    """Where a message comes from: the sender's address, and what the browser says it is."""

    address: str = ""
    browser: str = ""

    @property
    def networks(self) -> dict[str, int]:
        """{keyed hash of the network: how many times the limit it may send}."""
        if self.address and isinstance(ip_address(self.address), IPv6Address):
            home, wide = (ip_network(f"{self.address}/{bits}", strict=False) for bits in (64, 48))
            return {hash_of(str(home)): 1, hash_of(str(wide)): WIDE_NETWORK_FACTOR}
        return {hash_of(self.address): 1}

    @property
    def key(self) -> str:
        """The same for messages from the same network and browser."""
        return f"{next(iter(self.networks))}|{self.browser}"


class LimitCheck(NamedTuple):
    """Whether too many messages came from the sender's network, and from everywhere together."""

    network_over_limit: bool
    site_over_limit: bool


class SendingQuerySet(models.QuerySet):
    def check_limits(self, origin: Origin) -> LimitCheck:
        """Compare recently accepted messages with the limits, without waiting for a lock."""
        now, networks = timezone.now(), origin.networks
        values: dict[str, Any] = {
            "places": list(networks),
            "factors": list(networks.values()),
            "hour": start_of_hour(now),
            "day_ago": start_of_hour(now) - timedelta(days=1),
            "hour_ago": now - timedelta(hours=1),
            "an_hour": MAX_PER_HOUR,
            "a_day": MAX_PER_DAY,
            "ceiling": settings.MOST_INQUIRIES_AN_HOUR,
        }
        return LimitCheck(*row(LIMITS_SQL, values))

    def record(self, origin: Origin) -> None:
        self._count(list(origin.networks))

    def record_refusal(self) -> bool:
        """Count a refused message; return whether it's the first within the hour."""
        return self._count([REFUSED_KEY]) == 1

    def _count(self, places):
        """Count in one statement, so that the row is locked no longer than that."""
        return row(COUNT_SQL, {"places": places, "hour": start_of_hour(timezone.now())})[0]

    def delete_expired(self) -> None:
        self.filter(hour__lt=timezone.now() - RETENTION).delete()


class Sending(InternalModel):
    """Messages from one place in one hour. The place is a keyed hash of its address, kept for two days.

    The table is unlogged (migration 0017): counting waits for no disk, and a crash empties it.
    """

    place = models.CharField(max_length=64)
    hour = models.DateTimeField(db_index=True)
    number = models.PositiveIntegerField()

    objects = SendingQuerySet.as_manager()

    class Meta(InternalModel.Meta):
        constraints = [models.UniqueConstraint(fields=["place", "hour"], name="inquiry_sending_once")]


def start_of_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def hash_of(place: str) -> str:
    return salted_hmac("inquiries.Sending.place", place, algorithm="sha256").hexdigest()
