"""Prometheus metrics at `/metrics`, for the local machine or with METRICS_TOKEN.

Requests are counted per process. With PROMETHEUS_MULTIPROC_DIR, as set by our systemd units, they're summed
over all processes. Collectors query the database at each scrape; other apps register theirs.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateJob
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from clinic.models.operations import Backup, CheckResult
from clinic.operations.checks.server import oldest_due_job

LOCAL_ADDRESSES = {"127.0.0.1", "::1"}

DATABASE_METRICS = CollectorRegistry()


class Collector(NamedTuple):
    collect: Callable[[], Iterable[Metric]]


def collector(collect: Callable[[], Iterable[Metric]]) -> None:
    """Register a function that yields metrics at each scrape."""
    DATABASE_METRICS.register(Collector(collect))  # type: ignore[arg-type]


def gauge(name: str, documentation: str, value: float) -> Metric:
    return GaugeMetricFamily(f"clinic_{name}", documentation, value=value)


@collector
def jobs() -> Iterator[Metric]:
    emails = ProcrastinateJob.objects.filter(queue_name="mail")
    waiting = emails.filter(status__in=["todo", "doing"])
    yield gauge("emails_queued", "Emails waiting to be sent.", waiting.count())
    yield gauge("emails_failed", "Emails that could not be sent.", emails.filter(status="failed").count())
    oldest = oldest_due_job()
    age = (timezone.now() - oldest).total_seconds() if oldest else 0
    yield gauge("oldest_job_seconds", "Waiting time of the oldest due job.", age)


@collector
def site_checks() -> Iterator[Metric]:
    failing = GaugeMetricFamily(
        "clinic_check_failing", "1 while a site check finds a problem.", labels=["check"]
    )
    for result in CheckResult.objects.all():
        failing.add_metric([result.name], bool(result.problem))
    yield failing


@collector
def backups() -> Iterator[Metric]:
    if newest := Backup.objects.order_by("-made_at").first():
        yield gauge("backup_timestamp", "Time of the newest backup.", newest.made_at.timestamp())
        yield gauge("backup_bytes", "Size of the newest backup.", newest.size)
    if (proven := Backup.objects.latest_proven()) and proven.proven_at:
        at = proven.proven_at.timestamp()
        yield gauge("proven_restore_timestamp", "Time of the last proven restore.", at)


def is_local(request: HttpRequest) -> bool:
    """Return whether the request comes from this machine, and not through a proxy."""
    return request.META.get("REMOTE_ADDR") in LOCAL_ADDRESSES and "X-Forwarded-For" not in request.headers


def may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        sent = request.headers.get("Authorization", "")
        return constant_time_compare(sent, f"Bearer {settings.METRICS_TOKEN}")
    return is_local(request)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    if not may_read(request):
        raise Http404
    requests = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        requests = CollectorRegistry()
        MultiProcessCollector(requests)
    text = generate_latest(requests) + generate_latest(DATABASE_METRICS)
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)
