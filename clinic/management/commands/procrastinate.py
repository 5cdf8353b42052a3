from typing import Any

from procrastinate.contrib.django.management.commands import procrastinate

from clinic.security import key_canary


class Command(procrastinate.Command):
    """procrastinate's own, which starts no worker with wrong keys."""

    def handle(self, *args: Any, **options: Any) -> None:
        key_canary.check_at_start()
        super().handle(*args, **options)
