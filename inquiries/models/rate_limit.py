"""Rate limits on messages from each network, without storing its address."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clinic.database.sql import row
from clinic.models.fields import InternalModel

# A hospital ward can share one address, so messages over these limits are labeled, never refused.
MAX_PER_HOUR = 30
MAX_PER_DAY = 100
# An IPv6 household or office has a whole /64, and one customer often has a /48 of them.
WIDE_NETWORK_FACTOR = 4  # multiplies the limits for a /48
RETENTION = timedelta(days=2)
REFUSED_KEY = "refused"  # counts refused messages, in place of a network's hash

# One statement, so that simultaneous messages from one place all count; ordered, to prevent deadlocks.
COUNT_SQL = """
    INSERT INTO inquiries_sending AS sending (place, hour, number)
    SELECT place, %(hour)s, 1 FROM unnest(%(places)s::text[]) AS place ORDER BY place
    ON CONFLICT (place, hour) DO UPDATE SET number = sending.number + 1
    RETURNING number
"""
# Only accepted messages count, so retrying doesn't keep a sender over the limit.
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
        ) AS recent
    )
"""


class TooManyInquiries(Exception):
    """Raised instead of storing a message when the site received too many within an hour."""


class Origin(NamedTuple):
    """The sender's IP address and user agent."""

    address: str = ""
    browser: str = ""

    @property
    def networks(self) -> dict[str, int]:
        """The keyed hashes of the sender's networks, each with the factor of its limits."""
        if self.address and isinstance(ip_address(self.address), IPv6Address):
            home, wide = (ip_network(f"{self.address}/{bits}", strict=False) for bits in (64, 48))
            return {hash_of(str(home)): 1, hash_of(str(wide)): WIDE_NETWORK_FACTOR}
        return {hash_of(self.address): 1}

    @property
    def key(self) -> str:
        """An identifier shared by messages from the same network and browser."""
        return f"{next(iter(self.networks))}|{self.browser}"


class LimitCheck(NamedTuple):
    """The limits that a new message would exceed."""

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
        """Count a refused message; return whether it's the first this hour."""
        return self._count([REFUSED_KEY]) == 1

    def _count(self, places):
        return row(COUNT_SQL, {"places": places, "hour": start_of_hour(timezone.now())})[0]

    def delete_expired(self) -> None:
        self.filter(hour__lt=timezone.now() - RETENTION).delete()


class Sending(InternalModel):
    """The number of messages from one place in one hour. The place is a keyed hash of the network.

    The table is unlogged (migration 0017): counting never waits for the disk, and a crash empties it.
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
