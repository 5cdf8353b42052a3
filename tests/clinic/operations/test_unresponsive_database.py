"""Requests fail fast while the database server is unresponsive."""

import os
import signal
import socket

import psycopg
import pytest
from django.db import OperationalError, connection

from clinic.database.base import PAUSE_SECONDS, CircuitBreaker, circuit_breaker


@pytest.fixture
def silent_server():
    """A server that accepts connections but never responds."""
    with socket.create_server(("127.0.0.1", 0), backlog=9) as server:
        server.setblocking(False)
        yield server


def attempts(server):
    count = 0
    while True:
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def test_an_unresponsive_database_isnt_retried_right_away(silent_server):
    breaker, port = CircuitBreaker(), silent_server.getsockname()[1]
    for _ in range(3):
        with pytest.raises(psycopg.OperationalError):
            breaker.connect(lambda: psycopg.connect(host="127.0.0.1", port=port, connect_timeout=2))
    assert attempts(silent_server) == 1
    breaker.unavailable_until -= PAUSE_SECONDS
    assert breaker.connect(lambda: "connected") == "connected"


def test_a_refusing_database_is_retried_each_time():
    breaker, attempted = CircuitBreaker(), []

    def refuse():
        attempted.append(1)
        raise psycopg.OperationalError

    for _ in range(3):
        with pytest.raises(psycopg.OperationalError):
            breaker.connect(refuse)
    assert len(attempted) == 3


def test_a_query_to_a_stopped_server_times_out(committed_db):
    connection.ensure_connection()
    process = connection.connection.info.backend_pid
    circuit_breaker.response_timeout = 0.2
    os.kill(process, signal.SIGSTOP)
    try:
        with pytest.raises(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        os.kill(process, signal.SIGCONT)
        circuit_breaker.response_timeout = None
    assert connection.connection.closed
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
