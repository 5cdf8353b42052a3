"""Test databases: copies of one template that holds all migrations and the starter site.

Migrating takes half a minute, copying a fraction of a second; so the template is made once for each state of
the migrations, the education app and the requirements, and every run gets a copy. What a test commits is put
back row by row: a copy has 400 files, and making and deleting those again and again is what costs most.
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
    """A connection to the server that can make and drop databases."""
    with connect("postgres") as admin:
        yield admin


def program(name, database, *arguments, stdin=None):
    """Run one of PostgreSQL's own programs on a database: what it prints."""
    command = [postgresql.program(name), "--dbname", database, *arguments]
    how = {"input": stdin, "env": postgresql.environment(), "text": True, "check": True}
    return subprocess.run(command, capture_output=True, **how).stdout


def use(name):
    connections.close_all()
    connection.settings_dict["NAME"] = name


def template():
    """The template's name; makes it if need be, one process at a time."""
    name = PREFIX + _fingerprint()
    with server() as admin:
        admin.execute("SELECT pg_advisory_lock(hashtext(%s))", [PREFIX])
        known = [row[0] for row in admin.execute("SELECT datname FROM pg_database")]
        if name not in known:
            for outdated in known:
                if outdated.startswith(PREFIX):
                    admin.execute(f"DROP DATABASE {outdated} WITH (FORCE)")
            _build(admin, name)
    return name


class Copy:
    """A copy of the template that can be made as it was; whoever is connected to it is disconnected."""

    def __init__(self, template_name, name):
        self.template_name, self.name = template_name, name
        self.make()

    def make(self):
        """Replace all of it."""
        with server() as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            admin.execute(f"CREATE DATABASE {self.name} TEMPLATE {self.template_name}")
            # A commit waits for no disk: 5 ms each. (The crash drill has a server of its own.)
            admin.execute(f"ALTER DATABASE {self.name} SET synchronous_commit = off")
        self._connect()
        tables = [table for (table,) in self.database.execute(TABLES).fetchall()]
        self.content = {table: _rows(self.database, table) for table in tables}
        self._note_newest()
        self.counts = {table: rows for table, rows, _ in self._look()}

    def _connect(self):
        """Stay connected: to plan the look at all tables anew costs more than the look."""
        self.database = connect(self.name)
        self.database.execute("SET plan_cache_mode = force_generic_plan")
        self.database.execute("SET session_replication_role = replica")  # no trigger and no foreign key minds

    def put_back(self):
        """The rows that have been changed; all of it where more than rows has, or nobody gets in any more.

        Sequences go on: what a test is told to have made has a number that no other test has seen.
        """
        try:
            self._disconnect_others()
            changed = self._changed()
            if whole := changed.isdisjoint(SCHEMA):
                self._write_back(changed)
        except psycopg.OperationalError:
            whole = False
        if not whole:
            self.make()

    def _disconnect_others(self):
        try:
            self.database.execute("")
        except psycopg.OperationalError:  # a test has cut this connection, too
            self._connect()
        while self.database.execute(DISCONNECT_OTHERS).fetchall():
            pass  # they end within milliseconds

    def _note_newest(self):
        self.newest = self.database.execute("SELECT pg_current_xact_id()::xid::text").fetchone()[0]

    def _look(self):
        """For each table, how many rows it has, and how many of them were written since `newest`."""
        since = "count(*) FILTER (WHERE age(xmin) < age(%(newest)s::xid))"
        tables = [*self.content, *SCHEMA]
        looks = [f"SELECT '{table}', count(*), {since} FROM {table}" for table in tables]  # noqa: S608
        look = " UNION ALL ".join(looks)
        return self.database.execute(look, {"newest": self.newest}, prepare=True).fetchall()

    def _changed(self):
        return {table for table, rows, new in self._look() if new or rows != self.counts[table]}

    def _write_back(self, tables):
        with self.database.transaction(), self.database.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
                with cursor.copy(f"COPY {table} FROM STDIN") as rows:
                    rows.write(self.content[table])
        self._note_newest()


@contextmanager
def lasting():
    """What's written in this block is there for several tests, and gone after them."""
    with transaction.atomic():
        connection.atomic_blocks[-1]._from_testcase = True  # as the one that each test has within it
        connection.atomic_blocks[-1].is_lasting = True
        yield
        transaction.set_rollback(True)


@contextmanager
def down():
    """Nobody can connect to the test database; whoever was connected is thrown out."""
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
    gc.disable()  # migrating makes and drops 17,000 models; looking for them takes a quarter of the time
    call_command("migrate", verbosity=0)
    gc.enable()
    use(half_built)
    admin.execute(f"CREATE DATABASE {migrated(name)} TEMPLATE {half_built}")
    call_command("load_starter_site", verbosity=0)
    for settings in (UrgencySettings, ReviewSettings):
        settings.load()  # else each test's first look would make them
    ProcrastinateJob.objects.all()._raw_delete(connection.alias)  # what publishing the starter pages queued
    use(half_built)
    admin.execute(f"ALTER DATABASE {half_built} RENAME TO {name}")


def migrated(template):
    """Beside a template there's this one, with all migrations and nothing in it."""
    return f"{template}_migrated"


def _fingerprint():
    """Changes with whatever the template is made of."""
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
