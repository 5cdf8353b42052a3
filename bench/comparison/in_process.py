"""Measure requests inside a Django process, without a server. Reads and writes JSON.

Runs in our environment or a peer's. For each of "requests" (name: [method, path, data]), it writes CPU µs of
this process and PostgreSQL, median wall-clock ms, and queries.
"""

import json
import statistics
import sys
import time

import django
import psutil

MIN_SECONDS = 1.5  # for each request
MAX_REPEATS, MIN_REPEATS = 200, 3


def main():
    django.setup()
    from django.contrib.auth import get_user_model
    from django.test import Client

    job = json.load(sys.stdin)
    database = psutil.Process(job["database"])
    client = Client(SERVER_NAME="localhost", raise_request_exception=True)
    sign_in(client, get_user_model().objects.get(username=job["user"]))
    results = {name: measure(client, database, *request) for name, request in job["requests"].items()}
    json.dump(results, sys.stdout)


def sign_in(client, user):
    client.force_login(user)
    session = client.session
    session["signed_in_at"] = session["last_seen_at"] = time.time()  # for clinic.accounts.middleware
    session.save()


def measure(client, database, method, path, data):
    request(client, method, path, data)  # warm up caches
    queries = count_queries(client, method, path, data)
    durations = []
    before = cpu_seconds(database)
    while len(durations) < MIN_REPEATS or (sum(durations) < MIN_SECONDS and len(durations) < MAX_REPEATS):
        started = time.perf_counter()
        request(client, method, path, data)
        durations.append(time.perf_counter() - started)
    cost = (cpu_seconds(database) - before) * 1_000_000 / len(durations)
    return {"cost": cost, "wall": statistics.median(durations) * 1000, "queries": queries}


def count_queries(client, method, path, data):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        request(client, method, path, data)
    return len(queries)


def request(client, method, path, data):
    response = getattr(client, method)(path, data, follow=True)
    if response.status_code != 200 or response.request["PATH_INFO"] != path.partition("?")[0]:
        sys.exit(f"{method} {path}: {response.status_code} at {response.request['PATH_INFO']}")


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
