"""Background jobs of the whole site: queue maintenance and refreshing shared caches.

Jobs run at least once: if a worker is killed, its job runs again. So all jobs have to be idempotent.
"""

from contextlib import closing, suppress
from http.client import HTTPConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.models import Page

from clinic.email import delivery, failed
from clinic.models import ClinicSettings
from clinic.operations import monitor
from clinic.operations.schedule import scheduled

ENCODINGS = ["br", "gzip"]  # nginx caches each separately (deploy/nginx/clinic.conf)
TIMEOUT_SECONDS = 20
# Workers send a heartbeat every 10 seconds; a silent one is dead, or can't reach the database.
STALLED_AFTER_SECONDS = 60
RETENTION_HOURS = 7 * 24  # of finished jobs, so that staff can find out if an email was sent


class RefreshFailed(Exception):
    """The cache could not refresh a URL, and serves the old page until it expires."""


@app.task(
    name="clinic.refresh",
    aliases=["clinic.jobs.refresh"],
    queue="upkeep",
    retry=RetryStrategy(max_attempts=5, wait=30),
)
def refresh(*, cache, urls):
    """Make a shared cache refresh these URLs. Only 5xx responses are failures; 404 and 302 aren't."""
    with closing(HTTPConnection(urlsplit(cache).netloc, timeout=TIMEOUT_SECONDS)) as connection:
        failed = [url for url in urls for encoding in ENCODINGS if _request(connection, url, encoding) >= 500]
    if failed:
        raise RefreshFailed(", ".join(failed))


def _request(connection, url, encoding):
    _scheme, host, path, query, _fragment = urlsplit(url)
    headers = {"Host": host, "Accept-Encoding": encoding}
    connection.request("GET", f"{path}?{query}" if query else path, headers=headers)
    response = connection.getresponse()
    response.read()
    return response.status


@app.task(name="clinic.refresh_everything", aliases=["clinic.jobs.refresh_everything"], queue="upkeep")
def refresh_everything():
    """Refresh all pages, after a change that affects each of them. Ten thousand pages take minutes."""
    batch = PurgeBatch(settings.BASE_URL + reverse(name) for name in settings.PUBLIC_URL_NAMES)
    batch.add_urls(settings.BASE_URL + reverse("problem", args=[status]) for status in (429, 503))
    batch.add_pages(Page.objects.live().iterator())
    batch.purge()


@scheduled("*/5 * * * *", "clinic.watch")
def watch(timestamp):
    """Run the site checks, and send alerts about new problems."""
    monitor.run()


@scheduled(
    "* * * * *",
    "clinic.sweep_stalled_jobs",
    aliases=["clinic.jobs.sweep_stalled_jobs"],
    queue="upkeep",
    pass_context=True,
)
async def sweep_stalled_jobs(context, timestamp):
    """Restart unfinished jobs of workers that were killed."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        with suppress(ConnectorException):  # a slow worker has just finished it
            await manager.retry_job(job)


@scheduled(
    "17 3 * * *",
    "clinic.remove_old_jobs",
    aliases=["clinic.jobs.remove_old_jobs"],
    queue="upkeep",
    pass_context=True,
)
async def remove_old_jobs(context, timestamp):
    """Delete jobs that finished a week ago, except failed emails, which wait for a decision by staff."""
    manager = context.app.job_manager
    await manager.delete_old_jobs(nb_hours=RETENTION_HOURS, include_cancelled=True, include_aborted=True)
    for queue in ["clock", "upkeep"]:
        await manager.delete_old_jobs(nb_hours=RETENTION_HOURS, queue=queue, include_failed=True)


@scheduled("47 3 * * *", "clinic.remove_expired_sessions", queue="upkeep")
def remove_expired_sessions(timestamp):
    """Delete expired sessions, including messages that were never shown."""
    call_command("clearsessions")


@app.task(name="clinic.tell_former_front_desk", queue="accounts", retry=delivery.GrowingDelays())
def notify_former_front_desk(*, former: str, new: str) -> None:
    """Email the former front desk address that its emails now go to another one."""
    clinic = ClinicSettings.current()
    text = render_to_string("clinic/emails/front_desk_address_changed.txt", {"clinic": clinic, "new": new})
    delivery.send(EmailMessage(_("The front desk’s email address was changed"), text, to=[former]))


failed.register(notify_former_front_desk, gettext_lazy("Front desk address change, to the old address"))
