"""nginx with deploy/nginx/clinic.conf, except for ports, folders and the certificate."""

import re
import socket
import ssl
import subprocess
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support import install_nginx
from tests.support.ports import free_port

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy" / "nginx" / "clinic.conf"
HOST = "www.clinic.example"
CONFIGURATION_TEMPLATE = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; {user}
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    types {{ image/png png; }}  # Debian's nginx.conf includes all of mime.types
    {extra}
    include {folder}/clinic.conf;
}}
"""


def make_certificate(folder, days=1):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(HOST), x509.DNSName("localhost")]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


class Nginx:
    """A reverse proxy for the server on `upstream_port`."""

    def __init__(self, folder, upstream_port, *, extra="", replacements=None):
        """`extra` is added to the http block; `replacements` maps texts of clinic.conf to others."""
        self.folder, self.replacements = folder, replacements or {}
        self.http, self.https, self.refresh_port = free_port(), free_port(), free_port()
        make_certificate(folder)
        folder.joinpath("clinic.conf").write_text(self._configuration(upstream_port))
        user = "user root;" if folder.owner() == "root" else ""
        folder.joinpath("nginx.conf").write_text(
            CONFIGURATION_TEMPLATE.format(folder=folder, user=user, extra=extra)
        )
        self.tls = ssl.create_default_context(cafile=folder / "fullchain.pem")
        self.tls.set_alpn_protocols(["http/1.1"])

    def _configuration(self, upstream_port):
        text = re.sub(r"\n *listen \[::\].*", "", CONFIGURATION.read_text())
        for original, replacement in [
            ("listen 80", f"listen 127.0.0.1:{self.http}"),
            ("listen 443", f"listen 127.0.0.1:{self.https}"),
            ("listen 127.0.0.1:8081", f"listen 127.0.0.1:{self.refresh_port}"),
            ("server 127.0.0.1:8000", f"server 127.0.0.1:{upstream_port}"),
            (f"/etc/letsencrypt/live/{HOST}", str(self.folder)),
            ("/var/cache/nginx-clinic", f"{self.folder}/cache"),
            ("/var/log/nginx", str(self.folder)),
            ("/var/lib/clinic", str(self.folder)),
            *self.replacements.items(),
        ]:
            assert original in text, f"{original} is no longer in {CONFIGURATION}"
            text = text.replace(original, replacement)
        return text

    def start(self):
        assert install_nginx.path(), "There is no nginx: run python -m tests.support.install_nginx"
        command = [install_nginx.path(), "-c", f"{self.folder}/nginx.conf", "-e", f"{self.folder}/error.log"]
        self.process = subprocess.Popen(command)
        while True:  # until it listens
            assert self.process.poll() is None, (self.folder / "error.log").read_text()
            try:
                return socket.create_connection(("127.0.0.1", self.https), timeout=5).close()
            except ConnectionRefusedError:
                time.sleep(0.01)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)

    def connect(self, port=None):
        connection = HTTPConnection("127.0.0.1", port or self.https, timeout=20)
        connection.connect()
        if not port:
            connection.sock = self.tls.wrap_socket(connection.sock, server_hostname=HOST)
        return connection

    def request(self, path, method="GET", body=None, port=None, connection=None, **headers):
        """Send a request, over TLS unless `port` is given.

        Return the response with `body` and `cache_status`. To reuse a connection, pass an open one.
        """
        used = connection or self.connect(port)
        headers = {"Host": HOST, "Accept-Encoding": "identity", **headers}
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        used.request(method, path, body, headers)
        response = used.getresponse()
        response.body = response.read()
        response.cache_status = response.headers.get("X-Cache")
        if not connection:
            used.close()
        return response

    def refresh(self, path, **headers):
        """Refresh a cached page, as the site's worker does after a change."""
        return self.request(path, port=self.refresh_port, **headers)

    def access_log(self):
        return (self.folder / "clinic-access.log").read_text()
