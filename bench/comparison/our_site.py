"""Our site, as `make run` sets it up, with two databases: few and many articles and inquiries."""

import os
import subprocess

import psutil
import psycopg

from bench.comparison import peers
from bench.comparison.measure import Server
from bench.many_pages import copy_page
from bench.paths import DATA, ROOT
from clinic.devtools import demo, embedded_database

ARTICLE = "/education/kyphoplasty/"
FEW, MANY = "few", "many"  # names of databases
ARTICLES = {FEW: 10, MANY: 10_000}
FEW_INQUIRIES = 10_000
# TRUSTED_PROXIES lets the load script send each message from a different IP address.
SETTINGS = {"DJANGO_SETTINGS_MODULE": "clinic.settings", "TRUSTED_PROXIES": "1", "PYTHONPATH": str(ROOT)}
GRANIAN = demo.server_commands("{port}", develop=False)[0]


class OurSite:
    """Both databases, with `size` inquiries in the larger one. Call stop() at the end."""

    def __init__(self, size):
        os.environ.pop("DATABASE_URL", None)
        self.base = {**demo.build_environment(DATA, 8000, develop=False), **SETTINGS}
        self.database_url = self.base["DATABASE_URL"]
        self.database = psutil.Process(embedded_database.pid(DATA))
        self.inquiries = {FEW: min(size, FEW_INQUIRIES), MANY: size}

    def fill(self):
        self._create_database(FEW)
        demo.prepare(self.environment(FEW), develop=False)
        self._create_database(MANY, template=FEW)
        for name in [FEW, MANY]:
            with psycopg.connect(self.database_url, dbname=name) as connection:
                copy_page(connection, "education_articlepage", "kyphoplasty", ARTICLES[name] - 1)
            self.manage(name, "load_sample_inquiries", str(self.inquiries[name]))

    def _create_database(self, name, template="template1"):
        with psycopg.connect(self.database_url, dbname="postgres", autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")

    def environment(self, name, **extra):
        host = peers.conninfo_to_dict(self.database_url)["host"]
        return {**self.base, "DATABASE_URL": f"postgres://postgres@/{name}?host={host}", **extra}

    def manage(self, name, *command):
        subprocess.run([*demo.MANAGE, *command], cwd=ROOT, env=self.environment(name), check=True)  # noqa: S603

    def server(self, name=MANY, command=GRANIAN, **extra):
        return Server(command, self.environment(name, **extra))

    def stop(self):
        embedded_database.stop(DATA)
