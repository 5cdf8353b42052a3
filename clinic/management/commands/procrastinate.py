from typing import Any

from procrastinate.contrib.django.management.commands import procrastinate

from clinic.security import key_canary

SLOTS = 4  # so that a few emails that wait for a slow mail server keep no urgent one waiting


class Command(procrastinate.Command):
    """procrastinate's own, which starts no worker with wrong keys, and one with several slots."""

    def handle(self, *args: Any, **options: Any) -> None:
        key_canary.check_at_start()
        if options["command"] == "worker" and not options.get("concurrency"):
            options["concurrency"] = SLOTS
        super().handle(*args, **options)
