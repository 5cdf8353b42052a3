"""Helpers for raw SQL."""

from typing import Any

from django.db import connection


def rows(sql: str, values: Any = None) -> list[tuple[Any, ...]]:
    """Execute a statement and return all rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def row(sql: str, values: Any = None) -> tuple[Any, ...]:
    """Execute a statement and return its first row; IndexError if there's none."""
    return rows(sql, values)[0]
