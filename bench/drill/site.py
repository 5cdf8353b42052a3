"""The site under test: web server, worker and database as in `make run`, optionally behind nginx."""

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

SERVICES = ["web", "worker", "PostgreSQL"]


class Site:
    def __init__(self, data_dir, *, with_nginx=False, prepare=demo.prepare):
        """`with_nginx` protects the site from slow senders. `prepare` fills the database."""
        with socket.socket() as probe:
            probe.bind((demo.HOST, 0))
            self.port = probe.getsockname()[1]
        self.data_dir, self.prepare = data_dir, prepare
        (data_dir / "nginx").mkdir(parents=True, exist_ok=True)
        os.environ.pop("DATABASE_URL", None)  # never kill someone else's database
        # TRUSTED_PROXIES gives each sender a different IP address, so rate limits don't stop the drill.
        self.environment = {
            **demo.build_environment(data_dir, self.port, False),
            "TRUSTED_PROXIES": "1",
            "ALLOWED_HOSTS": f"localhost,127.0.0.1,{HOST}",
            "MOST_INQUIRIES_AN_HOUR": "1000000",  # the drill sends weeks of a clinic's inquiries in minutes
        }
        self.processes = {}
        self.nginx = Nginx(data_dir / "nginx", self.port) if with_nginx else None

    def start(self):
        self.prepare(self.environment, develop=False)
        for name in ["web", "worker"]:
            self._start(name)
        demo.wait_until_listening(self.port, self.processes.values())
        if self.nginx:
            self.nginx.start()

    def connection_from(self, address):
        """Connect to the site, or to nginx if there is one, from that IP address."""
        port = self.nginx.https if self.nginx else self.port
        connection = http.client.HTTPConnection(demo.HOST, port, timeout=20, source_address=(address, 0))
        connection.connect()
        if self.nginx:
            connection.sock = self.nginx.tls.wrap_socket(connection.sock, server_hostname=HOST)
        return connection

    def post(self, answers, address, browser):
        """Send the form. Return the status (or the error's name) and the reference, or None."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Host": HOST if self.nginx else "localhost",
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
        command = demo.server_commands(self.port, develop=False)[SERVICES.index(name)]
        with (self.data_dir / f"{name}.log").open("ab") as log:
            self.processes[name] = demo.start(command, self.environment, stdout=log, stderr=log)

    def kill(self, name):
        """Kill a service with all its processes, and restart it."""
        if name == "PostgreSQL":
            postmaster = psutil.Process(embedded_database.pid(self.data_dir))
            processes = [postmaster, *postmaster.children(recursive=True)]
            for process in processes:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            psutil.wait_procs(processes)
            embedded_database.restart(self.data_dir)
        else:
            os.killpg(self.processes[name].pid, signal.SIGKILL)
            self.processes[name].wait()
            self._start(name)

    def keep_alive(self):
        """Restart processes that ended because the database was down, like a supervisor."""
        for name, process in list(self.processes.items()):
            if process.poll() is not None:
                self._start(name)

    def connect(self):
        return psycopg.connect(self.environment["DATABASE_URL"], autocommit=True)

    def stop(self):
        if self.nginx:
            self.nginx.stop()
        demo.stop_all(list(self.processes.values()))
        embedded_database.stop(self.data_dir)
