"""What a statement of our own finds."""

from typing import Any

from django.db import connection


def rows(sql: str, values: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def row(sql: str, values: Any = None) -> tuple[Any, ...]:
    return rows(sql, values)[0]
