"""How many messages came from where: enough to slow a flood, and nothing to find anybody by."""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.db import connection, models
from django.utils import timezone
from django.utils.crypto import salted_hmac

# A hospital ward or a clinic shares one address; nobody types this many in earnest.
MOST_AN_HOUR = 30
MOST_A_DAY = 100


# One statement, so that messages from the same place at the same moment all count.
COUNT_ONE_MORE = """
    INSERT INTO inquiries_sending AS sending (place, hour, number) VALUES (%(place)s, %(hour)s, 1)
    ON CONFLICT (place, hour) DO UPDATE SET number = sending.number + 1
    RETURNING number, (
        SELECT coalesce(sum(number), 0) FROM inquiries_sending
        WHERE place = %(place)s AND hour > %(day_ago)s AND hour < %(hour)s
    )
"""


class SendingQuerySet(models.QuerySet):
    def note(self, address):
        """Count a message from `address`; return how many there were this hour, and within a day."""
        hour = timezone.now().replace(minute=0, second=0, microsecond=0)
        values = {"place": place_of(address), "hour": hour, "day_ago": hour - timedelta(days=1)}
        with connection.cursor() as cursor:
            cursor.execute(COUNT_ONE_MORE, values)
            this_hour, before = cursor.fetchone()
        return this_hour, this_hour + before

    def forget(self):
        """What no limit looks at any more."""
        self.filter(hour__lt=timezone.now() - timedelta(days=2)).delete()


class Sending(models.Model):
    """Messages from one place in one hour. The place is a keyed hash of its address, kept for two days."""

    wagtail_reference_index_ignore = True

    place = models.CharField(max_length=64)
    hour = models.DateTimeField(db_index=True)
    number = models.PositiveIntegerField()

    objects = SendingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["place", "hour"], name="inquiry_sending_once")]

    def __str__(self):
        return f"{self.hour}: {self.number}"


def place_of(address):
    """An IPv6 household or office has a whole /64 to write from."""
    if address and isinstance(ip_address(address), IPv6Address):
        address = str(ip_network(f"{address}/64", strict=False))
    return salted_hmac("inquiries.Sending.place", address, algorithm="sha256").hexdigest()
