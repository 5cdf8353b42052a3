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
SLOTS = 4  # so that a few emails that wait for a slow mail server keep no urgent one waiting
PATIENCE = float(os.environ.get("WORKER_PATIENCE", 600))  # seconds without a database until it gives up
PAUSE = 1.0  # seconds


class Command(procrastinate.Command):
    """procrastinate's own. Its worker has several slots, refuses wrong keys, and outlives the database."""

    requires_system_checks = []  # `migrate` makes them, and the web server none: a quarter of the start
    told_to_stop = False

    def handle(self, *args: Any, **options: Any) -> None:
        if options["command"] == "worker":
            wait_for_database()
        key_canary.check_at_start()
        if options["command"] == "worker" and not options.get("concurrency"):
            options["concurrency"] = SLOTS
        if options["command"] == "worker" and options.get("wait", True):
            self.work(options)
        else:
            super().handle(*args, **options)

    def work(self, options: dict[str, Any]) -> None:
        """Run the worker until it's told to stop, and start it again when it loses its database.

        The process is replaced, so that no thread goes on with a connection of before.
        """
        given = {key: value for key, value in options.items() if key not in self._django_options}
        connector = cast(DjangoConnector, app.connector).get_worker_connector()
        # SystemExit is procrastinate's answer to any error of the database
        with app.replace_connector(connector), suppress(SystemExit):
            asyncio.run(self.run_until_stopped({**given, "app": app}))
        if not self.told_to_stop:
            logger.warning("the worker has lost the database, and is waiting for it")
            wait_for_database()
            os.execv(sys.executable, sys.orig_argv)  # noqa: S606 (the same command again)

    async def run_until_stopped(self, options: dict[str, Any]) -> None:
        """Work until a signal comes; what's being done then is finished first."""
        working = asyncio.ensure_future(cli.execute_command({**options, "install_signal_handlers": False}))

        def stop() -> None:
            self.told_to_stop = True
            working.cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        with suppress(asyncio.CancelledError):
            await working


def wait_for_database() -> None:
    end = time.monotonic() + PATIENCE
    while True:
        probe = connection.copy()
        try:
            probe.ensure_connection()
        except OperationalError:
            if time.monotonic() > end:
                raise CommandError(f"The database hasn't answered for {PATIENCE:.0f} seconds.") from None
            time.sleep(PAUSE)
        else:
            probe.close()
            return
