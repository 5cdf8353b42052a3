"""The front desk's lists and searches, in-process, against what else lists as many messages."""

import json
import statistics
import subprocess
import sys
from base64 import b64encode

import psycopg

from bench.comparison import peers
from bench.comparison.measure import Figure
from bench.comparison.our_site import FEW, MANY
from bench.comparison.report import Group, time_of
from bench.paths import ROOT

SCRIPT = ROOT / "bench" / "comparison" / "in_process.py"
QUEUE = "/admin/inquiries/"
NAME = "Zoë Placeholder"
ABSENT = "qqqqzz"
FILTERS = {
    "status": "closed",
    "topic": "condition",
    "asker": "caregiver",
    "source": "phone",
    "urgent": "True",
    "outcome": "answered",
    "calls": "3",
    "assignee": "null",
    "received_at_from": "2026-01-01",
}
FORMS = "wagtail.contrib.forms, list of submissions"
ADMIN = "Django admin, list"
ADMIN_SEARCH = "Django admin, search in 4 columns"
HELPDESK = "django-helpdesk, list of tickets"
HELPDESK_SEARCH = "django-helpdesk, search"
EVERYTHING, SEARCH = "our list: all", "our search for a name"
DATATABLES = {"draw": 1, "start": 0, "length": 25}  # as its page asks


def ask(python, environment, ours, requests, *, user=None, folder=ROOT, **how):
    """What in_process.py measures of `requests`: name -> (method, path, data)."""
    asked = json.dumps({"user": user, "database": ours.database.pid, "requests": requests, **how})
    done = subprocess.run(  # noqa: S603
        [python, "-P", SCRIPT], input=asked, env=environment, cwd=folder, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{requests}\n{done.stdout}\n{done.stderr}")
    return json.loads(done.stdout)


def our_requests(database_url, database):
    """Every view, filter and kind of search, and one inquiry."""
    views = ["to-do", "mine", "new", "urgent", "due-today", "overdue", "waiting", "open", "closed"]
    with psycopg.connect(database_url, dbname=database) as connection:
        pk, reference, phone, email = connection.execute(
            "SELECT id, reference, phone, email FROM inquiries_inquiry"
            " WHERE status = 'closed' AND phone <> '' AND email <> '' ORDER BY id LIMIT 1"
        ).fetchone()
    requests = {f"our list: {name}": ["get", f"{QUEUE}view/{name}/", {}] for name in [*views, "spam", "all"]}
    requests |= {
        f"our filter: {name}": ["get", f"{QUEUE}view/all/?{name}={value}", {}]
        for name, value in FILTERS.items()
    }
    for what, text in {
        "a name": NAME,
        "a common last name": NAME.split()[1],
        "a phone number": phone,
        "an e-mail address": email,
        "a reference": reference,
        "nobody": ABSENT,
    }.items():
        requests[f"our search for {what}"] = ["post", QUEUE, {"q": text}]
    return requests | {"our page of one inquiry": ["get", f"{QUEUE}{pk}/", {}]}


def peer_requests(database_url):
    with psycopg.connect(database_url, dbname="peer") as connection:
        page = connection.execute("SELECT page_ptr_id FROM peer_contactpage").fetchone()[0]
    listed = "/django-admin/peer/message/"
    return {
        "wagtail": {
            FORMS: ["get", f"/admin/forms/submissions/{page}/", {}],
            ADMIN: ["get", listed, {}],
            ADMIN_SEARCH: ["get", listed, {"q": NAME}],
            f"{ADMIN_SEARCH}, nobody": ["get", listed, {"q": ABSENT}],
        },
        "helpdesk": {
            f"{HELPDESK} (page)": ["get", "/helpdesk/tickets/", {}],
            HELPDESK: ["get", tickets({"status__in": [1, 2]}, ""), DATATABLES],
            HELPDESK_SEARCH: ["get", tickets({}, NAME), DATATABLES],
        },
    }


def tickets(filtering, text):
    """Where django-helpdesk's page fetches its rows from."""
    query = {
        "filtering": filtering,
        "filtering_null": {},
        "sorting": "created",
        "sortreverse": False,
        "search_string": text,
    }
    return f"/helpdesk/datatables_ticket_list/{b64encode(json.dumps(query).encode()).decode()}"


def measure(ours, rounds):
    """Ours and the peers in turn, each in a process of its own."""
    samples = {MANY: {}, FEW: {}}

    def run(size, *arguments, **options):
        for name, answer in ask(*arguments, **options).items():
            samples[size].setdefault(name, []).append(answer)

    requests = {name: our_requests(ours.database_url, name) for name in [MANY, FEW]}
    of_peers = peer_requests(ours.database_url)
    for _ in range(rounds):
        for name in [MANY, FEW]:
            run(name, sys.executable, ours.environment(name), ours, requests[name], user="front-desk")
        for peer, asked in of_peers.items():
            environment = peers.environment(peer, ours.database_url)
            run(MANY, peers.PYTHON, environment, ours, asked, user="admin", folder=peers.SITE)
    figures = [figure(name, found, samples[FEW].get(name), ours) for name, found in samples[MANY].items()]
    return [lists(figures, ours), searches(figures, ours)]


def figure(name, found, found_with_few, ours):
    note = f"{found[0]['queries']} queries, {median(found, 'wall'):,.0f} ms by the clock"
    if found_with_few:
        note += f"; with {ours.inquiries[FEW]:,}: {time_of(median(found_with_few, 'cost'))}"
    return Figure(name, median(found, "cost"), note=note)


def median(found, what):
    return statistics.median(answer[what] for answer in found)


def lists(figures, ours):
    group = Group(
        f"The front desk's lists of {ours.inquiries[MANY]:,}, and one inquiry",
        first(EVERYTHING, [f for f in figures if "search" not in f.name]),
    )
    for peer in [FORMS, ADMIN, HELPDESK]:
        group.at_least(f"our list of everything costs less than {peer}", group.ratio(peer), 1)
    slowest = max(
        (f for f in group.figures if f.name.startswith(("our list", "our filter"))), key=lambda f: f.cost
    )
    group.at_most(f"the slowest of our lists ({slowest.name}), ms", slowest.cost / 1000, 150)
    return group


def searches(figures, ours):
    group = Group(
        f"A search in {ours.inquiries[MANY]:,}", first(SEARCH, [f for f in figures if "search" in f.name])
    )
    for peer in [ADMIN_SEARCH, HELPDESK_SEARCH]:
        group.at_least(f"our search for a name costs less than {peer}", group.ratio(peer), 1)
    return group


def first(name, figures):
    return sorted(figures, key=lambda figure: figure.name != name)
