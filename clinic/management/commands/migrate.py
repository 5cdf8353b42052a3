from typing import Any

from django.core.management.commands import migrate
from django.db import connections

LOCK_TIMEOUT = "5s"


class Command(migrate.Command):
    """Django's own, which waits no longer than LOCK_TIMEOUT for a lock.

    Whoever comes after a migration that waits, behind a backup for instance, waits with it: readers, and
    patients who press Send. Better that it fails, and is started again when the backup is done.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
        try:
            super().handle(*args, **options)
        finally:
            connection.close()
