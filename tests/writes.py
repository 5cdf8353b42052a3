"""The clock of clinic.caching.per_second: in tests, a second passes with each write.

So a test sees its own changes at once, and what nobody changes is read once, as on a busy site.
"""

from types import SimpleNamespace

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from clinic.caching import per_second

READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "SET ", "SHOW ", "EXPLAIN")


class Clock:
    now = 0.0

    def tick(self):
        self.now += per_second.KEEP_FOR


clock = Clock()


def start():
    per_second.time = SimpleNamespace(monotonic=lambda: clock.now)
    connection_created.connect(_watch, dispatch_uid="tests.writes")
    for name in ("_commit", "_rollback", "_close"):
        setattr(BaseDatabaseWrapper, name, _ticking(getattr(BaseDatabaseWrapper, name)))


def _watch(connection, **kwargs):
    if _execute not in connection.execute_wrappers:
        connection.execute_wrappers.append(_execute)
    clock.tick()


def _execute(execute, sql, *args):
    try:
        return execute(sql, *args)
    finally:
        if not str(sql).startswith(READS):
            clock.tick()


def _ticking(method):
    def ticking(self):
        try:
            return method(self)
        finally:
            clock.tick()

    return ticking
