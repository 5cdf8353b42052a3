"""A database that does not answer is waited for once, not by each query and each reader again."""

import os
import signal
import socket

import psycopg
import pytest
from django.db import OperationalError, connection

from clinic.database.base import PAUSE_SECONDS, CircuitBreaker, circuit_breaker


@pytest.fixture
def silent_server():
    """Takes connections and says nothing; its port, and how many came."""
    with socket.create_server(("127.0.0.1", 0), backlog=9) as server:
        server.setblocking(False)
        yield server


def attempts(server):
    number = 0
    while True:
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return number
        number += 1


def test_a_silent_database_is_asked_once_then_left_alone(silent_server):
    one, port = CircuitBreaker(), silent_server.getsockname()[1]
    for _ in range(3):
        with pytest.raises(psycopg.OperationalError):
            one.connect(lambda: psycopg.connect(host="127.0.0.1", port=port, connect_timeout=2))
    assert attempts(silent_server) == 1
    one.unavailable_until -= PAUSE_SECONDS
    assert one.connect(lambda: "there again") == "there again"


def test_a_refusing_database_is_asked_each_time():
    one, asked = CircuitBreaker(), []

    def refused():
        asked.append(1)
        raise psycopg.OperationalError

    for _ in range(3):
        with pytest.raises(psycopg.OperationalError):
            one.connect(refused)
    assert len(asked) == 3


def test_a_stopped_database_is_not_waited_for(committed_db):
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
