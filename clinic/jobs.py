"""Background jobs of the whole site: upkeep of the queue, and refreshing shared caches.

A job runs at least once: one whose worker was killed runs again. So every job may run twice.
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

ENCODINGS = ["br", "gzip"]  # each kept apart: deploy/nginx/clinic.conf
TIMEOUT = 20  # seconds
# Workers report every 10 seconds; one that has been silent for so long is dead (or away from the database).
DEAD_AFTER = 60  # seconds
KEPT_FOR = 7 * 24  # hours that a finished job is kept, to look up what became of an email


class RefreshFailed(Exception):
    """The cache could not refresh an address; it serves the old page until that expires."""


@app.task(
    name="clinic.refresh",
    aliases=["clinic.jobs.refresh"],
    queue="upkeep",
    retry=RetryStrategy(max_attempts=5, wait=30),
)
def refresh(*, cache, urls):
    """Have one shared cache refresh these addresses. Answers such as 404 and 302 count as refreshed."""
    with closing(HTTPConnection(urlsplit(cache).netloc, timeout=TIMEOUT)) as connection:
        failed = [url for url in urls for encoding in ENCODINGS if _ask(connection, url, encoding) >= 500]
    if failed:
        raise RefreshFailed(", ".join(failed))


def _ask(connection, url, encoding):
    _scheme, host, path, query, _fragment = urlsplit(url)
    headers = {"Host": host, "Accept-Encoding": encoding}
    connection.request("GET", f"{path}?{query}" if query else path, headers=headers)
    response = connection.getresponse()
    response.read()
    return response.status


@app.task(name="clinic.refresh_everything", aliases=["clinic.jobs.refresh_everything"], queue="upkeep")
def refresh_everything():
    """Refresh all pages, after a change that each shows. Ten thousand take minutes; emails go first."""
    batch = PurgeBatch(settings.BASE_URL + reverse(name) for name in settings.PUBLIC_URL_NAMES)
    batch.add_urls(settings.BASE_URL + reverse("problem", args=[status]) for status in (429, 503))
    batch.add_pages(Page.objects.live().iterator())
    batch.purge()


@scheduled("*/5 * * * *", "clinic.watch")
def watch(timestamp):
    """Check the site, and tell about new problems."""
    monitor.run()


@scheduled(
    "* * * * *",
    "clinic.sweep_stalled_jobs",
    aliases=["clinic.jobs.sweep_stalled_jobs"],
    queue="upkeep",
    pass_context=True,
)
async def sweep_stalled_jobs(context, timestamp):
    """Start jobs again that a killed worker left unfinished."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
        with suppress(ConnectorException):  # finished just now by a worker that was only slow
            await manager.retry_job(job)


@scheduled(
    "17 3 * * *",
    "clinic.remove_old_jobs",
    aliases=["clinic.jobs.remove_old_jobs"],
    queue="upkeep",
    pass_context=True,
)
async def remove_old_jobs(context, timestamp):
    """Delete the records of jobs that finished a week ago. Failed emails stay until somebody decides."""
    manager = context.app.job_manager
    await manager.delete_old_jobs(nb_hours=KEPT_FOR, include_cancelled=True, include_aborted=True)
    for queue in ["clock", "upkeep"]:
        await manager.delete_old_jobs(nb_hours=KEPT_FOR, queue=queue, include_failed=True)


@scheduled("47 3 * * *", "clinic.remove_expired_sessions", queue="upkeep")
def remove_expired_sessions(timestamp):
    """Delete sessions that have expired, with the messages that nobody saw."""
    call_command("clearsessions")


@app.task(name="clinic.tell_former_front_desk", queue="accounts", retry=delivery.GrowingDelays())
def notify_former_front_desk(*, former: str, new: str) -> None:
    """Tell the address that had the front desk's emails that they go elsewhere now."""
    clinic = ClinicSettings.current()
    text = render_to_string("clinic/emails/front_desk_moved.txt", {"clinic": clinic, "new": new})
    delivery.send(EmailMessage(_("The front desk’s email address was changed"), text, to=[former]))


failed.register(notify_former_front_desk, gettext_lazy("Front desk address changed, to the old one"))
