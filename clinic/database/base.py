"""Django's PostgreSQL backend with a read timeout and a circuit breaker for an unresponsive server.

Without them, a server that accepts connections but doesn't respond would soon block all threads.

Written for Django 5.2 and psycopg 3.3, whose `Connection.wait` is replaced. `statement_timeout` and
`tcp_user_timeout` don't help: a stopped server process (full or broken disk, frozen machine) can't cancel its
statement, while the kernel still acknowledges packets. After SIGSTOP, with both set to half a second, a query
still waited after six. Can be removed once psycopg has a read timeout.
"""

import select
import time
from functools import partial

import psycopg
from django.db.backends.postgresql import base

# The lock timeout is a fraction of the response timeout: a locked row doesn't mean an unresponsive server.
LOCK_TIMEOUT_DIVISOR = 10
SLOW_SECONDS = 1.0
PAUSE_SECONDS = 5.0
LOCK_ERRORS = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)


class CircuitBreaker:
    """Remembers that the database server stopped responding, so requests fail fast."""

    # Seconds, set by clinic.wsgi; None for commands and jobs, which can take long.
    response_timeout: float | None = None
    unavailable_until = 0.0

    def connect(self, connect):
        """Call `connect`, or raise immediately if the server recently didn't respond."""
        started_at = time.monotonic()
        if started_at < self.unavailable_until:
            raise psycopg.OperationalError("the database did not respond a moment ago")
        try:
            return connect()
        except psycopg.OperationalError:
            self.pause_if_slow(started_at)
            raise

    def wait(self, connection, generator, timeout=None, **options):
        """Call psycopg's `wait` with a timeout, and close the connection if it expires."""
        started_at = time.monotonic()
        try:
            return psycopg.Connection.wait(
                connection, generator, timeout=timeout or self.response_timeout, **options
            )
        except psycopg.errors._WaitTimeout:
            if timeout is None:
                connection.close()
                self.pause_if_slow(started_at)
            raise

    def pause_if_slow(self, started_at):
        if time.monotonic() - started_at > SLOW_SECONDS:
            self.unavailable_until = time.monotonic() + PAUSE_SECONDS


circuit_breaker = CircuitBreaker()


def is_lock_wait(error: BaseException | None) -> bool:
    """Return whether `error`, Django's or psycopg's, is a lock timeout or a deadlock."""
    return isinstance(error, LOCK_ERRORS) or isinstance(getattr(error, "__cause__", None), LOCK_ERRORS)


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        params = super().get_connection_params()
        if circuit_breaker.response_timeout:
            milliseconds = int(circuit_breaker.response_timeout * 1000 / LOCK_TIMEOUT_DIVISOR)
            params["options"] = f"{params.get('options', '')} -c lock_timeout={milliseconds}"
        return params

    def get_new_connection(self, conn_params):
        connection = circuit_breaker.connect(partial(super().get_new_connection, conn_params))
        connection.wait = partial(circuit_breaker.wait, connection)
        return connection

    def is_usable(self):
        """Return whether the connection works; query the server only if its socket has data waiting."""
        try:
            poll = select.poll()  # select() is limited to 1,024 file descriptors
            poll.register(self.connection, select.POLLIN)
        except psycopg.Error:  # closed on our side
            return False
        return not poll.poll(0) or super().is_usable()
