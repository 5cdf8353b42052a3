import asyncio
import logging
import os
import signal
import sys
import time
from contextlib import suppress
from typing import Any, cast

from django.core.management import CommandError
from django.db import OperationalError, connection
from procrastinate import cli
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.management.commands import procrastinate

from clinic.security import key_canary

logger = logging.getLogger(__name__)
CONCURRENCY = 4  # emails waiting for a slow mail server shouldn't delay an urgent one
DATABASE_TIMEOUT = float(os.environ.get("WORKER_PATIENCE", 600))  # seconds
RETRY_DELAY_SECONDS = 1.0


class Command(procrastinate.Command):
    """procrastinate's command, whose worker runs several jobs at once and survives database outages."""

    requires_system_checks = []  # `migrate` runs them; they'd take a quarter of the startup time
    stop_requested = False

    def handle(self, *args: Any, **options: Any) -> None:
        if options["command"] == "worker":
            wait_for_database()
        key_canary.check_at_start()
        if options["command"] == "worker" and not options.get("concurrency"):
            options["concurrency"] = CONCURRENCY
        if options["command"] == "worker" and options.get("wait", True):
            self.run_worker(options)
        else:
            super().handle(*args, **options)

    def run_worker(self, options: dict[str, Any]) -> None:
        """Run the worker until a signal arrives; restart it when it loses the database.

        The restart replaces the process, so no thread keeps using an old connection.
        """
        worker_options = {key: value for key, value in options.items() if key not in self._django_options}
        connector = cast(DjangoConnector, app.connector).get_worker_connector()
        # procrastinate raises SystemExit on database errors
        with app.replace_connector(connector), suppress(SystemExit):
            asyncio.run(self.run_until_stopped({**worker_options, "app": app}))
        if not self.stop_requested:
            logger.warning("the worker has lost the database, and is waiting for it")
            wait_for_database()
            os.execv(sys.executable, sys.orig_argv)  # noqa: S606 (this same command)

    async def run_until_stopped(self, options: dict[str, Any]) -> None:
        """Run the worker until a signal arrives, and let it finish its current jobs."""
        worker = asyncio.ensure_future(cli.execute_command({**options, "install_signal_handlers": False}))

        def stop() -> None:
            self.stop_requested = True
            worker.cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        with suppress(asyncio.CancelledError):
            await worker


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
