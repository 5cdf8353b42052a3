"""Compare the front desk's lists and searches with those of other software, inside the process."""

import json
import statistics
import subprocess
import sys
from base64 import b64encode

import psycopg

from bench.comparison import peers
from bench.comparison.measure import Figure
from bench.comparison.our_site import FEW, MANY
from bench.comparison.report import Group, format_time
from bench.paths import ROOT

SCRIPT = ROOT / "bench" / "comparison" / "in_process.py"
QUEUE = "/admin/inquiries/"
NAME = "Zoë Placeholder"
ABSENT = "qqqqzz"
FORMS = "wagtail.contrib.forms, list of submissions"
ADMIN = "Django admin, list"
ADMIN_SEARCH = "Django admin, search in 4 columns"
HELPDESK = "django-helpdesk, list of tickets"
HELPDESK_SEARCH = "django-helpdesk, search"
EVERYTHING, SEARCH = "our list: all", "our search for a name"
DATATABLES = {"draw": 1, "start": 0, "length": 25}  # what django-helpdesk's page requests


def run_in_process(python, environment, ours, requests, *, user, folder=ROOT):
    """Run in_process.py with `requests` (name: [method, path, data]) and return its measurements by name."""
    job = json.dumps({"user": user, "database": ours.database.pid, "requests": requests})
    result = subprocess.run(  # noqa: S603
        [python, "-P", SCRIPT], input=job, env=environment, cwd=folder, capture_output=True, text=True
    )
    if result.returncode:
        raise SystemExit(f"{requests}\n{result.stdout}\n{result.stderr}")
    return json.loads(result.stdout)


def our_requests(database_url, database):
    """Return requests for every view and type of search, and for one inquiry."""
    views = ["to-do", "mine", "new", "urgent", "due-today", "overdue", "waiting", "open", "closed"]
    with psycopg.connect(database_url, dbname=database) as connection:
        pk, reference, phone, email = connection.execute(
            "SELECT id, reference, phone, email FROM inquiries_inquiry"
            " WHERE status = 'closed' AND phone <> '' AND email <> '' ORDER BY id LIMIT 1"
        ).fetchone()
    requests = {f"our list: {name}": ["get", f"{QUEUE}view/{name}/", {}] for name in [*views, "spam", "all"]}
    for term, text in {
        "a name": NAME,
        "a common last name": NAME.split()[1],
        "a phone number": phone,
        "an email address": email,
        "a reference": reference,
        "an absent name": ABSENT,
    }.items():
        requests[f"our search for {term}"] = ["post", QUEUE, {"q": text}]
    return requests | {"our page of one inquiry": ["get", f"{QUEUE}{pk}/", {}]}


def peer_requests(database_url):
    with psycopg.connect(database_url, dbname="peer") as connection:
        page = connection.execute("SELECT page_ptr_id FROM peer_contactpage").fetchone()[0]
    admin_list = "/django-admin/peer/message/"
    return {
        "wagtail": {
            FORMS: ["get", f"/admin/forms/submissions/{page}/", {}],
            ADMIN: ["get", admin_list, {}],
            ADMIN_SEARCH: ["get", admin_list, {"q": NAME}],
            f"{ADMIN_SEARCH}, absent name": ["get", admin_list, {"q": ABSENT}],
        },
        "helpdesk": {
            f"{HELPDESK} (page)": ["get", "/helpdesk/tickets/", {}],
            HELPDESK: ["get", tickets_url({"status__in": [1, 2]}, ""), DATATABLES],
            HELPDESK_SEARCH: ["get", tickets_url({}, NAME), DATATABLES],
        },
    }


def tickets_url(filtering, text):
    """Return the URL from which django-helpdesk's page loads its rows."""
    query = {
        "filtering": filtering,
        "filtering_null": {},
        "sorting": "created",
        "sortreverse": False,
        "search_string": text,
    }
    return f"/helpdesk/datatables_ticket_list/{b64encode(json.dumps(query).encode()).decode()}"


def measure(ours, rounds):
    """Measure our site and the peers in turn, each in its own process."""
    samples = {MANY: {}, FEW: {}}

    def run(size, *arguments, **options):
        for name, sample in run_in_process(*arguments, **options).items():
            samples[size].setdefault(name, []).append(sample)

    requests = {name: our_requests(ours.database_url, name) for name in [MANY, FEW]}
    requests_by_peer = peer_requests(ours.database_url)
    for _ in range(rounds):
        for name in [MANY, FEW]:
            run(name, sys.executable, ours.environment(name), ours, requests[name], user="front-desk")
        for peer, requests_of_peer in requests_by_peer.items():
            environment = peers.environment(peer, ours.database_url)
            run(MANY, peers.PYTHON, environment, ours, requests_of_peer, user="admin", folder=peers.SITE)
    figures = [figure(name, many, samples[FEW].get(name), ours) for name, many in samples[MANY].items()]
    return [list_group(figures, ours), search_group(figures, ours)]


def figure(name, samples, samples_with_few, ours):
    note = f"{samples[0]['queries']} queries, {median(samples, 'wall'):,.0f} ms wall-clock"
    if samples_with_few:
        note += f"; with {ours.inquiries[FEW]:,}: {format_time(median(samples_with_few, 'cost'))}"
    return Figure(name, median(samples, "cost"), note=note)


def median(samples, key):
    return statistics.median(sample[key] for sample in samples)


def list_group(figures, ours):
    group = Group(
        f"The front desk's lists of {ours.inquiries[MANY]:,}, and one inquiry",
        with_first(EVERYTHING, [f for f in figures if "search" not in f.name]),
    )
    for peer in [FORMS, ADMIN, HELPDESK]:
        group.at_least(f"our list of everything costs less than {peer}", group.ratio(peer), 1)
    slowest = max((f for f in group.figures if f.name.startswith("our list")), key=lambda f: f.cost)
    group.at_most(f"the slowest of our lists ({slowest.name}), ms", slowest.cost / 1000, 150)
    return group


def search_group(figures, ours):
    group = Group(
        f"A search in {ours.inquiries[MANY]:,}",
        with_first(SEARCH, [f for f in figures if "search" in f.name]),
    )
    for peer in [ADMIN_SEARCH, HELPDESK_SEARCH]:
        group.at_least(f"our search for a name costs less than {peer}", group.ratio(peer), 1)
    return group


def with_first(name, figures):
    return sorted(figures, key=lambda figure: figure.name != name)
