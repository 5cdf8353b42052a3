"""Test databases: copies of one template that holds all migrations and the starter site.

Migrating takes half a minute, copying a fraction of a second; so the template is made once for each state of
the migrations, the education app and the requirements; every run, and every test that commits, gets a copy.
"""

import hashlib
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection, connections

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "template_clinic_"


@contextmanager
def server():
    """A connection to the server that can make and drop databases."""
    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    parameters = {
        name: parameters[name]
        for name in ("dbname", "host", "port", "user", "password")
        if name in parameters
    }
    with psycopg.connect(**parameters, autocommit=True) as admin:
        yield admin


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


def copy(template_name, name):
    """Make `name` anew; whoever was connected to it is disconnected."""
    with server() as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template_name}")


def drop(name):
    with server() as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _build(admin, name):
    half_built = f"building_{name}"
    admin.execute(f"DROP DATABASE IF EXISTS {half_built} WITH (FORCE)")
    admin.execute(f"CREATE DATABASE {half_built}")
    use(half_built)
    call_command("migrate", verbosity=0)
    call_command("load_starter_site", verbosity=0)
    use(half_built)
    admin.execute(f"ALTER DATABASE {half_built} RENAME TO {name}")


def _fingerprint():
    """Changes with whatever the template is made of."""
    files = [ROOT / "requirements.txt", ROOT / "clinic" / "models.py", *ROOT.glob("*/migrations/*.*")]
    files += [file for file in (ROOT / "education").rglob("*") if file.suffix in {".py", ".md", ".svg"}]
    digest = hashlib.sha256()
    for file in sorted(set(files)):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]
