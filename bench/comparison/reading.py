"""Compare pages that aren't cached: our page cache is set to a size of 0."""

import sys

from bench.comparison import desk, peers
from bench.comparison.measure import RunningServers, compare
from bench.comparison.our_site import ARTICLE, ARTICLES, FEW, MANY
from bench.comparison.report import Group

LARGE = f"our article, {ARTICLES[MANY]:,} articles"
SMALL = f"our article, {ARTICLES[FEW]:,} articles"
OUR_PAGES = {
    LARGE: ARTICLE,
    "our home page": "/",
    "our list of articles": "/education/",
    "our form": "/contact/",
}
BLOG = f"blog page of the Wagtail site, {ARTICLES[MANY]:,} pages"
PEER_PAGES = {BLOG: "/blog/post/", "empty page of the Wagtail site, own template": "/plain/"}


def measure(ours, rounds):
    with RunningServers() as running:
        few, many = (running.start(ours.server(name, PAGE_CACHE_BYTES="0")) for name in [FEW, MANY])
        peer = running.start(peers.server("wagtail", ours.database_url, [*peers.GRANIAN, peers.SITE_WSGI]))
        rows = [(name, many, path, {}) for name, path in OUR_PAGES.items()]
        rows.insert(1, (SMALL, few, ARTICLE, {}))
        rows += [(name, peer, path, {}) for name, path in PEER_PAGES.items()]
        group = Group("A page that isn't cached yet", compare(rows, ours.database, rounds))
    requests = {name: ["get", path, {}] for name, path in OUR_PAGES.items()}
    results = desk.run_in_process(sys.executable, ours.environment(MANY), ours, requests, reading=True)
    requests = {name: ["get", path, {}] for name, path in PEER_PAGES.items()}
    peer = peers.environment("wagtail", ours.database_url)
    results |= desk.run_in_process(peers.PYTHON, peer, ours, requests, folder=peers.SITE)
    for figure in group.figures:
        figure.note = f"{results[figure.name]['queries']} queries" if figure.name in results else ""
    group.at_most("8 queries for any of our pages", max(results[name]["queries"] for name in OUR_PAGES), 8)
    group.at_least("75 per second and core", group.figures[0].rate, 75)
    group.at_most(
        "no more with 10,000 articles than with 10 (ratio within 1.15)", 1 / group.ratio(SMALL), 1.15
    )
    return group
