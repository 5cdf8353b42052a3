"""Load for the rehearsal: readers and a writer send requests through nginx until standard input ends."""

import json
import ssl
import sys
import threading
import time
from collections import Counter
from http.client import HTTPException, HTTPSConnection
from itertools import count
from socket import create_connection
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


def send_request(context, method, path, body=None, headers=None):
    started = time.time()
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
    duration = time.time() - started
    slowest[method] = max(slowest[method], round(duration, 1))
    if problem:
        at = time.strftime("%H:%M:%S", time.gmtime(started))
        failed.append(f"{at} {method} {path}: {problem} after {duration:.1f} s")


def read(context):
    while not stop.is_set():
        send_request(
            context, "GET", f"/search/?q=word{next(numbers)}"
        )  # a different search each time, so no cache helps
        send_request(context, "GET", "/")
        time.sleep(0.1)


def write(context):
    while not stop.is_set():
        answers = {"message": f"Load {time.time()}", "name": "Load Example", "phone": "(202) 555-0143"}
        send_request(context, "POST", "/contact/", urlencode(answers), FORM)
        stop.wait(3)


def main():
    context = ssl.create_default_context(cafile=sys.argv[1])
    threads = [threading.Thread(target=read, args=[context]) for _ in range(READERS)]
    threads.append(threading.Thread(target=write, args=[context]))
    for thread in threads:
        thread.start()
    sys.stdin.read()
    stop.set()
    for thread in threads:
        thread.join()
    totals = {"responses": sum(statuses.values()), "statuses": statuses, "slowest": slowest}
    print(json.dumps({**totals, "failed": failed}))


if __name__ == "__main__":
    main()
