import os
import time
from typing import Any

from django.core.management import CommandError
from django.db import OperationalError, connection
from procrastinate.contrib.django.management.commands import procrastinate

from clinic.security import key_canary

CONCURRENCY = 4  # emails waiting for a slow mail server shouldn't delay an urgent one
DATABASE_TIMEOUT = float(os.environ.get("WORKER_PATIENCE", 600))  # seconds
RETRY_DELAY_SECONDS = 1.0


class Command(procrastinate.Command):
    """procrastinate's command, whose worker runs several jobs at once, and waits for the database to start.

    A worker that can't get over a lost connection exits; systemd or Docker starts it again.
    """

    requires_system_checks = []  # `migrate` runs them; they'd take a quarter of the startup time

    def handle(self, *args: Any, **options: Any) -> None:
        if options["command"] == "worker":
            wait_for_database()
            options["concurrency"] = options.get("concurrency") or CONCURRENCY
        key_canary.check_at_start()
        super().handle(*args, **options)


def wait_for_database() -> None:
    deadline = time.monotonic() + DATABASE_TIMEOUT
    while True:
        probe = connection.copy()
        try:
            probe.ensure_connection()
        except OperationalError:
            if time.monotonic() > deadline:
                raise CommandError(
                    f"The database hasn't responded for {DATABASE_TIMEOUT:.0f} seconds."
                ) from None
            time.sleep(RETRY_DELAY_SECONDS)
        else:
            probe.close()
            return
