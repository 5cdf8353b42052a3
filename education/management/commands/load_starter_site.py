"""Loads the starter site into an empty database, once."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Page, Site

from clinic.models import ClinicSettings
from education.importing import make_page, read_article
from education.models import ArticleIndexPage, HomePage, TopicArticle, TopicIndexPage, TopicPage
from education.review.unreviewed import publish_starter

ARTICLE = Path(__file__).resolve().parents[2] / "starter" / "kyphoplasty.md"


class Command(BaseCommand):
    help = "Loads the starter site once: home page, list of articles, first article. Overwrites nothing."

    @transaction.atomic
    def handle(self, **options):
        site = Site.objects.select_for_update().get(is_default_site=True)
        _set_address(site)
        if HomePage.objects.exists():
            self.stdout.write(f"The starter site was loaded before. It is at {site.root_url}.")
            return
        home = _make_home(site)
        index = _make_index(home)
        article = make_page(read_article(ARTICLE.name, ARTICLE.read_bytes()), index, publish=publish_starter)
        _make_topics(home, article)
        self.stdout.write(f"The starter site is loaded: {home.full_url}")


def _set_address(site):
    """Links in letters, the sitemap and the feed name the site by its record: let it follow BASE_URL."""
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    if (site.hostname, site.port) != (address.hostname, port):
        site.hostname, site.port = address.hostname, port
        site.save()


def _make_home(site):
    """Takes the place of the page that Wagtail welcomes its installers with."""
    welcome = site.root_page.specific
    home = HomePage(
        title=ClinicSettings.for_site(site).name,
        slug="clinic",
        introduction="Placeholder: say in one sentence who you are and whom you help.",
    )
    Page.get_first_root_node().add_child(instance=home)
    site.root_page = home
    site.save()
    if type(welcome) is Page and not welcome.get_children().exists():
        welcome.delete()
    home.save_revision().publish()
    return home


def _make_topics(home, article):
    """The first topic is the article's own; it shows an editor how the others may look."""
    index = TopicIndexPage(title="What we help with", slug="topics", show_in_menus=True)
    _publish(index, home)
    topic = TopicPage(
        title="Broken vertebrae",
        slug="broken-vertebrae",
        introduction="A fracture from osteoporosis, an injury or cancer can make it hard to stand and walk.",
        drawing="bone",
        topic_articles=[TopicArticle(article=article)],
    )
    _publish(topic, index)


def _publish(page, parent):
    parent.add_child(instance=page)
    publish_starter(page.save_revision())


def _make_index(home):
    index = ArticleIndexPage(
        title="Patient education",
        slug="education",
        introduction="Read about pain, about your spine, and about what may help.",
        show_in_menus=True,
    )
    _publish(index, home)
    return index
