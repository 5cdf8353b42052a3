"""Anonymous Prometheus metrics of inquiries."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone
from prometheus_client.core import Metric

from clinic.database.sql import row
from clinic.operations.metrics import collector, gauge
from inquiries.choices import Status
from inquiries.models import Inquiry

# For the last seven days: the number of unopened inquiries, and the seconds until the others were opened.
FIRST_READS = """
SELECT count(*) FILTER (WHERE opened_at IS NULL AND status = 'new'),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY EXTRACT(epoch FROM opened_at - received_at)),
       max(EXTRACT(epoch FROM opened_at - received_at))
FROM inquiries_inquiry WHERE received_at > now() - interval '7 days' AND status <> 'spam'
"""


@collector
def inquiries() -> Iterator[Metric]:
    since = timezone.now() - timedelta(days=1)
    received = Count("pk", filter=Q(received_at__gt=since))
    spam = Count("pk", filter=Q(received_at__gt=since, status=Status.SPAM))
    urgent = Count("pk", filter=Q(urgent=True, status=Status.NEW))
    numbers = Inquiry.objects.filter(Q(received_at__gt=since) | Q(status=Status.NEW))
    counted = numbers.aggregate(received=received, spam=spam, urgent=urgent)
    yield gauge("inquiries_received_1d", "Inquiries of the last 24 hours.", counted["received"])
    yield gauge("inquiries_spam_1d", "Spam in the last 24 hours.", counted["spam"])
    yield gauge("inquiries_urgent_new", "Urgent inquiries that are still new.", counted["urgent"])
    unread, median, longest = row(FIRST_READS)
    yield gauge("inquiries_unread", "New inquiries of the last 7 days that no one has opened.", unread)
    yield gauge("first_read_median_seconds", "Median time until opening, last 7 days.", median or 0)
    yield gauge("first_read_longest_seconds", "Longest time until opening, last 7 days.", longest or 0)
