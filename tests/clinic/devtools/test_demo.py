"""`make run` starts the whole site, stops it on Ctrl-C, and keeps its data."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

import psutil
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from wagtail.models import Page

from clinic.devtools import demo as demo_program, embedded_database
from inquiries.models import Inquiry
from tests.support import databases, static_files
from tests.support.ports import free_port
from tests.support.processes import ROOT, until

STARTING = "Getting the database and the pages ready"
READY = "Ctrl-C stops everything."


class Demo:
    def __init__(self, data_dir):
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"

    def fill_database(self, template):
        """Copy the tests' migrated database, because migrating takes half a minute."""
        url = embedded_database.start(self.data_dir)
        dump = databases.program("pg_dump", databases.migrated(template))
        databases.program("psql", url, "--set=ON_ERROR_STOP=1", stdin=dump)
        embedded_database.stop(self.data_dir)

    def start(self, wait_for=READY):
        inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "clinic.devtools.demo"],
            cwd=ROOT,
            env={**inherited, "PORT": str(self.port), "DATA_DIR": str(self.data_dir)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if wait_for in line:
                return "".join(lines)
        raise AssertionError("".join(lines))

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        self.process.communicate(timeout=60)

    def get(self, path, data=None):
        body = urllib.parse.urlencode(data).encode() if data else None
        with urllib.request.urlopen(self.url + path, data=body, timeout=20) as response:  # noqa: S310
            return response.read().decode()

    def stored_references(self):
        """Return the references in the restarted database."""
        url = embedded_database.start(self.data_dir)
        select = "--command=SELECT reference FROM inquiries_inquiry"
        return databases.program("psql", url, "--tuples-only", select).split()

    def keys(self):
        """Return the encryption keys and the secret key."""
        return [(self.data_dir / name).read_text() for name in ("field-keys", "secret-key")]

    def emails(self):
        return [file.read_text() for file in (self.data_dir / "mail").iterdir()]

    def processes(self):
        """Return all processes that use this demo's data, including the database."""
        found = []
        for process in psutil.process_iter():
            try:
                if str(self.data_dir) in " ".join([*process.cmdline(), *process.environ().values()]):
                    found.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
                continue
        return [process for process in found if process.pid != os.getpid()]


@pytest.fixture
def demo(database_template):
    # Not tmp_path, which the database's system user can't read.
    data_dir = settings.DATA_DIR / f"demo-under-test-{os.getpid()}"
    demo = Demo(data_dir)
    demo.fill_database(database_template)
    static_files.collect(data_dir / "static")
    yield demo
    if demo.process.poll() is None:
        demo.stop()
    embedded_database.stop(data_dir)
    shutil.rmtree(data_dir)


def test_the_demo_starts_stops_and_keeps_its_data(demo, answers):
    output = demo.start()
    assert f"http://localhost:{demo.port}/" in output

    accounts = (demo.data_dir / "demo-accounts.txt").read_text()
    assert [line.split()[0] for line in accounts.splitlines()] == [
        "manager",
        "front-desk",
        "editor",
        "reviewer",
        "clinician",
    ]
    assert all(len(line.split()) == 3 for line in accounts.splitlines())
    assert accounts in output

    home = demo.get("/")
    assert "Sample Valley" in home
    icon = re.search(r'rel="icon" href="([^"]+)"', home).group(1)
    with urllib.request.urlopen(demo.url + icon, timeout=20) as response:  # noqa: S310
        assert response.status == 200
    with pytest.raises(urllib.error.HTTPError, match="404"):
        demo.get("/no-such-page/")

    confirmation = demo.get("/contact/", answers)
    reference = re.search(r'data-reference="([^"]+)"', confirmation).group(1)

    until(lambda: any(reference in email for email in demo.emails()))
    assert len(demo.processes()) >= 3
    demo.stop(signal.SIGTERM)
    until(lambda: demo.processes() == [])

    keys = demo.keys()
    demo.start(wait_for=STARTING)
    demo.stop(signal.SIGINT)
    until(lambda: demo.processes() == [])
    assert demo.keys() == keys
    assert reference in demo.stored_references()


def test_a_second_start_changes_nothing_and_the_accounts_have_the_printed_passwords(
    committed_db, settings, tmp_path
):
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    settings.BASE_URL = "http://localhost:8000"

    def content():
        rows = [list(model.objects.values()) for model in (User, Page, Inquiry)]
        return rows, (tmp_path / "demo-accounts.txt").read_text()

    call_command("prepare_demo")
    before = content()
    assert Inquiry.objects.count() == 60
    call_command("prepare_demo")
    assert content() == before
    for line in before[1].splitlines():
        _role, username, password = line.split()
        assert User.objects.get(username=username).check_password(password)


def test_static_files_are_collected_again_after_a_change(tmp_path, monkeypatch):
    monkeypatch.setattr(demo_program, "ROOT", tmp_path)
    collectstatic = ["collectstatic", "--no-input", "--verbosity=0"]
    environment = {"DATA_DIR": str(tmp_path / "var")}
    assert collectstatic in demo_program.preparation_commands(environment, develop=False)
    for name in ["requirements.txt", "static/site.css", "var/static/staticfiles.json"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    os.utime(tmp_path / "var/static/staticfiles.json", (1e10, 1e10))
    assert collectstatic not in demo_program.preparation_commands(environment, develop=False)
    os.utime(tmp_path / "static/site.css", (2e10, 2e10))
    assert collectstatic in demo_program.preparation_commands(environment, develop=False)


def test_a_port_in_use_is_reported_in_one_sentence():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = str(server.getsockname()[1])
        result = subprocess.run(
            [sys.executable, "-m", "clinic.devtools.demo"],
            cwd=ROOT,
            env={**os.environ, "PORT": port},
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode == 1
    assert result.stderr.startswith(f"Port {port} is in use already.")
    assert result.stderr.count("\n") == 1


def test_a_second_start_on_the_same_data_is_refused(tmp_path):
    with (
        demo_program.lock_data_folder(tmp_path),
        pytest.raises(SystemExit, match="still running or stopping"),
    ):
        demo_program.lock_data_folder(tmp_path)
    demo_program.lock_data_folder(tmp_path).close()


def test_a_folder_with_a_space_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(SystemExit, match=r"my clinic has a space\. Use another folder"):
        embedded_database.start(tmp_path / "my clinic")
    assert list(tmp_path.iterdir()) == []
