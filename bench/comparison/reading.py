"""Compare pages that aren't cached: our page cache is set to a size of 0."""

from bench.comparison import peers
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
    group.at_least("75 per second and core", group.figures[0].rate, 75)
    group.at_most(
        "no more with 10,000 articles than with 10 (ratio within 1.15)", 1 / group.ratio(SMALL), 1.15
    )
    return group
