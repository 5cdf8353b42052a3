"""A site that counts what it is asked, to put behind nginx."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from clinic.caching.middleware import PUBLIC


class CountingSite:
    """Answers what it is told to, and remembers all requests."""

    def __init__(self):
        self.asked = []  # (method, path, headers)
        self.says = {}  # path: (status, headers)
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def _handler(site):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                site.asked.append((self.command, self.path, self.headers))
                site.may_answer.wait(10)
                path = self.path.partition("?")[0]
                status, headers = site.says.get(path, (200, {"Cache-Control": PUBLIC}))
                body = f"{path}: answer {len(site.asked)}, call (202) 555-0100".encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                self.do_GET()

            def log_message(self, *arguments):
                pass

        return Handler

    def die(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def times_asked(self):
        return len(self.asked)
