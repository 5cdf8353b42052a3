"""Compare exports: CPU time per row, and peak memory."""

import sys

from bench.comparison import desk, peers
from bench.comparison.measure import Figure
from bench.comparison.our_site import FEW, MANY
from bench.comparison.report import Group

OURS, PEER = "our CSV", "wagtail.contrib.forms, CSV"


def measure(ours, rounds):
    """Measure each export once, because a full export takes long enough."""
    path = f"{desk.QUEUE}view/all/?export="
    [forms, *_] = desk.peer_requests(ours.database_url)["wagtail"].values()
    ours_many, ours_few = (ours.environment(name) for name in [MANY, FEW])
    peer = peers.environment("wagtail", ours.database_url)
    many, few = ours.inquiries[MANY], ours.inquiries[FEW]
    exports = [
        (OURS, many, sys.executable, ours_many, f"{path}csv", "manager"),
        (OURS, few, sys.executable, ours_few, f"{path}csv", "manager"),
        ("our XLSX", few, sys.executable, ours_few, f"{path}xlsx", "manager"),
        (PEER, many, peers.PYTHON, peer, f"{forms[1]}?export=csv", "admin"),
    ]
    return Group("Exports of all inquiries: a row", [export(ours, *arguments) for arguments in exports])


def export(ours, name, rows, python, environment, path, user):
    folder = peers.SITE if python == peers.PYTHON else desk.ROOT
    requests = {name: ["get", path, {}]}
    results = desk.run_in_process(python, environment, ours, requests, user=user, folder=folder, once=True)
    result = results[name]
    note = f"{result['memory']:,.0f} MB more memory at most, for {result['bytes'] / 1e6:,.1f} MB"
    return Figure(f"{name}, {rows:,} rows", result["cost"] / rows, note=note)
