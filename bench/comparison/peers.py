"""The software that we compare with, in its own environment, with as much data as our site.

A site created by `wagtail start` with the app in bench/peer/ (a blog, Wagtail's form page, the same form in
plain Django, Django's admin), and django-helpdesk with a separate database.
"""

import os
import shutil
import subprocess
import sys
from importlib.metadata import version

import psycopg
from psycopg.conninfo import conninfo_to_dict

from bench.comparison.measure import Server
from bench.many_pages import copy_page
from bench.paths import PEERS, ROOT

SITE = PEERS / "site"
PYTHON = PEERS / "venv" / "bin" / "python"
PAGE = PEERS / "page.html"  # the page that every peer serves
SITE_WSGI = "mysite.wsgi:application"
# The options of our own server (clinic.devtools.demo).
GRANIAN = [
    *[str(PYTHON), "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", "{port}"],
    *["--blocking-threads", "4", "--no-ws", "--log-level", "error"],
]
GUNICORN = [str(PYTHON), "-m", "gunicorn", "--bind", "127.0.0.1:{port}", "--log-level", "error"]
REQUIREMENTS = ROOT / "bench" / "peer" / "requirements.txt"


def install():
    """Create the environment and the site, unless they exist."""
    uv = [str(ROOT / ".venv" / "bin" / "uv"), "pip", "install", "--quiet"]
    if not PYTHON.exists():
        subprocess.run([uv[0], "venv", "--quiet", "--python", sys.executable, PEERS / "venv"], check=True)  # noqa: S603
    pinned = ["--constraint", ROOT / "requirements.txt"]
    subprocess.run([*uv, "--python", PYTHON, *pinned, "-r", REQUIREMENTS], check=True)  # noqa: S603
    if not SITE.exists():
        SITE.mkdir()
        start = [PYTHON.with_name("wagtail"), "start", "mysite", SITE]
        subprocess.run(start, check=True, capture_output=True)  # noqa: S603
    shutil.rmtree(SITE / "peer", ignore_errors=True)
    shutil.copytree(ROOT / "bench" / "peer", SITE / "peer")


def environment(peer, database_url):
    """Return the environment of a peer: bare, django-cache, wagtail, wagtail-cache or helpdesk."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "peer.settings",
        "PEER": peer,
        "PEER_DATABASE_HOST": conninfo_to_dict(database_url)["host"],
        "BENCH_PAGE": str(PAGE),
        "PYTHONPATH": str(SITE),
    }


def server(peer, database_url, command):
    return Server(command, environment(peer, database_url), folder=SITE)


def run_python(peer, database_url, *command):
    subprocess.run([PYTHON, *command], cwd=SITE, env=environment(peer, database_url), check=True)  # noqa: S603


def build(database_url, posts):
    """Create and migrate both databases, with that many blog posts."""
    PAGE.touch()  # serving.py writes it
    for peer, name in {"wagtail": "peer", "helpdesk": "helpdesk"}.items():
        with psycopg.connect(database_url, dbname="postgres", autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {name}")
        if peer == "wagtail":
            run_python(peer, database_url, "manage.py", "makemigrations", "peer", "--verbosity=0")
        run_python(peer, database_url, "manage.py", "migrate", "--verbosity=0")
        run_python(peer, database_url, "-m", "peer.fill")
    with psycopg.connect(database_url, dbname="peer") as connection:
        copy_page(connection, "peer_blogpage", "post", posts - 1)


MESSAGE = "'(Made up.) Hello, my lower back hurts when I sit. Could I get an appointment? ' || id"
MESSAGES = f"SELECT name, email, phone, {MESSAGE}, received_at FROM inquiries_inquiry"  # noqa: S608
SUBMISSIONS = f"""
    SELECT json_build_object('name', name, 'email', email, 'phone', phone, 'text', {MESSAGE}),
    (SELECT page) , received_at FROM inquiries_inquiry
"""  # noqa: S608
TICKET = (
    "title, queue_id, created, modified, submitter_email, status, priority, on_hold, description, secret_key"
)
TICKETS = f"""
    SELECT name, 1, received_at, received_at, email, CASE WHEN status IN ('closed', 'spam') THEN 4 ELSE 1 END,
    3, false, {MESSAGE}, md5(id::text) FROM inquiries_inquiry
"""  # noqa: S608


def fill(database_url, ours):
    """The names, addresses and times of the inquiries in our database `ours`, in each peer's own table."""
    with psycopg.connect(database_url, dbname="peer", autocommit=True) as peer:
        page = peer.execute("SELECT page_ptr_id FROM peer_contactpage").fetchone()[0]
    submissions = SUBMISSIONS.replace("(SELECT page)", str(page))
    for database, table, columns, query in [
        ("peer", "peer_message", "name, email, phone, text, received_at", MESSAGES),
        ("peer", "wagtailforms_formsubmission", "form_data, page_id, submit_time", submissions),
        ("helpdesk", "helpdesk_ticket", TICKET, TICKETS),
    ]:
        with (
            psycopg.connect(database_url, dbname=ours) as source,
            psycopg.connect(database_url, dbname=database) as target,
            source.cursor().copy(f"COPY ({query}) TO STDOUT") as rows,
            target.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write(row)
        with psycopg.connect(database_url, dbname=database, autocommit=True) as target:
            target.execute(f"VACUUM ANALYZE {table}")


def versions():
    """Return the versions of all measured packages."""
    output = subprocess.run(  # noqa: S603
        [ROOT / ".venv" / "bin" / "uv", "pip", "list", "--quiet", "--python", PYTHON, "--format=freeze"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    peer_versions = dict(line.split("==") for line in output.splitlines())
    ours = {name: version(name) for name in ["Django", "wagtail", "granian", "psycopg"]}
    return ours | {name: peer_versions[name] for name in ["gunicorn", "wagtail-cache", "django-helpdesk"]}
