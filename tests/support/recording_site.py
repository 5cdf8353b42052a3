"""An HTTP server that records requests."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from clinic.caching.middleware import PUBLIC


class RecordingSite:
    """Sends the given `responses`, and records all requests; can be blocked.

    Closes the connection instead if the response's status is None.
    """

    def __init__(self):
        self.requests = []  # (method, path, headers)
        self.responses = {}  # path: (status, headers)
        self.unblocked = threading.Event()
        self.unblocked.set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def _handler(site):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                site.requests.append((self.command, self.path, self.headers))
                site.unblocked.wait(10)
                path = self.path.partition("?")[0]
                status, headers = site.responses.get(path, (200, {"Cache-Control": PUBLIC}))
                if status is None:
                    return self.connection.close()
                body = f"{path}: response {len(site.requests)}, call (202) 555-0100".encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                return self.wfile.write(body)

            def do_POST(self):
                self.do_GET()

            def log_message(self, *arguments):
                pass

        return Handler

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def request_count(self):
        return len(self.requests)
