"""A fake provider of text messages and webhooks, as a real HTTP server that can refuse requests."""

import json
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl

from clinic.environment.kinds import TextProvider


class Handler(BaseHTTPRequestHandler):
    def respond(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.provider.requests.append((self.command, self.path, dict(self.headers), body))
        self.send_response(self.server.provider.status)
        self.end_headers()
        self.wfile.write(json.dumps(self.server.provider.answer).encode())

    do_GET = do_POST = respond  # noqa: N815

    def log_message(self, *args):
        pass


class Provider:
    """Responds to all requests with `status` and `answer`."""

    def __init__(self):
        self.requests, self.status, self.answer = [], 201, {"sid": "SM1", "status": "active"}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.provider = self
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.account = TextProvider(f"{self.url}/Accounts/AC1", "AC1", "t0ken", "+12025550100")
        Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def refuse(self, status, code):
        self.status, self.answer = status, {"code": code, "message": "Refused: +12025550143"}

    @property
    def texts(self):
        """The requested texts as dictionaries."""
        sent = [request for request in self.requests if request[1] == "/Accounts/AC1/Messages.json"]
        assert all(headers["Authorization"] == self.authorization for _c, _p, headers, _b in sent)
        return [dict(parse_qsl(body.decode())) for _command, _path, _headers, body in sent]

    @property
    def authorization(self):
        return "Basic " + b64encode(b"AC1:t0ken").decode()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
