"""Checks of the server and the database: migrations, worker, jobs, disk, clock and backups."""

import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob, ProcrastinateWorker

from clinic.database.sql import row
from clinic.models.operations import Backup
from clinic.operations.checks import Problem, check

MAX_WORKER_SILENCE = timedelta(minutes=1)  # workers report every 10 seconds
MAX_JOB_DELAY = timedelta(minutes=15)
MAX_EMAIL_DELAY = timedelta(hours=1)
MAX_CLOCK_DIFFERENCE_SECONDS = 5
MIN_FREE_BYTES = 1024**3
MIN_FREE_SHARE = 0.05
MAX_BACKUP_AGE = timedelta(hours=26)  # nightly, plus two hours of grace
MAX_PROOF_AGE = timedelta(hours=50)  # one failed night shouldn't remove the site from a load balancer


@check(gettext_lazy("Database"), ready=True)
def database() -> None:
    try:
        [is_replica] = row("SELECT pg_is_in_recovery()")
    except OperationalError:
        raise Problem(
            _("The database can't be reached, or refuses the connection."),
            _("Start PostgreSQL (`systemctl restart postgresql`), or correct DATABASE_URL."),
        ) from None
    if is_replica:
        raise Problem(
            _("The database is a read-only replica."), _("Promote it, or name the primary in DATABASE_URL.")
        )


@check(gettext_lazy("Migrations"), ready=True)
def migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Problem(
            _("The database has not been migrated to this version."),
            _("Run `manage.py migrate` as the owner of the tables, then deploy/postgresql/roles.sql."),
        )


@check(gettext_lazy("Worker"), ready=True)
def worker() -> None:
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gt=timezone.now() - MAX_WORKER_SILENCE)
    if not alive.exists():
        raise Problem(
            _("No worker has reported within a minute: emails wait, and scheduled pages don't appear."),
            _("Start it (`systemctl restart clinic-worker`), and check its log."),
        )


def oldest_due_job():
    """Return when the longest-waiting job became due, or None if none is waiting."""
    due = ProcrastinateJob.objects.filter(status="todo")
    late = due.filter(scheduled_at__lte=timezone.now()).aggregate(at=Min("scheduled_at"))["at"]
    never_scheduled = ProcrastinateEvent.objects.filter(
        job__in=due.filter(scheduled_at=None), type="deferred"
    )
    queued = never_scheduled.aggregate(at=Min("at"))["at"]
    return min(filter(None, [late, queued]), default=None)


@check(gettext_lazy("Job queue"), ready=True, url_name="scheduled_jobs")
def job_queue() -> None:
    oldest = oldest_due_job()
    if oldest and timezone.now() - oldest > MAX_JOB_DELAY:
        minutes = int((timezone.now() - oldest).total_seconds() // 60)
        raise Problem(
            _("A job has been waiting for %(minutes)d minutes.") % {"minutes": minutes},
            _("Check that the worker is running, and check its log; a second worker helps with long queues."),
        )


@check(gettext_lazy("Emails are sent"), ready=True, url_name="wagtailadmin_home")
def emails_leave() -> None:
    emails = ProcrastinateJob.objects.filter(queue_name="mail")
    failed = emails.filter(status="failed").count()
    waiting_since = ProcrastinateEvent.objects.filter(
        job__in=emails.filter(status__in=["todo", "doing"]), type="deferred"
    ).aggregate(at=Min("at"))["at"]
    if failed:
        raise Problem(
            _("%(number)d emails couldn't be sent after a day of attempts.") % {"number": failed},
            _("Fix the email server, then send them again from the admin's home page."),
        )
    if waiting_since and timezone.now() - waiting_since > MAX_EMAIL_DELAY:
        raise Problem(
            _("An email has been waiting for more than an hour."),
            _("Check that the email server accepts mail: `manage.py sendtestemail YOUR-ADDRESS`."),
        )


@check(gettext_lazy("Disk space"), ready=True)
def disk_space() -> None:
    for folder in {settings.DATA_DIR, settings.BACKUP_DIR}:
        disk = shutil.disk_usage(_existing(Path(folder)))
        if disk.free < MIN_FREE_BYTES or disk.free / disk.total < MIN_FREE_SHARE:
            raise Problem(
                _("The disk of %(folder)s is nearly full: %(free)d MB are left.")
                % {"folder": folder, "free": disk.free // 1024**2},
                _("Delete files you don't need (old logs, backups copied elsewhere), or enlarge the disk."),
            )


def _existing(folder: Path) -> Path:
    return folder if folder.exists() else _existing(folder.parent)


@check(gettext_lazy("Clock"), ready=True)
def clock() -> None:
    with connection.cursor() as cursor:
        before = timezone.now()
        cursor.execute("SELECT clock_timestamp()")
        [database_time] = cursor.fetchone()
    off_by = abs((database_time - before).total_seconds())
    if off_by > MAX_CLOCK_DIFFERENCE_SECONDS:
        raise Problem(
            _("The clocks of this machine and of the database differ by %(seconds)d seconds.")
            % {"seconds": off_by},
            _("Synchronize both with NTP: `timedatectl set-ntp true`."),
        )


@check(gettext_lazy("Backups are made"))
def fresh_backup() -> None:
    past = Backup.objects.filter(made_at__lte=timezone.now())  # not from while the clock was wrong
    newest = past.order_by("-made_at").first()
    if newest is None or timezone.now() - newest.made_at > MAX_BACKUP_AGE:
        raise Problem(
            _("There's no backup from the last day."),
            _("Run `clinicctl backup` on the server, and check that its timer is on: `clinicctl status`."),
        )
    if newest.problem:
        raise Problem(newest.problem, _("Correct that, then run `clinicctl backup` on the server."))


@check(gettext_lazy("Backups are proven"), ready=True)
def proven_restore() -> None:
    now = timezone.now()
    if not Backup.objects.filter(proven_at__range=(now - MAX_PROOF_AGE, now)).exists():
        raise Problem(
            _("No backup from the last two days has been proven by restoring it."),
            _("Run `clinicctl backup` on the server: it proves the new backup."),
        )
