"""Run SQL of our own."""

from typing import Any

from django.db import connection


def rows(sql: str, values: Any = None) -> list[tuple[Any, ...]]:
    """All rows that a statement finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def row(sql: str, values: Any = None) -> tuple[Any, ...]:
    """The first row, of a statement that always finds one."""
    return rows(sql, values)[0]
