"""The clock of clinic.caching.per_second: in tests, a second passes with each write.

So a test sees its own changes at once, and what nobody changes is read once, as on a busy site.
"""

import re
from types import SimpleNamespace

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from clinic.caching import per_second

# Nothing of these is kept: sessions, and what comes with each inquiry and each look at one.
BUSY = "accessentry|accesshead|automatictriage|draft|inquiry|inquiryevent|presence|question|reply|sending"
CHANGES_NOTHING_KEPT = re.compile(
    "SELECT|SAVEPOINT|RELEASE SAVEPOINT|SET |SHOW |EXPLAIN"
    rf'|(INSERT INTO|UPDATE|DELETE FROM) "(django_session|inquiries_({BUSY}))"'
)


class Clock:
    now = 0.0

    def tick(self):
        self.now += per_second.KEEP_FOR


clock = Clock()


def start():
    per_second.time = SimpleNamespace(monotonic=lambda: clock.now)
    connection_created.connect(_watch, dispatch_uid="tests.support.writes")
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
        if not CHANGES_NOTHING_KEPT.match(str(sql)):
            clock.tick()


def _ticking(method):
    def ticking(self):
        try:
            return method(self)
        finally:
            clock.tick()

    return ticking
