"""Readers and writers of the rehearsal: new connections through nginx until standard input ends."""

import json
import os
import ssl
import sys
import threading
import time
from collections import Counter
from http.client import HTTPException, HTTPSConnection
from itertools import count
from pathlib import Path
from socket import create_connection
from tempfile import TemporaryFile
from urllib.parse import urlencode

from bench.rehearsal.machine import HOST

READERS = 3
ORIGIN = {"Origin": f"https://{HOST}", "Sec-Fetch-Site": "same-origin"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", **ORIGIN}

stop = threading.Event()
statuses: Counter = Counter()
slowest: Counter = Counter()  # seconds, by method
failed: list[str] = []
numbers = count()


def ask(context, method, path, body=None, headers=None):
    began = time.time()
    problem = ""
    connection = HTTPSConnection(HOST, 443, timeout=60, context=context)
    connection._create_connection = lambda address, *rest: create_connection(("127.0.0.1", 443), *rest)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        response.read()
        statuses[f"{method} {response.status}"] += 1
        if response.status >= 500:
            problem = str(response.status)
    except (OSError, HTTPException) as error:
        problem = type(error).__name__
    finally:
        connection.close()
    took = time.time() - began
    slowest[method] = max(slowest[method], round(took, 1))
    if problem:
        at = time.strftime("%H:%M:%S", time.gmtime(began))
        failed.append(f"{at} {method} {path}: {problem} after {took:.1f} s")


def read(context):
    while not stop.is_set():
        ask(context, "GET", f"/search/?q=word{next(numbers)}")  # each one new, past all caches
        ask(context, "GET", "/")
        time.sleep(0.1)


def write(context):
    while not stop.is_set():
        answers = {"message": f"Load {time.time()}", "name": "Load Example", "phone": "(202) 555-0143"}
        ask(context, "POST", "/contact/", urlencode(answers), FORM)
        stop.wait(3)


def write_to_disk(folder):
    """Measure the disk, which PostgreSQL waits for at each commit: its pauses aren't the site's fault."""
    with TemporaryFile(dir=folder) as file:
        while not stop.wait(1):
            began = time.time()
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
            slowest["write to disk"] = max(slowest["write to disk"], round(time.time() - began, 1))


def main():
    context = ssl.create_default_context(cafile=sys.argv[1])
    threads = [threading.Thread(target=read, args=[context]) for _ in range(READERS)]
    threads.append(threading.Thread(target=write, args=[context]))
    threads.append(threading.Thread(target=write_to_disk, args=[Path(sys.argv[1]).parent]))
    for thread in threads:
        thread.start()
    sys.stdin.read()
    stop.set()
    for thread in threads:
        thread.join()
    answered = {"answered": sum(statuses.values()), "statuses": statuses, "slowest": slowest}
    print(json.dumps({**answered, "failed": failed}))


if __name__ == "__main__":
    main()
