"""Compare cached pages: ours, and others of the same size."""

import os
from pathlib import Path
from string import Template
from urllib.request import urlopen

from bench.comparison import peers
from bench.comparison.measure import BROWSER_HEADERS, RunningServers, Server, compare
from bench.comparison.our_site import ARTICLE
from bench.comparison.report import Group
from bench.paths import PEERS
from tests.support import install_nginx
from tests.support.ports import free_port

NGINX_CONF = Template(Path(__file__).with_name("nginx.conf").read_text())
OURS = "our article, cached"
RAW = "raw WSGI function"
BARE = "bare Django view"
NGINX = "nginx, a static file"
BLOG = "/blog/post/"
BLOG_PAGE = "blog page of the Wagtail site, without a cache"


def nginx():
    if not install_nginx.path():
        install_nginx.unpack()
    port, folder = free_port(), PEERS / "nginx"
    folder.mkdir(exist_ok=True)
    conf = folder / "nginx.conf"
    conf.write_text(NGINX_CONF.substitute(folder=folder, port=port, root=PEERS))
    return Server([install_nginx.path(), "-c", str(conf), "-e", "stderr"], dict(os.environ), port=port)


def measure(ours, rounds):
    with RunningServers() as running:

        def peer(name, command=peers.GRANIAN, target=peers.SITE_WSGI, path="/page/"):
            return running.start(peers.server(name, ours.database_url, [*command, target]), path), path

        site = running.start(ours.server(), ARTICLE)
        peers.PAGE.write_bytes(site.get(ARTICLE, headers={}))  # the page that every peer serves
        with urlopen(site.url(ARTICLE)) as response:  # noqa: S310
            conditional = {**BROWSER_HEADERS, "If-None-Match": response.headers["ETag"]}
        rows = [
            (OURS, site, ARTICLE, {}),
            ("… uncompressed", site, ARTICLE, {"headers": {}}),
            ("… that the browser has (304)", site, ARTICLE, {"headers": conditional}),
            (RAW, *peer("bare", target="peer.raw:application", path="/"), {}),
            (BARE, *peer("bare"), {}),
            ("bare Django view, gunicorn sync", *peer("bare", peers.GUNICORN), {}),
            ("Django's cache middleware, outermost", *peer("django-cache"), {}),
            ("wagtail-cache", *peer("wagtail-cache", path=BLOG), {}),
            (BLOG_PAGE, *peer("wagtail", path=BLOG), {}),
            (NGINX, running.start(nginx(), "/page.html"), "/page.html", {"headers": {}}),
        ]
        group = Group(
            f"A cached page ({len(peers.PAGE.read_bytes()) / 1000:.1f} KB of HTML)",
            compare(rows, ours.database, rounds),
        )
    add_goals(group)
    return group


def add_goals(group):
    group.at_least("25,000 per second and core", group.figures[0].rate, 25_000)
    group.at_least("4 × a bare Django view", group.ratio(BARE), 4)
    group.at_least("1,000 × a blog page that is rendered", group.ratio(BLOG_PAGE), 1000)
    group.at_least("0.3 of nginx's static file", group.ratio(NGINX), 0.3)
