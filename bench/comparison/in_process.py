"""Times requests inside a Django process, without a server: JSON on standard input, JSON on standard output.

Runs in our environment and in the peers', as `DJANGO_SETTINGS_MODULE` says. For each of "requests" (name ->
[method, path, data]) it answers with CPU µs of this process and PostgreSQL's, median ms by the clock and
queries; with "once", CPU µs, bytes and memory; with "reading", as our page cache asks for a page.
"""

import json
import resource
import statistics
import sys
import time
from contextlib import nullcontext

import django
import psutil

ENOUGH = 1.5  # seconds of each request
MOST_TIMES, FEWEST_TIMES = 200, 3


def main():
    django.setup()
    from django.contrib.auth import get_user_model
    from django.test import Client

    asked = json.load(sys.stdin)
    database = psutil.Process(asked["database"])
    client = Client(SERVER_NAME="localhost", raise_request_exception=True)
    if asked["user"]:
        sign_in(client, get_user_model().objects.get(username=asked["user"]))
    look = measure_once if asked.get("once") else measure
    with as_the_page_cache_asks() if asked.get("reading") else nullcontext():
        answers = {name: look(client, database, *request) for name, request in asked["requests"].items()}
    json.dump(answers, sys.stdout)


def as_the_page_cache_asks():
    """With what our site need not read again for each page."""
    from clinic.caching.per_version import VersionReader

    version = VersionReader()
    return version.drawing(version.current())


def sign_in(client, user):
    client.force_login(user)
    session = client.session
    session["signed_in_at"] = session["last_seen_at"] = (
        time.time()
    )  # clinic.accounts.middleware wants to know
    session.save()


def measure(client, database, method, path, data):
    ask(client, method, path, data)  # warm: some things a process asks for only once
    queries = count_queries(client, method, path, data)
    took = []
    before = cpu_seconds(database)
    while len(took) < FEWEST_TIMES or (sum(took) < ENOUGH and len(took) < MOST_TIMES):
        began = time.perf_counter()
        ask(client, method, path, data)
        took.append(time.perf_counter() - began)
    spent = cpu_seconds(database) - before
    return {"cost": spent * 1_000_000 / len(took), "wall": statistics.median(took) * 1000, "queries": queries}


def measure_once(client, database, method, path, data):
    """A long one: with the memory that this process grew by at its largest."""
    started_with, before = psutil.Process().memory_info().rss, cpu_seconds(database)
    size = ask(client, method, path, data)
    spent = cpu_seconds(database) - before
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"cost": spent * 1_000_000, "bytes": size, "memory": (largest - started_with) / 1e6}


def count_queries(client, method, path, data):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        ask(client, method, path, data)
    return len(queries)


def ask(client, method, path, data):
    """The whole answer, after its redirects: its size."""
    response = getattr(client, method)(path, data, follow=True)
    if response.status_code != 200 or response.request["PATH_INFO"] != path.partition("?")[0]:
        sys.exit(f"{method} {path}: {response.status_code} at {response.request['PATH_INFO']}")
    if response.streaming:
        return sum(len(part) for part in response.streaming_content)
    return len(response.content)


def cpu_seconds(database):
    total = time.process_time()
    for process in [database, *database.children(recursive=True)]:
        try:
            total += sum(process.cpu_times()[:4])
        except psutil.NoSuchProcess:
            continue
    return total


if __name__ == "__main__":
    main()
