"""Django's PostgreSQL backend, with an end to waiting for a server that doesn't answer.

A server that refuses is no trouble. One that is silent would keep each request waiting, and soon all threads.

Written for: Django 5.2, psycopg 3.3, whose `Connection.wait` is replaced. Not `statement_timeout` with
`tcp_user_timeout`: the server itself has to end a statement, and a stopped process (a full or broken disk, a
frozen machine) doesn't, while the kernel still acknowledges what is sent to it. Tried with SIGSTOP: with both
set to half a second the query still waited after six. Replaced by: a read timeout of psycopg's own.
"""

import select
import time
from functools import partial

import psycopg
from django.db.backends.postgresql import base

# A row that somebody else has locked doesn't mean that the server is away: give up on it earlier.
LOCK_SHARE = 10
SLOW = 1.0  # seconds
PAUSE_SECONDS = 5.0
LOCK_WAITS = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)


class CircuitBreaker:
    """What this process knows of a silent server."""

    # Seconds; None for commands and jobs, which may take long. clinic.wsgi sets it.
    response_timeout: float | None = None
    unavailable_until = 0.0

    def connect(self, connect):
        """`connect()`, or its error at once if the server didn't answer a moment ago."""
        began = time.monotonic()
        if began < self.unavailable_until:
            raise psycopg.OperationalError("the database did not answer a moment ago")
        try:
            return connect()
        except psycopg.OperationalError:
            self.note(began)
            raise

    def wait(self, connection, generator, timeout=None, **options):
        """psycopg's own, up to the limit; then the connection is of no more use."""
        began = time.monotonic()
        try:
            return psycopg.Connection.wait(
                connection, generator, timeout=timeout or self.response_timeout, **options
            )
        except psycopg.errors._WaitTimeout:
            if timeout is None:
                connection.close()
                self.note(began)
            raise

    def note(self, began):
        if time.monotonic() - began > SLOW:
            self.unavailable_until = time.monotonic() + PAUSE_SECONDS


circuit_breaker = CircuitBreaker()


def is_lock_wait(error: BaseException | None) -> bool:
    """Whether `error`, Django's or psycopg's, means that waiting for a lock timed out."""
    return isinstance(error, LOCK_WAITS) or isinstance(getattr(error, "__cause__", None), LOCK_WAITS)


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        params = super().get_connection_params()
        if circuit_breaker.response_timeout:
            milliseconds = int(circuit_breaker.response_timeout * 1000 / LOCK_SHARE)
            params["options"] = f"{params.get('options', '')} -c lock_timeout={milliseconds}"
        return params

    def get_new_connection(self, conn_params):
        connection = circuit_breaker.connect(partial(super().get_new_connection, conn_params))
        connection.wait = partial(circuit_breaker.wait, connection)
        return connection

    def is_usable(self):
        """Return whether the connection works; query the server only if its socket has data waiting."""
        try:
            word = select.poll()  # select() knows no more than 1,024 open files
            word.register(self.connection, select.POLLIN)
        except psycopg.Error:  # closed on our side
            return False
        return not word.poll(0) or super().is_usable()
