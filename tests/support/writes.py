"""A clock for clinic.caching.per_second that advances a second with each write.

So tests see their own changes immediately, and unchanged data stays cached, as on a busy site.
"""

import re
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from clinic.caching import per_second
from clinic.caching.per_version import cached_values

# Tables that aren't cached, with frequent writes.
UNCACHED_TABLES = "|".join(
    [
        "auth_user|auth_user_groups|django_session|mfa_authenticator|wagtailusers_userprofile",
        "inquiries_(accessentry|accesshead|automatictriage|bulkaction|draft|inquiry|inquiryevent|presence|question)",
        "inquiries_(reply|sending)",
        "education_(clinicalreview|clinicalreviewstate|reviewsettings)",
        "wagtailadmin_editingsession",
        "wagtailcore_(pagelogentry|pagesubscription|referenceindex|revision|taskstate|workflowstate)",
        "wagtailsearch_indexentry",
    ]
)
CHANGES_NOTHING_CACHED = re.compile(
    r"\s*(\(?SELECT|WITH|SAVEPOINT|RELEASE SAVEPOINT|SET |SHOW |EXPLAIN"
    rf'|(INSERT INTO|UPDATE|DELETE FROM) "?({UNCACHED_TABLES})\b)'
)


class Clock:
    now = 0.0

    def tick(self):
        self.now += per_second.CACHE_SECONDS


clock = Clock()


def start():
    per_second.time = SimpleNamespace(monotonic=lambda: clock.now)
    connection_created.connect(_watch, dispatch_uid="tests.support.writes")
    for name in ("_commit", "_rollback", "_close"):
        setattr(BaseDatabaseWrapper, name, _ticking(getattr(BaseDatabaseWrapper, name)))


@contextmanager
def facts_read_once():
    """Keep cached values, as on a site that isn't being edited."""
    token = cached_values.set({})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "tick", lambda: None)
        yield
    cached_values.reset(token)


def _watch(connection, **kwargs):
    if _execute not in connection.execute_wrappers:
        connection.execute_wrappers.append(_execute)
    clock.tick()


def _execute(execute, sql, *args):
    try:
        return execute(sql, *args)
    finally:
        if not CHANGES_NOTHING_CACHED.match(str(sql)):
            clock.tick()


def _ticking(method):
    def ticking(self):
        try:
            return method(self)
        finally:
            clock.tick()

    return ticking
