"""Test databases: copies of a template with all migrations and the starter site.

Migrating takes half a minute, copying less than a second. The template is rebuilt when the migrations, the
education app or the requirements change. Changes that a test commits are undone row by row, because a new
copy with its 400 files takes longer.
"""

import gc
import hashlib
import subprocess
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection, connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.operations.backups import postgresql
from education.review.models import ReviewSettings
from inquiries.models import UrgencySettings

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "template_clinic_"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
DISCONNECT_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
SCHEMA = ["pg_class", "pg_attribute", "pg_constraint", "pg_proc", "pg_trigger"]


def connect(name):
    parameters = {**connection.get_connection_params(), "dbname": name}
    parameters = {
        name: parameters[name]
        for name in ("dbname", "host", "port", "user", "password")
        if name in parameters
    }
    return psycopg.connect(**parameters, autocommit=True)


@contextmanager
def server():
    """Yield a connection to the server that can create and drop databases."""
    with connect("postgres") as admin:
        yield admin


def program(name, database, *arguments, stdin=None):
    """Run a PostgreSQL program on a database of the tests' server, or on a URL; return its output."""
    command = [postgresql.program(name), "--dbname", database, *arguments]
    env = None if "://" in database else postgresql.environment()  # whose port would be the URL's default
    options = {"input": stdin, "env": env, "text": True, "check": True}
    return subprocess.run(command, capture_output=True, **options).stdout


def use(name):
    connections.close_all()
    connection.settings_dict["NAME"] = name


def template():
    """Return the template's name; create it if necessary, with a lock against other processes."""
    name = PREFIX + _fingerprint()
    with server() as admin:
        admin.execute("SELECT pg_advisory_lock(hashtext(%s))", [PREFIX])
        existing = [row[0] for row in admin.execute("SELECT datname FROM pg_database")]
        if name not in existing:
            for outdated in existing:
                if outdated.startswith(PREFIX):
                    admin.execute(f"DROP DATABASE {outdated} WITH (FORCE)")
            _build(admin, name)
    return name


class Copy:
    """A copy of the template that can be restored, which closes all other connections to it."""

    def __init__(self, template_name, name):
        self.template_name, self.name = template_name, name
        self.create()

    def create(self):
        """Replace the whole database."""
        with server() as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            admin.execute(f"CREATE DATABASE {self.name} TEMPLATE {self.template_name}")
            # Saves 5 ms per commit. The crash drill uses its own server.
            admin.execute(f"ALTER DATABASE {self.name} SET synchronous_commit = off")
        self._connect()
        tables = [table for (table,) in self.database.execute(TABLES).fetchall()]
        self.content = {table: _rows(self.database, table) for table in tables}
        self._save_transaction_id()
        self.counts = {table: rows for table, rows, _ in self._inspect()}

    def _connect(self):
        """Connect once, so that the query of `_inspect`, which is slow to plan, stays prepared."""
        self.database = connect(self.name)
        self.database.execute("SET plan_cache_mode = force_generic_plan")
        self.database.execute("SET session_replication_role = replica")  # disables triggers and foreign keys

    def restore(self):
        """Restore changed rows, or the whole database if its schema has changed or it can't be reached.

        Sequences aren't reset, so each object's ID stays unique across tests.
        """
        try:
            self._disconnect_others()
            changed = self._changed_tables()
            if only_rows := changed.isdisjoint(SCHEMA):
                self._restore_rows(changed)
        except psycopg.OperationalError:
            only_rows = False
        if not only_rows:
            self.create()

    def _disconnect_others(self):
        try:
            self.database.execute("")
        except psycopg.OperationalError:  # a test has closed this connection, too
            self._connect()
        while self.database.execute(DISCONNECT_OTHERS).fetchall():
            pass  # they end within milliseconds

    def _save_transaction_id(self):
        self.last_transaction = self.database.execute("SELECT pg_current_xact_id()::xid::text").fetchone()[0]

    def _inspect(self):
        """Return (table, number of rows, number of rows written since `last_transaction`) for each table."""
        new = "count(*) FILTER (WHERE age(xmin) < age(%(last)s::xid))"
        tables = [*self.content, *SCHEMA]
        queries = [f"SELECT '{table}', count(*), {new} FROM {table}" for table in tables]  # noqa: S608
        query = " UNION ALL ".join(queries)
        return self.database.execute(query, {"last": self.last_transaction}, prepare=True).fetchall()

    def _changed_tables(self):
        return {table for table, rows, new in self._inspect() if new or rows != self.counts[table]}

    def _restore_rows(self, tables):
        with self.database.transaction(), self.database.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
                with cursor.copy(f"COPY {table} FROM STDIN") as rows:
                    rows.write(self.content[table])
        self._save_transaction_id()


@contextmanager
def shared_transaction():
    """Share writes between several tests, and roll them back afterwards."""
    with transaction.atomic():
        connection.atomic_blocks[-1]._from_testcase = True  # like each test's own transaction
        connection.atomic_blocks[-1].is_shared = True
        yield
        transaction.set_rollback(True)


@contextmanager
def down():
    """Make the test database unavailable, and close all connections to it."""
    name = connection.settings_dict["NAME"]
    with server() as admin:
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        connection.close()
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def drop(name):
    with server() as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _build(admin, name):
    half_built = f"building_{name}"
    admin.execute(f"DROP DATABASE IF EXISTS {half_built} WITH (FORCE)")
    admin.execute(f"CREATE DATABASE {half_built}")
    use(half_built)
    gc.disable()  # migrating creates 17,000 models; collecting them takes a quarter of the time
    call_command("migrate", verbosity=0)
    gc.enable()
    use(half_built)
    admin.execute(f"CREATE DATABASE {migrated(name)} TEMPLATE {half_built}")
    call_command("load_starter_site", verbosity=0)
    for settings in (UrgencySettings, ReviewSettings):
        settings.load()  # otherwise each test would create them
    ProcrastinateJob.objects.all()._raw_delete(connection.alias)  # queued by publishing the starter pages
    use(half_built)
    admin.execute(f"ALTER DATABASE {half_built} RENAME TO {name}")


def migrated(template):
    """Return the name of the template's counterpart without content, only with migrations."""
    return f"{template}_migrated"


def _fingerprint():
    """Return a digest of everything that the template depends on."""
    files = [ROOT / "requirements.txt", Path(__file__), *ROOT.glob("clinic/models/*.py")]
    files += ROOT.glob("*/migrations/*.*")
    files += (ROOT / "inquiries" / "triage" / "starter_phrases").glob("*.*")
    files += [file for file in (ROOT / "education").rglob("*") if file.suffix in {".py", ".md", ".svg"}]
    digest = hashlib.sha256()
    for file in sorted(set(files)):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _rows(database, table):
    with database.cursor().copy(f"COPY {table} TO STDOUT") as rows:
        return b"".join(rows)
