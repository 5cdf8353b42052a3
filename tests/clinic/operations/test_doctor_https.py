"""The doctor checks the site's certificate, response and proxy headers over the network."""

import json
import ssl
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from clinic.operations import checks
from tests.support.nginx import make_certificate

SEEN = {"address": "127.0.0.1", "secure": True}


@pytest.fixture
def serve(settings, tmp_path, monkeypatch):
    """Return a function that starts an HTTPS server at BASE_URL which echoes `seen`."""
    servers = []

    def start(seen, *, days=90, status=200, trusted=True):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps({"alive": True, "as_seen": seen}).encode())

            def log_message(self, *arguments):
                pass

        make_certificate(tmp_path, days)
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "fullchain.pem"))
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "fullchain.pem", tmp_path / "privkey.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        server.handle_error = lambda *arguments: None  # clients hang up on a certificate they don't trust
        servers.append(server)
        settings.BASE_URL, settings.SERVED_OVER_HTTPS = f"https://localhost:{server.server_port}", True

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def problems():
    return [str(problem or "") for problem in checks.run(["https", "proxy_headers"]).values()]


def test_a_valid_certificate_and_correct_headers_pass(serve):
    serve(SEEN)
    assert problems() == ["", ""]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"trusted": False}, "is not valid: self-signed certificate"),
        ({"days": 13}, "expires in 12 days"),
        ({"status": 502}, "responded with 502"),
    ],
)
def test_an_invalid_or_expiring_certificate_and_an_error_are_problems(serve, options, sentence):
    serve(SEEN, **options)
    assert sentence in problems()[0]


def test_missing_or_trusted_client_headers_are_problems(serve):
    for seen, sentence in [
        (None, "or this one with a different SECRET_KEY"),
        (SEEN | {"secure": False}, "can't tell HTTPS from HTTP"),
        (SEEN | {"address": "203.0.113.77"}, "trusts a client's own X-Forwarded-For"),
    ]:
        serve(seen)
        assert sentence in problems()[1]
