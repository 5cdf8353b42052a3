"""The site that the drill kills: web server, worker and database as `make run` starts them, and our nginx."""

import http.client
import os
import signal
import socket
from contextlib import closing, suppress
from urllib.parse import urlencode

import psutil
import psycopg

from clinic.devtools import demo, embedded_database
from tests.support.nginx import HOST, Nginx

WHAT = ["web", "worker", "PostgreSQL"]


class Site:
    """The web server, the worker and the database, as `make run` starts them."""

    def __init__(self, data_dir, *, front=False, prepare=demo.prepare):
        """`front` puts our nginx before it, which holds slow senders off; `prepare` fills the database."""
        with socket.socket() as probe:
            probe.bind((demo.HOST, 0))
            self.port = probe.getsockname()[1]
        self.data_dir, self.prepare = data_dir, prepare
        (data_dir / "nginx").mkdir(parents=True, exist_ok=True)
        os.environ.pop("DATABASE_URL", None)  # only a database of our own may be killed
        # Each sender has an address of its own, so that no limit by address stops the drill.
        self.environment = {
            **demo.environment_of(data_dir, self.port, False),
            "TRUSTED_PROXIES": "1",
            "ALLOWED_HOSTS": f"localhost,127.0.0.1,{HOST}",
            "MOST_INQUIRIES_AN_HOUR": "1000000",  # minutes of this drill are weeks of a clinic
        }
        self.processes = {}
        self.front = Nginx(data_dir / "nginx", self.port) if front else None

    def start(self):
        self.prepare(self.environment, develop=False)
        for name in ["web", "worker"]:
            self._start(name)
        demo.wait_for_answer(self.port, self.processes.values())
        if self.front:
            self.front.start()

    def connection_from(self, address):
        """A connection to the site, by way of nginx where there is one."""
        port = self.front.https if self.front else self.port
        connection = http.client.HTTPConnection(demo.HOST, port, timeout=20, source_address=(address, 0))
        connection.connect()
        if self.front:
            connection.sock = self.front.tls.wrap_socket(connection.sock, server_hostname=HOST)
        return connection

    def post(self, answers, address, browser):
        """Send a form; its status, and its reference where it was received."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Host": HOST if self.front else "localhost",
            "User-Agent": browser,
            "X-Forwarded-For": address,
        }
        try:
            with closing(self.connection_from(address)) as connection:
                connection.request("POST", "/contact/", urlencode(answers), headers)
                response = connection.getresponse()
                response.read()
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__, None
        reference = (response.getheader("Location") or "////").split("/")[3]
        return str(response.status), reference if response.status == 302 else None

    def _start(self, name):
        command = demo.commands(self.port, develop=False)[WHAT.index(name)]
        with (self.data_dir / f"{name}.log").open("ab") as log:
            self.processes[name] = demo.start(command, self.environment, stdout=log, stderr=log)

    def kill(self, name):
        """SIGKILL for each of its processes, then a new start."""
        if name == "PostgreSQL":
            postmaster = psutil.Process(embedded_database.pid(self.data_dir))
            family = [postmaster, *postmaster.children(recursive=True)]
            for process in family:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            psutil.wait_procs(family)
            embedded_database.restart(self.data_dir)
        else:
            os.killpg(self.processes[name].pid, signal.SIGKILL)
            self.processes[name].wait()
            self._start(name)

    def keep_alive(self):
        """Restart, as a supervisor does, what has ended because its database was away."""
        for name, process in list(self.processes.items()):
            if process.poll() is not None:
                self._start(name)

    def connect(self):
        return psycopg.connect(self.environment["DATABASE_URL"], autocommit=True)

    def stop(self):
        if self.front:
            self.front.stop()
        demo.stop_all(list(self.processes.values()))
        embedded_database.stop(self.data_dir)
