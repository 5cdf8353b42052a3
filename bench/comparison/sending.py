"""Compare sending an inquiry: a POST that stores it."""

from pathlib import Path

import psycopg

from bench.comparison import peers
from bench.comparison.measure import RunningServers, compare
from bench.comparison.our_site import MANY
from bench.comparison.report import Group
from bench.paths import DATA

OURS = "our inquiry"
BARE = "bare Django form with an insert"
FORMS = "wagtail.contrib.forms"
TOKEN = "t" * 32  # Django only compares it with the cookie
SCRIPT = Path(__file__).with_name("send.lua")


def measure(ours, rounds):
    with RunningServers() as running:

        def peer(name, path):
            command = [*peers.GRANIAN, peers.SITE_WSGI]
            return running.start(peers.server(name, ours.database_url, command), path)

        rows = [
            (
                OURS,
                running.start(ours.server(), "/contact/"),
                "/contact/",
                {"script": write_script("message")},
            ),
            (BARE, peer("bare", "/page/"), "/send/", {"script": write_script("text")}),
            (FORMS, peer("wagtail", "/contact/"), "/contact/", {"script": write_script("text")}),
        ]
        before = count_stored(ours)
        group = Group("Sending an inquiry", compare(rows, ours.database, rounds))
        after = count_stored(ours)
    for figure, old, new in zip(group.figures, before, after, strict=True):
        figure.note = f"{new - old:,} stored"
    group.at_least("300 per second and core", group.figures[0].rate, 300)
    group.at_least("10 × wagtail.contrib.forms", group.ratio(FORMS), 10)
    group.at_most("p99 in ms, with 8 clients", group.figures[0].p99, 100)
    return group


def write_script(message_field):
    """Write the script for wrk and return its path."""
    file = DATA / f"send-{message_field}.lua"
    script = SCRIPT.read_text().replace("{token}", TOKEN).replace("{message_field}", message_field)
    file.write_text(script)
    return file


def count_stored(ours):
    """Return the number of messages in each database."""
    counts = []
    for database, table in [
        (MANY, "inquiries_inquiry"),
        ("peer", "peer_message"),
        ("peer", "wagtailforms_formsubmission"),
    ]:
        with psycopg.connect(ours.database_url, dbname=database) as connection:
            counts += connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return counts
