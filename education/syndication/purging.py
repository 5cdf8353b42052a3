"""Purge addresses from shared caches that change with a page. Wagtail purges the page's own.

Other articles, which list the newest ones at their end, expire by themselves within a minute.
"""

from django.conf import settings
from django.urls import reverse
from wagtail.contrib.frontend_cache.utils import PurgeBatch, purge_pages_from_cache

from clinic.structured_data import HOME_DEPTH
from education.models import LocationPage, TopicPage


def purge_lists(instance, **kwargs):
    """Receives `page_published`, `page_unpublished` and `post_page_move`: what leads to the page."""
    batch = PurgeBatch(settings.BASE_URL + reverse(f"education:{name}") for name in ("feed", "sitemap"))
    batch.add_pages(instance.get_ancestors().filter(depth__gte=HOME_DEPTH))
    batch.add_pages(TopicPage.objects.live().filter(topic_articles__article=instance.pk))
    if instance.show_in_menus or instance.specific_class is LocationPage:
        batch.add_url(f"{settings.BASE_URL}/*")  # the header or the footer of every page names it
    batch.purge()


def purge_moved(instance, instance_before=None, url_path_before=None, **kwargs):
    """Receives `page_slug_changed` and `post_page_move`: old and new addresses of all that moved along."""
    url_path_before = url_path_before or instance_before.url_path
    batch = PurgeBatch()
    for page in instance.get_descendants(inclusive=True):
        batch.add_page(page)
        page.url_path = url_path_before + page.url_path.removeprefix(instance.url_path)
        batch.add_page(page)
    batch.purge()


def purge_old_list(parent_page_before, **kwargs):
    """Receives `post_page_move`: the list that the page stood in."""
    purge_pages_from_cache([parent_page_before])


def purge_restricted(instance, **kwargs):
    """Receives a PageViewRestriction that was saved or deleted: what is private must not stay in a cache."""
    purge_pages_from_cache(instance.page.get_descendants(inclusive=True))
    purge_lists(instance.page)
