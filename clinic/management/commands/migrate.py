from typing import Any

from django.core.management.commands import migrate
from django.db import connections

LOCK_TIMEOUT = "5s"


class Command(migrate.Command):
    """Django's `migrate`, with a timeout for locks.

    While a migration waits for a lock, such as a backup's, every later query waits behind it, so patients
    can't send messages. It's better to fail, and be run again after the backup.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
        try:
            super().handle(*args, **options)
        finally:
            connection.close()
